/** AutoBills in plain terms, for the programs and people that see to payments. */
import { cut } from '../base/quote';
import type { Timestamp } from '../contract/types.generated';
import { notFound } from '../base/refusal';
import type { Work } from '../base/work';
import { isActive } from '../entitlements/entitlement';
import {
  entitledUntil,
  isFinished,
  nextBilling,
  type Standing,
  standingOf,
} from '../entitlements/subscription';
import { calendarOf } from '../ledger/calendar-of';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader } from '../store/store';
import { listGiven } from './give-access';

/** An AutoBill's present state, and its future. Moments are UTC milliseconds. */
export interface DescribedAutoBill {
  readonly merchantAutoBillId: string | undefined;
  readonly VID: string;
  /** The VID of the account. */
  readonly userId: string | undefined;
  readonly standing: Standing;
  /** Whether it gives access now. */
  readonly active: boolean;
  readonly start: Timestamp;
  /** Until when it entitles, as far as that is known. */
  readonly end: Timestamp | undefined;
  readonly nextBilling: Timestamp | undefined;
  /** When the payment failed that is tried again. */
  readonly retrySince: Timestamp | undefined;
  readonly graceUntil: Timestamp | undefined;
  readonly entitlements: ReadonlyArray<{
    readonly merchantEntitlementId: string;
    readonly active: boolean;
    readonly start: Timestamp;
    readonly end: Timestamp | undefined;
  }>;
}

/** An AutoBill by its merchantAutoBillId or, for it may have none, by its VID. */
export async function findAutoBill(
  { autoBills }: Reader,
  name: string,
): Promise<StoredAutoBill | undefined> {
  return (await autoBills.findByMerchantAutoBillId(name)) ?? autoBills.findByVid(name);
}

/** Refuses a name that no AutoBill has. */
export const unknownAutoBill = (name: string) => notFound(`There is no AutoBill ${cut(name)}.`);

/** The same where there must be one. @throws Refusal 404 */
export async function requireAutoBill(reader: Reader, name: string): Promise<StoredAutoBill> {
  const autoBill = await findAutoBill(reader, name);
  if (!autoBill) throw unknownAutoBill(name);
  return autoBill;
}

/** The standing of an AutoBill at a moment, and what it gives. */
export async function describeAutoBill(
  reader: Reader,
  autoBill: StoredAutoBill,
  { now, timeZone }: Pick<Work, 'now' | 'timeZone'>,
): Promise<DescribedAutoBill> {
  const { merchantAutoBillId, VID, course, accountId } = autoBill;
  const calendar = await calendarOf(reader, autoBill, timeZone);
  const standing = standingOf(course, calendar, now);
  const billed = !isFinished(standing) && standing !== 'cancelling';
  const given = await listGiven(reader, autoBill);
  given.sort((one, other) => (one.merchantEntitlementId < other.merchantEntitlementId ? -1 : 1));
  await reader.pause(given.length);
  const entitlements = given.map((one) => {
    const { merchantEntitlementId, start, end } = one;
    return { merchantEntitlementId, active: isActive(one, now), start, end };
  });
  return {
    merchantAutoBillId,
    VID,
    standing,
    userId: (await reader.findAccount(accountId))?.VID,
    active: entitlements.some(({ active }) => active),
    start: course.start,
    end: entitledUntil(course, calendar),
    nextBilling: billed ? nextBilling(course, calendar, now)?.at : undefined,
    retrySince: course.retrySince,
    graceUntil: course.graceUntil,
    entitlements,
  };
}
