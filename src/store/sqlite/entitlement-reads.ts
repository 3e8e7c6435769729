/** Look-ups of the entitlements of one merchant's accounts, on any connection. */
import type { Source } from '../../entitlements/entitlement';
import type {
  DueEntitlement,
  EntitlementKey,
  EntitlementPart,
  EntitlementReads,
  HeldEntitlement,
  EntitlementStand,
  ReplacedEntitlement,
  StoredEntitlement,
} from '../entitlements';
import type { ListsOfMany } from '../accounts';
import { PAGE, turnForRows } from '../../base/pages';
import type { Eventually } from '../eventually';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage, then } from '../listing/page-listing';
import type { Page, Span } from '../page';
import { selectList } from '../rows/columns';
import {
  BEFORE_ALL,
  ENTITLEMENT_COLUMNS,
  ENTITLEMENT_KEY,
  keyValues,
  REPLACED_COLUMNS,
  type ReplacedRow,
  toReplaced,
} from '../rows/entitlement-row';
import { type AccountStatements, SqliteAccountReads } from './account-reads';
import { AMONG, listsOfMany } from './many';
import { ofObject } from './of-object';
import { MOST_TEXT, type Prepare, type Query } from './query';

/**
 * Merchant, a cursor, the end of the span, its start: rows that are the first of their entitlement
 * in the span.
 */
const CHANGED_AFTER = `merchant_id = ? AND changes_access = 1 AND (at, position) > (?, ?) AND at < ?
  AND (previous_at IS NULL OR previous_at < ?)`;

/** The primary key, within an account. */
const KEY = 'merchant_entitlement_id, source, source_id';

const IN_ORDER = `ORDER BY ${KEY} LIMIT ?`;

const AFTER = `(${KEY}) > (?, ?, ?)`;

/** Every look-up of a connection, prepared once. */
export interface EntitlementStatements extends Readonly<
  Record<
    | 'entitlement'
    | 'entitlements'
    | 'entitlementsAfter'
    | 'entitlementsOfSource'
    | 'entitlementsOfSourceAfter'
    | 'entitlementsFrom'
    | 'entitlementsFromAfter'
    | 'entitlementsOfMany'
    | 'entitlementsOfId'
    | 'entitlementsOfIdAfter',
    Query<StoredEntitlement>
  >
> {
  readonly changes: Query<ChangeRow>;
  readonly nthChange: Query<Cursor>;
  readonly dueOf: Query<DueEntitlement>;
  readonly nextDue: Query<{ readonly at: number }>;
  readonly lastLine: Query<{ readonly line: number }>;
  readonly nthKey: Query<EntitlementKey>;
  readonly passed: Query<{ readonly passed: number }>;
  readonly replaced: Query<ReplacedRow>;
}

/** Prepares them. An entitlement is reached only through an account that a merchant's look-up found. */
export function prepareEntitlementReads(prepare: Prepare): EntitlementStatements {
  const entitlements = (condition: string) =>
    prepare<StoredEntitlement>(`SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement WHERE ${condition}`);
  return {
    changes: prepare<ChangeRow>(
      `SELECT id, at, account_id AS accountId, ${selectList(ENTITLEMENT_KEY)} FROM ledger
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT ?`,
    ),
    nthChange: prepare<Cursor>(
      `SELECT at, id FROM ledger WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT 1 OFFSET ?`,
    ),
    dueOf: prepare<DueEntitlement>(
      // With the plus sign an account's are looked at, and not all of the merchant's that are due.
      `SELECT account_id AS accountId, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND +due_at <= ? ORDER BY ${KEY}`,
    ),
    nextDue: prepare(
      `SELECT due_at AS at FROM entitlement INDEXED BY entitlement_due
       WHERE merchant_id = ? AND due_at > 0 ORDER BY due_at LIMIT 1`,
    ),
    ...prepareAsOf(prepare),
    entitlement: entitlements(
      'account_id = ? AND source = ? AND merchant_entitlement_id = ? AND source_id = ?',
    ),
    entitlements: entitlements(`account_id = ? ${IN_ORDER}`),
    entitlementsAfter: entitlements(`account_id = ? AND ${AFTER} ${IN_ORDER}`),
    // With the plus sign they are read in the order of their key, and not sorted.
    entitlementsOfSource: entitlements(`account_id = ? AND +source = ? ${IN_ORDER}`),
    entitlementsOfSourceAfter: entitlements(
      `account_id = ? AND +source = ? AND ${AFTER} ${IN_ORDER}`,
    ),
    entitlementsFrom: entitlements(ofObject('source_id >= :from')),
    entitlementsFromAfter: entitlements(
      ofObject('(source_id, merchant_entitlement_id) > (:sourceId, :id)'),
    ),
    entitlementsOfMany: prepare<StoredEntitlement>(
      `SELECT account_id, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id ${AMONG} AND +source = ?
       ORDER BY account_id, ${KEY} LIMIT ?`,
    ),
    entitlementsOfId: entitlements(
      'account_id = ? AND merchant_entitlement_id = ? ORDER BY source, source_id LIMIT ?',
    ),
    entitlementsOfIdAfter: entitlements(
      `account_id = ? AND merchant_entitlement_id = ? AND (source, source_id) > (?, ?)
       ORDER BY source, source_id LIMIT ?`,
    ),
  };
}

// By the moments of lines: a call's is never dated before another of its account; one by time alone changes no state.
/** Look-ups of an account's entitlements as they were at a line of the ledger. */
function prepareAsOf(prepare: Prepare) {
  return {
    lastLine: prepare<{ readonly line: number }>(
      `SELECT position AS line FROM ledger WHERE account_id = ? AND at <= ?
       ORDER BY at DESC, position DESC LIMIT 1`,
    ),
    // The last key of a part; the part goes from after a key to another one, which it has.
    nthKey: prepare<EntitlementKey>(
      `SELECT ${selectList(ENTITLEMENT_KEY)} FROM entitlement WHERE account_id = ? AND ${AFTER}
       ORDER BY ${KEY} LIMIT 1 OFFSET ?`,
    ),
    passed: prepare<{ readonly passed: number }>(
      `SELECT coalesce(sum((start_at <= :moment) + coalesce(end_at <= :moment, 0)), 0) AS passed
       FROM entitlement WHERE account_id = :account
         AND (${KEY}) > (:id, :source, :sourceId)
         AND (:lastId IS NULL OR
           (${KEY}) <= (:lastId, :lastSource, :lastSourceId))`,
    ),
    replaced: prepare<ReplacedRow>(
      `SELECT ${REPLACED_COLUMNS} FROM ledger WHERE account_id = :account
         AND (at, position) > (coalesce((SELECT at FROM ledger WHERE id = :after), 0), :after)
       ORDER BY at, position LIMIT :limit`,
    ),
  };
}

/** The entitlements that are counted in one turn of the event loop. */
const COUNTED = 5000;

/** What has passed of a part, and its end. */
interface Passed {
  readonly passed: number;
  readonly last: EntitlementKey | undefined;
}

type ChangeRow = EntitlementKey & { id: number; at: number; accountId: number };

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
      lastId: last?.merchantEntitlementId ?? null,
      lastSource: last?.source ?? null,
      lastSourceId: last?.sourceId ?? null,
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
