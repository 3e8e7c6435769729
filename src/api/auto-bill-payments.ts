/** AutoBills over REST: whoever sees to payments tells what became of them. */
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader, UnitOfWork } from '../store/store';
import { describeAutoBill, requireAutoBill } from '../subscriptions/describe';
import type { Work as Change } from '../subscriptions/keep-auto-bill';
import { recordFailedPayment, recordSettledPayment } from '../subscriptions/payments';
import type { Work } from '../orders/call';
import { presentTerm } from './present';

interface Named {
  /** The merchant's own name for it or, where it has none, its VID. */
  readonly merchantAutoBillId: string;
}

/** Also on whose calendar days of grace are counted: an IANA zone. */
type DatedWork = Work & { readonly timeZone: string };

/** A payment of an AutoBill failed. @throws Refusal 404 */
export async function autoBillPaymentFailed(
  unit: UnitOfWork,
  work: DatedWork,
  {
    final = false,
    note,
    ...named
  }: Named & { final?: boolean | undefined; note?: string | undefined },
) {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  const change = changeOf(work);
  return present(unit, await recordFailedPayment(unit, change, autoBill, { final, note }), change);
}

/** A payment of an AutoBill came after all. @throws Refusal 404 */
export async function autoBillPaymentSucceeded(
  unit: UnitOfWork,
  work: DatedWork,
  { note, ...named }: Named & { note?: string | undefined },
) {
  const autoBill = await requireAutoBill(unit, named.merchantAutoBillId);
  const change = changeOf(work);
  return present(unit, await recordSettledPayment(unit, change, autoBill, { note }), change);
}

/** An AutoBill as it is now. @throws Refusal 404 */
export async function getAutoBill(
  reader: Reader,
  { clock, timeZone }: Pick<DatedWork, 'clock' | 'timeZone'>,
  named: Named,
) {
  const autoBill = await requireAutoBill(reader, named.merchantAutoBillId);
  return present(reader, autoBill, { now: clock(), timeZone });
}

function changeOf({ actor, callId, clock, timeZone }: DatedWork): Change {
  return { actor, soapId: callId, now: clock(), timeZone };
}

async function present(
  reader: Reader,
  autoBill: StoredAutoBill,
  when: Pick<Change, 'now' | 'timeZone'>,
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
