/** Takes all access of an account, whatever gives it: of one that has much, in parts. */
import type { Work } from '../base/work';
import { inUnits } from '../batches/in-units';
import { beginWork } from '../batches/long-work';
import { revoke } from '../entitlements/entitlement';
import { readSourceId } from '../entitlements/source-id';
import { cancel, isFinished, standingOf } from '../entitlements/subscription';
import { calendarOf } from '../ledger/calendar-of';
import { recordChange } from '../ledger/record-change';
import { DELETION_WORK } from '../orders/order-work';
import type { StoredAutoBill } from '../store/auto-bills';
import { autoBillPages, entitlementPages } from '../store/pages';
import type {
  EntitlementKey,
  Reader,
  Store,
  StoredAccount,
  StoredEntitlement,
  UnitOfWork,
} from '../store/store';
import { broughtUpToDate } from '../subscriptions/follow-item';
import { countedByDays, updateAutoBill } from '../subscriptions/keep-auto-bill';

/** The reason in the lines of the ledger. */
const REASON = 'account_erased';

/** The most that an account has whose access is taken in one unit of work. */
const AT_ONCE = { entitlements: 1000, autoBills: 100 } as const;

/** The most that a part looks at, and the changes after which it takes no further AutoBill. */
const PART = { lines: 250, grants: 300, autoBills: 50, changes: 300 } as const;

/** What an AutoBill costs, in changes of an entitlement. */
const AUTO_BILL = 10;

/** How far parts have come: an account's AutoBills are gone through first, then its grants. */
export interface Taken {
  /** The account's last line of the ledger as the last part left it: what others wrote since comes after it. */
  readonly line: number;
  readonly autoBill: number;
  /** Undefined: AutoBills are gone through. */
  readonly grants: { readonly after: EntitlementKey | undefined } | undefined;
}

/** Ends grants and AutoBills at once; orders as the deletion of a user does, any number in the background. */
export async function revokeAccess(
  unit: UnitOfWork,
  work: Work,
  account: StoredAccount,
  taken?: Taken,
): Promise<void> {
  const { id: accountId } = account;
  for (let line = taken?.line; line !== undefined;) {
    line = await takeWritten(unit, work, accountId, line);
  }
  for await (const page of autoBillPages(unit, accountId, taken?.autoBill)) {
    for (const autoBill of page) {
      await endAutoBill(unit, work, autoBill);
      await unit.pause(AUTO_BILL);
    }
  }
  await removeOrders(unit, work, account);
  if (taken) return;
  for await (const page of entitlementPages(unit, accountId, 'Account')) {
    for (const grant of page) await endGrant(unit, work, accountId, grant);
  }
}

function removeOrders(
  unit: UnitOfWork,
  work: Work,
  { id: subject, VID: name }: StoredAccount,
): Promise<void> {
  return beginWork(unit, work, DELETION_WORK, { subject, name, detail: undefined });
}

/**
 * Ends grants and AutoBills of an account that has many, part by part. What is ended stays so, whatever becomes of a
 * later part.
 * @param workOf the circumstances of a part
 * @returns how far it came, for `revokeAccess`; undefined: there aren't many, and nothing was done
 */
export async function revokeInParts(
  store: Pick<Store, 'transact' | 'reader'>,
  merchantId: number,
  workOf: (reader: Reader) => Work,
  account: StoredAccount,
): Promise<Taken | undefined> {
  const { id: accountId } = account;
  const reader = store.reader(merchantId);
  if (!(await hasMuch(reader, accountId))) return undefined;
  let taken: Taken = { line: await lastLine(reader, accountId), autoBill: 0, grants: undefined };
  await inUnits(store, merchantId, taken, async (unit, before) => {
    const next = await takePart(unit, workOf(unit), accountId, before);
    taken = next ?? before;
    return next;
  });
  await store.transact(merchantId, (unit) => removeOrders(unit, workOf(unit), account));
  return taken;
}

async function hasMuch(reader: Reader, accountId: number): Promise<boolean> {
  const { autoBills, entitlements } = AT_ONCE;
  const rows = { after: 0, limit: autoBills + 1 };
  if ((await reader.autoBills.listByAccount(accountId, rows)).length > autoBills) return true;
  const part = { after: undefined, limit: entitlements + 1 };
  return (await reader.listAllEntitlements(accountId, part)).length > entitlements;
}

function lastLine(reader: Reader, accountId: number) {
  return reader.lastLineUntil(accountId, Number.MAX_SAFE_INTEGER);
}

/** @returns undefined: nothing was left to take, and nothing was done */
async function takePart(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  taken: Taken,
): Promise<Taken | undefined> {
  const line = await takeWritten(unit, work, accountId, taken.line);
  if (line !== undefined) return { ...taken, line };
  const next = taken.grants
    ? await takeGrants(unit, work, accountId, taken)
    : await takeAutoBills(unit, work, accountId, taken);
  return next && { ...next, line: await lastLine(unit, accountId) };
}

async function takeAutoBills(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  taken: Taken,
): Promise<Taken> {
  const part = { after: taken.autoBill, limit: PART.autoBills };
  const mostChanges = unit.changes + PART.changes;
  let { autoBill } = taken;
  for (const one of await unit.autoBills.listByAccount(accountId, part)) {
    if (unit.changes >= mostChanges) break;
    await endAutoBill(unit, work, one);
    autoBill = one.id;
    await unit.pause(AUTO_BILL);
  }
  const isLast = autoBill === taken.autoBill;
  return { ...taken, autoBill, grants: isLast ? { after: undefined } : undefined };
}

async function takeGrants(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  taken: Taken,
): Promise<Taken | undefined> {
  const part = { after: taken.grants?.after, limit: PART.grants };
  const page = await unit.listEntitlements(accountId, 'Account', part);
  for (const grant of page) await endGrant(unit, work, accountId, grant);
  const after = page.at(-1);
  return after && { ...taken, grants: { after } };
}

/**
 * Ends what was given after a line of the ledger, where parts may have passed already; so much at most.
 * @returns the last line that it looked at; undefined: there were no more
 */
async function takeWritten(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  line: number,
): Promise<number | undefined> {
  const lines = await unit.listReplaced(accountId, line, PART.lines);
  for (const { source, sourceId, merchantEntitlementId } of lines) {
    if (source === 'Account') {
      const key = { source, sourceId, merchantEntitlementId };
      const grant = await unit.findEntitlement(accountId, key);
      if (grant) await endGrant(unit, work, accountId, grant);
    } else if (source === 'AutoBill') {
      const autoBill = await unit.autoBills.findByVid(readSourceId(sourceId).autoBill);
      if (autoBill?.accountId === accountId) await endAutoBill(unit, work, autoBill);
    }
    await unit.pause();
  }
  return lines.at(-1)?.line;
}

async function endAutoBill(unit: UnitOfWork, work: Work, stored: StoredAutoBill): Promise<void> {
  const { now, timeZone } = work;
  const known = await countedByDays(unit, work, await broughtUpToDate(unit, work, stored));
  const calendar = await calendarOf(unit, known, timeZone);
  if (isFinished(standingOf(known.course, calendar, now))) return;
  const course = cancel(known.course, calendar, { disentitle: true, now });
  const cause = { event: 'CANCELLATION', reason: REASON } as const;
  await updateAutoBill(unit, work, { ...known, course }, cause);
}

async function endGrant(
  unit: UnitOfWork,
  work: Work,
  accountId: number,
  grant: StoredEntitlement,
): Promise<void> {
  const after = revoke(grant, work.now);
  if (!after) return;
  const { merchantEntitlementId, source, sourceId } = grant;
  const key = { accountId, merchantEntitlementId, source, sourceId };
  const change = { ...key, action: 'revoke' as const, before: grant, after };
  await recordChange(unit, work, { ...change, note: undefined, reason: REASON });
}
