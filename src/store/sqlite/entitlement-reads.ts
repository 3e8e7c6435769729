/** Look-ups of the entitlements of one merchant's accounts, on any connection. */
import type { Source } from '../../entitlements/entitlement';
import type {
  EntitlementKey,
  EntitlementPart,
  EntitlementReads,
  HeldEntitlement,
  EntitlementStand,
  ReplacedEntitlement,
  SeenEntitlement,
  Standing,
  StoredEntitlement,
} from '../entitlements';
import type { ListsOfMany } from '../accounts';
import { PAGE, turnForRows } from '../../base/pages';
import type { Eventually } from '../eventually';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage, then } from '../listing/page-listing';
import type { Page, Span } from '../page';
import { BEFORE_ALL, keyValues, lastValues, toReplaced } from '../rows/entitlement-row';
import { type AccountStatements, SqliteAccountReads } from './account-reads';
import type { ChangeRow, EntitlementStatements } from './entitlement-statements';
import { listsOfMany } from './many';
import { MOST_TEXT } from './query';

/** The entitlements that are counted in one turn of the event loop. */
const COUNTED = 5000;

/** What has passed of a part, and its end. */
interface Passed {
  readonly passed: number;
  readonly last: EntitlementKey | undefined;
}

/** Entitlements of one merchant's accounts. */
export class SqliteEntitlementReads extends SqliteAccountReads implements EntitlementReads {
  constructor(
    protected override readonly reads: AccountStatements &
      EntitlementStatements & { readonly cursors: PageCursors },
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  listChanged({ from, until }: Span, page: Page): Eventually<HeldEntitlement[]> {
    const place = (start: Cursor) => [this.merchantId, start.at, start.id, until, from];
    const changes = readPage(this.reads.cursors, page, {
      name: `${this.merchantId} changed ${from}`,
      from,
      nth: (start, n) => this.reads.nthChange.get(...place(start), n),
      rows: (start, limit) => this.reads.changes.all(...place(start), limit),
      cursor: ({ at, id }) => ({ at, id }),
    });
    return then(changes, (rows) => rows.flatMap((row) => this.heldOf(row)));
  }

  private heldOf(row: ChangeRow): HeldEntitlement[] {
    const entitlement = this.findEntitlement(row.accountId, row);
    const account = this.findAccount(row.accountId);
    return entitlement && account ? [{ account, ...entitlement }] : [];
  }

  findEntitlement(accountId: number, key: EntitlementKey): StoredEntitlement | undefined {
    const { source, merchantEntitlementId, sourceId } = key;
    return this.reads.entitlement.get(accountId, source, merchantEntitlementId, sourceId);
  }

  listAllEntitlements(accountId: number, { after, limit }: EntitlementPart): StoredEntitlement[] {
    const { entitlements, entitlementsAfter } = this.reads;
    return after
      ? entitlementsAfter.some(MOST_TEXT, accountId, ...keyValues(after), limit)
      : entitlements.all(accountId, limit);
  }

  findStanding(
    account: number,
    { at, isActive }: Standing,
    { after, limit }: EntitlementPart & { readonly after: EntitlementKey },
  ): SeenEntitlement | undefined {
    const { nthKey, standing, standingUntil } = this.reads;
    const last = nthKey.get(account, ...keyValues(after), limit - 1);
    const { merchantEntitlementId: id, source, sourceId } = after;
    const values = { account, at, isActive: Number(isActive), id, source, sourceId };
    const found = last
      ? standingUntil.get({ ...values, ...lastValues(last) })
      : standing.get(values);
    if (found) return { key: found, isWanted: true };
    return last && { key: last, isWanted: false };
  }

  lastLineUntil(accountId: number, moment: number): number {
    return this.reads.lastLine.get(accountId, moment)?.line ?? 0;
  }

  standOf(accountId: number, moment: number): Eventually<EntitlementStand> {
    const line = this.lastLineUntil(accountId, Number.MAX_SAFE_INTEGER);
    const { passed, last } = this.countPassed(accountId, moment, BEFORE_ALL);
    if (!last) return { line, passed };
    return this.countOn(accountId, moment, { passed, last }).then((all) => ({ line, passed: all }));
  }

  private async countOn(accountId: number, moment: number, first: Passed): Promise<number> {
    let { passed, last } = first;
    while (last) {
      await turnForRows(PAGE);
      const next = this.countPassed(accountId, moment, last);
      passed += next.passed;
      last = next.last;
    }
    return passed;
  }

  /** Counts the starts and ends of a part. @returns `last`: what it ends with; undefined: none follows */
  private countPassed(account: number, moment: number, after: EntitlementKey): Passed {
    const { nthKey, passed } = this.reads;
    const last = nthKey.get(account, ...keyValues(after), COUNTED - 1);
    const { merchantEntitlementId: id, source, sourceId } = after;
    const counted = passed.get({
      ...{ account, moment, id, source, sourceId },
      ...lastValues(last),
    });
    return { passed: counted?.passed ?? 0, last };
  }

  listReplaced(account: number, after: number, limit: number): ReplacedEntitlement[] {
    return this.reads.replaced.all({ account, after, limit }).map(toReplaced);
  }

  listEntitlements(
    accountId: number,
    source: Source,
    { after, limit }: EntitlementPart,
  ): StoredEntitlement[] {
    const { entitlementsOfSource, entitlementsOfSourceAfter } = this.reads;
    return after
      ? entitlementsOfSourceAfter.some(MOST_TEXT, accountId, source, ...keyValues(after), limit)
      : entitlementsOfSource.all(accountId, source, limit);
  }

  listEntitlementsFrom(
    account: number,
    source: Source,
    from: string,
    { after, limit }: EntitlementPart,
  ): StoredEntitlement[] {
    const { entitlementsFrom, entitlementsFromAfter } = this.reads;
    const values = { account, source, from, limit };
    if (!after) return entitlementsFrom.all(values);
    const { sourceId, merchantEntitlementId: id } = after;
    return entitlementsFromAfter.some(MOST_TEXT, { ...values, sourceId, id });
  }

  listEntitlementsOf(
    accountIds: readonly number[],
    source: Source,
    limit: number,
  ): ListsOfMany<StoredEntitlement> {
    return listsOfMany(this.reads.entitlementsOfMany, accountIds, limit, source);
  }

  listEntitlementsOfId(
    accountId: number,
    id: string,
    { after, limit }: EntitlementPart,
  ): StoredEntitlement[] {
    const { entitlementsOfId, entitlementsOfIdAfter } = this.reads;
    if (!after) return entitlementsOfId.all(accountId, id, limit);
    const { source, sourceId } = after;
    return entitlementsOfIdAfter.some(MOST_TEXT, accountId, id, source, sourceId, limit);
  }
}
