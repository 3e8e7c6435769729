/** The action of `latchkey autobill`. */
import type { Command } from 'commander';
import type { Work } from '../../base/work';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { UnitOfWork } from '../../store/store';
import { describeAutoBill, findAutoBill } from '../../subscriptions/describe';
import { recordFailedPayment, recordSettledPayment } from '../../subscriptions/payments';
import { printFields, printJson } from '../print';
import { chooseMerchant } from './choose-merchant';
import { momentFormat } from './moments';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** The options of its commands. */
export interface AutoBillOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly final?: boolean;
  readonly note?: string;
}

export function paymentFailed(command: Command, id: string, options: AutoBillOptions) {
  const { final = false, note } = options;
  return onAutoBill(command, id, options, (unit, work, autoBill) =>
    recordFailedPayment(unit, work, autoBill, { final, note }),
  );
}

export function paymentSucceeded(command: Command, id: string, options: AutoBillOptions) {
  const { note } = options;
  return onAutoBill(command, id, options, (unit, work, autoBill) =>
    recordSettledPayment(unit, work, autoBill, { note }),
  );
}

export function showAutoBill(command: Command, id: string, options: AutoBillOptions) {
  return onAutoBill(command, id, options, (_unit, _work, autoBill) => Promise.resolve(autoBill));
}

type Act = (unit: UnitOfWork, work: Work, autoBill: StoredAutoBill) => Promise<StoredAutoBill>;

/** Does something with the AutoBill that is named, as the operator, and prints it. */
function onAutoBill(
  command: Command,
  id: string,
  options: AutoBillOptions,
  act: Act,
): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const described = await store.transact(merchant.id, async (unit) => {
      const autoBill = await findAutoBill(unit, id);
      if (!autoBill) throw new Error(`there is no AutoBill ${id}`);
      const work = operatorWork(unit, timeZone);
      return describeAutoBill(unit, await act(unit, work, autoBill), work);
    });
    await print(described, timeZone, options);
  });
}

async function print(
  { entitlements, ...described }: Awaited<ReturnType<typeof describeAutoBill>>,
  timeZone: string,
  { json }: AutoBillOptions,
): Promise<void> {
  const format = momentFormat(timeZone);
  const { start, end, nextBilling, retrySince, graceUntil, ...plain } = described;
  const shown = {
    ...plain,
    start: format(start),
    end: format(end),
    nextBilling: format(nextBilling),
    retrySince: format(retrySince),
    graceUntil: format(graceUntil),
  };
  const given = entitlements.map((one) => {
    return { ...one, start: format(one.start), end: format(one.end) };
  });
  if (json) await printJson({ ...shown, entitlements: given });
  else {
    await printFields(shown);
    for (const { merchantEntitlementId: id, ...rest } of given)
      await printFields({ [id]: rest }, '  ');
  }
}
