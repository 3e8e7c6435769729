/** `latchkey autobill`: what became of the payments of AutoBills. */
import { Command } from 'commander';
import type { StoredAutoBill } from '../store/auto-bills';
import type { UnitOfWork } from '../store/store';
import { describeAutoBill, findAutoBill } from '../subscriptions/describe';
import type { Work } from '../subscriptions/keep-auto-bill';
import { recordFailedPayment, recordSettledPayment } from '../subscriptions/payments';
import { chooseMerchant, MERCHANT_OPTION } from './choose-merchant';
import { addSetting, addStoreOptions, withStore } from './options';
import { momentFormat, printFields, printJson } from './print';

interface Options {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly final?: boolean;
  readonly note?: string;
}

export function autoBillCommand(): Command {
  return new Command('autobill')
    .description('Tell what became of the payments of an AutoBill.')
    .addCommand(paymentFailed())
    .addCommand(paymentSucceeded())
    .addCommand(show());
}

const NOTE_OPTION = ['--note <text>', 'for whoever reads the ledger'] as const;

function paymentFailed(): Command {
  const command = new Command('payment-failed')
    .description('A payment failed: the access stays for the days of grace, then ends by itself.')
    .option('--final', 'it is not tried again: the access ends now')
    .option(...NOTE_OPTION);
  return onAutoBill(command, (unit, work, autoBill, { final = false, note }) =>
    recordFailedPayment(unit, work, autoBill, { final, note }),
  );
}

function paymentSucceeded(): Command {
  const command = new Command('payment-succeeded')
    .description('A payment came after all: what failed payments took is restored.')
    .option(...NOTE_OPTION);
  return onAutoBill(command, (unit, work, autoBill, { note }) =>
    recordSettledPayment(unit, work, autoBill, { note }),
  );
}

function show(): Command {
  const command = new Command('show').description('Show an AutoBill and what it gives.');
  return onAutoBill(command, (_unit, _work, autoBill) => Promise.resolve(autoBill));
}

type Act = (
  unit: UnitOfWork,
  work: Work,
  autoBill: StoredAutoBill,
  options: Options,
) => Promise<StoredAutoBill>;

/** Does something with the AutoBill that is named, as the operator, and prints it. */
function onAutoBill(command: Command, act: Act): Command {
  command.argument('<id>', 'its merchantAutoBillId or VID').option(...MERCHANT_OPTION);
  // Days of grace are counted where the server counts them.
  addSetting(command, 'timeZone');
  return addStoreOptions(command).action((id: string, options: Options) =>
    withStore(command, async (store, { timeZone }) => {
      const merchant = await chooseMerchant(store, options.merchant);
      const work = { actor: 'operator', soapId: undefined, now: Date.now(), timeZone };
      const described = await store.transact(merchant.id, async (unit) => {
        const autoBill = await findAutoBill(unit, id);
        if (!autoBill) throw new Error(`there is no AutoBill ${id}`);
        return describeAutoBill(unit, await act(unit, work, autoBill, options), work);
      });
      print(described, timeZone, options);
    }),
  );
}

function print(
  { entitlements, ...described }: Awaited<ReturnType<typeof describeAutoBill>>,
  timeZone: string,
  { json }: Options,
): void {
  const format = momentFormat(timeZone);
  const { start, end, nextBilling, retrySince, graceUntil, ...plain } = described;
  const shown = {
    ...plain,
    ...{ start: format(start), end: format(end), nextBilling: format(nextBilling) },
    ...{ retrySince: format(retrySince), graceUntil: format(graceUntil) },
  };
  const given = entitlements.map((one) => {
    return { ...one, start: format(one.start), end: format(one.end) };
  });
  if (json) printJson({ ...shown, entitlements: given });
  else {
    printFields(shown);
    for (const { merchantEntitlementId: id, ...rest } of given) printFields({ [id]: rest }, '  ');
  }
}
