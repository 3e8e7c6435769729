/** AutoBills over REST: the system that collects payments reports their outcome. */
import type { Work } from '../base/work';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader, UnitOfWork } from '../store/store';
import { describeAutoBill, requireAutoBill } from '../subscriptions/describe';
import { recordFailedPayment, recordSettledPayment } from '../subscriptions/payments';
import { presentTerm } from './present';

interface Named {
  /** The merchant's own name for it or, where it has none, its VID. */
  readonly merchantAutoBillId: string;
}

/** A payment of an AutoBill failed. @throws Refusal 404 */
export async function autoBillPaymentFailed(
  unit: UnitOfWork,
  work: Work,
  {
    final = false,
    note,
    ...named
  }: Named & { final?: boolean | undefined; note?: string | undefined },
) {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  return present(unit, await recordFailedPayment(unit, work, autoBill, { final, note }), work);
}

/** A payment of an AutoBill came after all. @throws Refusal 404 */
export async function autoBillPaymentSucceeded(
  unit: UnitOfWork,
  work: Work,
  { note, ...named }: Named & { note?: string | undefined },
) {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  return present(unit, await recordSettledPayment(unit, work, autoBill, { note }), work);
}

/** An AutoBill as it is now. @throws Refusal 404 */
export async function getAutoBill(reader: Reader, work: Work, named: Named) {
  return present(reader, await requireAutoBill(reader, named.merchantAutoBillId), work);
}

async function present(
  reader: Reader,
  autoBill: StoredAutoBill,
  when: Pick<Work, 'now' | 'timeZone'>,
) {
  const { start, end, entitlements, ...described } = await describeAutoBill(reader, autoBill, when);
  const { nextBilling, retrySince, graceUntil, ...plain } = described;
  const format = (moment: number | undefined) =>
    moment === undefined ? undefined : new Date(moment).toISOString();
  return {
    ...plain,
    ...presentTerm({ start, end }),
    ...{ nextBilling: format(nextBilling), retrySince: format(retrySince) },
    graceUntil: format(graceUntil),
    entitlements: entitlements.map(({ merchantEntitlementId, active, ...term }) => {
      return { merchantEntitlementId, active, ...presentTerm(term) };
    }),
  };
}
