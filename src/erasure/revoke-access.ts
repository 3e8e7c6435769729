/** Takes all access of an account, whatever gives it. */
import type { Work } from '../base/work';
import { beginWork } from '../batches/long-work';
import { revoke } from '../entitlements/entitlement';
import { cancel, isFinished, standingOf } from '../entitlements/subscription';
import { recordChange } from '../ledger/record-change';
import { DELETION_WORK } from '../orders/order-work';
import { autoBillPages, entitlementPages } from '../store/pages';
import type { StoredAccount, UnitOfWork } from '../store/store';
import { broughtUpToDate } from '../subscriptions/follow-item';
import { calendarOf } from '../ledger/calendar-of';
import { countedByDays, updateAutoBill } from '../subscriptions/keep-auto-bill';

/** The reason in the lines of the ledger. */
const REASON = 'account_erased';

/** Ends grants and AutoBills at once; orders as the deletion of a user does, any number in the background. */
export async function revokeAccess(
  unit: UnitOfWork,
  work: Work,
  { id: accountId, VID: name }: StoredAccount,
): Promise<void> {
  const { now, timeZone } = work;
  for await (const page of autoBillPages(unit, accountId)) {
    for (const stored of page) {
      const known = await countedByDays(unit, work, await broughtUpToDate(unit, work, stored));
      const calendar = await calendarOf(unit, known, timeZone);
      if (isFinished(standingOf(known.course, calendar, now))) continue;
      const course = cancel(known.course, calendar, { disentitle: true, now });
      const cause = { event: 'CANCELLATION', reason: REASON } as const;
      await updateAutoBill(unit, work, { ...known, course }, cause);
    }
  }
  await beginWork(unit, work, DELETION_WORK, { subject: accountId, name, detail: undefined });
  for await (const page of entitlementPages(unit, accountId, 'Account')) {
    for (const entitlement of page) {
      const after = revoke(entitlement, now);
      if (!after) continue;
      const { merchantEntitlementId, source, sourceId } = entitlement;
      const key = { accountId, merchantEntitlementId, source, sourceId };
      const change = { ...key, action: 'revoke' as const, before: entitlement, after };
      await recordChange(unit, work, { ...change, note: undefined, reason: REASON });
    }
  }
}
