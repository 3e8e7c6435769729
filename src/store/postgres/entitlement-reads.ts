/** Look-ups of the entitlements of one merchant's accounts, on any connection. */
import { PAGE, turnForRows } from '../../base/pages';
import type { Source } from '../../entitlements/entitlement';
import type { ListsOfMany } from '../accounts';
import type {
  EntitlementKey,
  EntitlementPart,
  EntitlementReads,
  EntitlementStand,
  HeldEntitlement,
  ReplacedEntitlement,
  SeenEntitlement,
  Standing,
  StoredEntitlement,
} from '../entitlements';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage } from '../listing/page-listing';
import type { Page, Span } from '../page';
import { BEFORE_ALL, keyValues, lastValues, toReplaced } from '../rows/entitlement-row';
import { type AccountStatements, PostgresAccountReads } from './account-reads';
import type { EntitlementStatements } from './entitlement-statements';
import { MOST_TEXT } from './query';
import type { Shared } from './shared';

/** The entitlements that are counted in one turn of the event loop. */
const COUNTED = 5000;

/** What has passed of a part, and its end. */
interface Passed {
  readonly passed: number;
  readonly last: EntitlementKey | undefined;
}

/** Entitlements of one merchant's accounts. */
export class PostgresEntitlementReads extends PostgresAccountReads implements EntitlementReads {
  constructor(
    protected override readonly reads: AccountStatements &
      EntitlementStatements & { readonly cursors: PageCursors; readonly shared: Shared },
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  async listChanged({ from, until }: Span, page: Page): Promise<HeldEntitlement[]> {
    const { merchantId, reads } = this;
    await reads.shared(merchantId, until);
    const place = (start: Cursor) => [merchantId, start.at, start.id, until, from];
    const changes = await readPage(reads.cursors, page, {
      name: `${merchantId} changed ${from}`,
      from,
      nth: (start, n) => reads.nthChange.get(...place(start), n),
      rows: (start, limit) => reads.changes.all(...place(start), limit),
      cursor: ({ at, id }) => ({ at, id }),
    });
    const accountIds = [...new Set(changes.map(({ accountId }) => accountId))];
    const keys = [
      ...[changes.map(({ accountId }) => accountId)],
      ...[changes.map((row) => row.merchantEntitlementId)],
      ...[changes.map(({ source }) => source), changes.map(({ sourceId }) => sourceId)],
    ];
    const [accounts, entitlements] = await Promise.all([
      this.findAccounts(accountIds),
      reads.entitlementsOfKeys.allByKey<number>(...keys, merchantId),
    ]);
    return changes.flatMap(({ accountId }, index) => {
      const account = accounts.get(accountId);
      const entitlement = entitlements.get(index + 1);
      return account && entitlement ? [{ account, ...entitlement }] : [];
    });
  }

  findEntitlement(
    accountId: number,
    { source, merchantEntitlementId, sourceId }: EntitlementKey,
  ): Promise<StoredEntitlement | undefined> {
    const key = [this.merchantId, accountId, source, merchantEntitlementId, sourceId];
    return this.reads.entitlement.get(...key);
  }

  listAllEntitlements(
    accountId: number,
    { after, limit }: EntitlementPart,
  ): Promise<StoredEntitlement[]> {
    const { merchantId } = this;
    const { entitlements, entitlementsAfter } = this.reads;
    return after
      ? entitlementsAfter.some(MOST_TEXT, merchantId, accountId, ...keyValues(after), limit)
      : entitlements.all(merchantId, accountId, limit);
  }

  async findStanding(
    account: number,
    { at, isActive }: Standing,
    { after, limit }: EntitlementPart & { readonly after: EntitlementKey },
  ): Promise<SeenEntitlement | undefined> {
    const { nthKey, standing, standingUntil } = this.reads;
    const { merchantId: merchant } = this;
    const last = await nthKey.get(merchant, account, ...keyValues(after), limit - 1);
    const { merchantEntitlementId: id, source, sourceId } = after;
    const values = { merchant, account, at, isActive, id, source, sourceId };
    const found = last
      ? await standingUntil.get({ ...values, ...lastValues(last) })
      : await standing.get(values);
    if (found) return { key: found, isWanted: true };
    return last && { key: last, isWanted: false };
  }

  async lastLineUntil(accountId: number, moment: number): Promise<number> {
    const last = await this.reads.lastLine.get(this.merchantId, accountId, moment);
    return last?.line ?? 0;
  }

  async standOf(accountId: number, moment: number): Promise<EntitlementStand> {
    const [line, first] = await Promise.all([
      this.lastLineUntil(accountId, Number.MAX_SAFE_INTEGER),
      this.countPassed(accountId, moment, BEFORE_ALL),
    ]);
    let { passed, last } = first;
    while (last) {
      await turnForRows(PAGE);
      const next = await this.countPassed(accountId, moment, last);
      passed += next.passed;
      last = next.last;
    }
    return { line, passed };
  }

  /** Counts the starts and ends of a part. @returns `last`: what it ends with; undefined: none follows */
  private async countPassed(
    account: number,
    moment: number,
    after: EntitlementKey,
  ): Promise<Passed> {
    const { nthKey, passed } = this.reads;
    const { merchantId } = this;
    const last = await nthKey.get(merchantId, account, ...keyValues(after), COUNTED - 1);
    const { merchantEntitlementId: id, source, sourceId } = after;
    const counted = await passed.get({
      ...{ account, moment, id, source, sourceId, merchant: merchantId },
      ...lastValues(last),
    });
    return { passed: counted?.passed ?? 0, last };
  }

  async listReplaced(
    account: number,
    after: number,
    limit: number,
  ): Promise<ReplacedEntitlement[]> {
    const { merchantId: merchant } = this;
    const rows = await this.reads.replaced.all({ merchant, account, after, limit });
    return rows.map(toReplaced);
  }

  listEntitlements(
    accountId: number,
    source: Source,
    { after, limit }: EntitlementPart,
  ): Promise<StoredEntitlement[]> {
    const { entitlementsOfSource, entitlementsOfSourceAfter } = this.reads;
    const of = [this.merchantId, accountId, source];
    return after
      ? entitlementsOfSourceAfter.some(MOST_TEXT, ...of, ...keyValues(after), limit)
      : entitlementsOfSource.all(...of, limit);
  }

  listEntitlementsFrom(
    account: number,
    source: Source,
    from: string,
    { after, limit }: EntitlementPart,
  ): Promise<StoredEntitlement[]> {
    const { entitlementsFrom, entitlementsFromAfter } = this.reads;
    const values = { merchant: this.merchantId, account, source, from, limit };
    if (!after) return entitlementsFrom.all(values);
    const { sourceId, merchantEntitlementId: id } = after;
    return entitlementsFromAfter.some(MOST_TEXT, { sourceId, id, ...values });
  }

  listEntitlementsOf(
    accountIds: readonly number[],
    source: Source,
    limit: number,
  ): Promise<ListsOfMany<StoredEntitlement>> {
    return this.listsOfMany(this.reads.entitlementsOfMany, accountIds, limit, source);
  }

  listEntitlementsOfId(
    accountId: number,
    id: string,
    { after, limit }: EntitlementPart,
  ): Promise<StoredEntitlement[]> {
    const { entitlementsOfId, entitlementsOfIdAfter } = this.reads;
    const of = [this.merchantId, accountId, id];
    if (!after) return entitlementsOfId.all(...of, limit);
    return entitlementsOfIdAfter.some(MOST_TEXT, ...of, after.source, after.sourceId, limit);
  }
}
