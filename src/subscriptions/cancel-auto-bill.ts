/** Cancels an AutoBill, whichever API asks for it. */
import { DateTime } from 'luxon';
import type { Refusal } from '../base/refusal';
import type { Work } from '../base/work';
import { type Calendar, countPeriods } from '../entitlements/billing-period';
import { billingAt, cancel, standingOf } from '../entitlements/subscription';
import type { StoredAutoBill } from '../store/auto-bills';
import type { Reader, UnitOfWork } from '../store/store';
import { calendarOf } from '../ledger/calendar-of';
import { countedByDays, updateAutoBill } from './keep-auto-bill';
import { broughtUpToDate } from './follow-item';

/** How it is cancelled. */
export interface Cancellation {
  readonly disentitle: boolean;
  /** Whether its minimum commitment does not bind. */
  readonly force: boolean;
  readonly cancelReasonCode: string | undefined;
  /** For the lines of the ledger; undefined: the cancelReasonCode. */
  readonly note?: string | undefined;
  /** Makes the refusal of one within its minimum commitment, of the reason in words. */
  readonly refuse: (reason: string) => Refusal;
}

/**
 * It entitles until the end of the period that runs or, disentitled, no longer (documented). One that
 * was cancelled before can still be disentitled; of one that has ended nothing changes (decided).
 * @throws Refusal, that `refuse` makes, within its minimum commitment
 */
export async function cancelAutoBill(
  unit: UnitOfWork,
  work: Work,
  stored: StoredAutoBill,
  { disentitle, force, cancelReasonCode, note, refuse }: Cancellation,
): Promise<StoredAutoBill> {
  const { now } = work;
  const known = await broughtUpToDate(unit, work, stored);
  const running = await findRunning(unit, work, known, disentitle);
  if (!running) return known;
  const { autoBill, calendar } = running;
  const binding = force ? undefined : commitmentOf(autoBill, calendar, now);
  if (binding !== undefined) throw refuse(binding);
  const course = cancel(autoBill.course, calendar, { disentitle, now });
  const cancelReason = cancelReasonCode
    ? { reason_code: cancelReasonCode }
    : autoBill.values.cancelReason;
  const cancelled = { ...autoBill, course, values: { ...autoBill.values, cancelReason } };
  return updateAutoBill(unit, work, cancelled, {
    event: 'CANCELLATION',
    reason: 'subscription_cancelled',
    note: note ?? (cancelReasonCode && `cancelReasonCode ${cancelReasonCode}`),
  });
}

/**
 * Why a cancellation without `force` is refused now, as far as no unfinished work has to be done first; undefined: it is
 * not, or it changes nothing.
 */
export async function whyNotCancelled(
  reader: Pick<Reader, 'catalogue'>,
  moment: Moment,
  stored: StoredAutoBill,
  disentitle: boolean,
): Promise<string | undefined> {
  if ((stored.values.minimumCommitment ?? 0) < 1) return undefined;
  const running = await findRunning(reader, moment, stored, disentitle);
  return running && commitmentOf(running.autoBill, running.calendar, moment.now);
}

type Moment = Pick<Work, 'now' | 'timeZone'>;

/** An AutoBill as its cancellation sees it; undefined: that changes nothing. */
async function findRunning(
  reader: Pick<Reader, 'catalogue'>,
  { now, timeZone }: Moment,
  known: StoredAutoBill,
  disentitle: boolean,
): Promise<{ autoBill: StoredAutoBill; calendar: Calendar } | undefined> {
  const standing = standingOf(known.course, await calendarOf(reader, known, timeZone), now);
  if (standing === 'expired' || standing === 'cancelled') return undefined;
  const { cancelledAt, endsAt = Infinity } = known.course;
  // One that failed before or after its cancellation counts as failed; it may be disentitled for
  // good while a payment would still bring its access back.
  if (cancelledAt !== undefined && !(disentitle && endsAt > now)) return undefined;
  const autoBill = await countedByDays(reader, { now, timeZone }, known);
  return { autoBill, calendar: await calendarOf(reader, autoBill, timeZone) };
}

/**
 * Why its minimum commitment binds it still; undefined: it doesn't. The commitment is counted in billing periods
 * (documented), as far as the plan has them.
 */
function commitmentOf(
  { course, values }: StoredAutoBill,
  calendar: Calendar,
  now: number,
): string | undefined {
  const { minimumCommitment: periods = 0 } = values;
  if (periods < 1) return undefined;
  const last = Math.min(periods, countPeriods(calendar.plan) ?? periods);
  const until = billingAt(course, calendar, last);
  if (until === undefined || until <= now) return undefined;
  const moment = DateTime.fromMillis(until, { zone: calendar.timeZone });
  const day = moment.toISO({ suppressMilliseconds: true }) ?? '';
  return `its minimum commitment runs until ${day}, and force is not set`;
}
