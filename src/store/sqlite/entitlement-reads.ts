/** Look-ups of the entitlements of one merchant's accounts, on any connection. */
import type { Source } from '../../entitlements/entitlement';
import type {
  DueEntitlement,
  EntitlementKey,
  EntitlementPart,
  EntitlementReads,
  EntitlementStand,
  EntitlementsOfMany,
  HeldEntitlement,
  ReplacedEntitlement,
  StoredEntitlement,
} from '../entitlements';
import type { Page, Span } from '../page';
import { type AccountStatements, SqliteAccountReads } from './account-reads';
import { ENTITLEMENT_COLUMNS, ENTITLEMENT_KEY } from './entitlement-row';
import { AMONG } from './many';
import type { Cursor, PageCursors } from './page-cursors';
import { readPage } from './page-listing';
import type { Prepare, Query } from './query';
import { selectList } from './rows';

/**
 * Merchant, a cursor, the end of the span, its start: rows that are the first of their entitlement
 * in the span.
 */
const CHANGED_AFTER = `merchant_id = ? AND changes_access = 1 AND (at, position) > (?, ?) AND at < ?
  AND (previous_at IS NULL OR previous_at < ?)`;

/** By the primary key. */
const IN_ORDER = 'ORDER BY merchant_entitlement_id, source, source_id LIMIT ?';

const AFTER = '(merchant_entitlement_id, source, source_id) > (?, ?, ?)';

/** The characters of the texts of a part of a listing. */
const MOST_TEXT = 2 ** 18;

/** Every look-up of a connection, prepared once. */
export interface EntitlementStatements extends Readonly<
  Record<
    | 'entitlement'
    | 'entitlements'
    | 'entitlementsAfter'
    | 'entitlementsOfSource'
    | 'entitlementsOfSourceAfter'
    | 'entitlementsFrom'
    | 'entitlementsOfMany'
    | 'entitlementsOfId'
    | 'entitlementsOfIdAfter',
    Query<StoredEntitlement>
  >
> {
  readonly changes: Query<ChangeRow>;
  readonly nthChange: Query<Cursor>;
  readonly dueOf: Query<DueEntitlement>;
  readonly anyDue: Query<{ readonly one: number }>;
  readonly stand: Query<EntitlementStand>;
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
       WHERE account_id = ? AND +due_at <= ?`,
    ),
    anyDue: prepare(
      `SELECT 1 AS one FROM entitlement INDEXED BY entitlement_due
       WHERE merchant_id = ? AND due_at <= ? LIMIT 1`,
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
    entitlementsFrom: entitlements(
      // The third term names the index; a slash is followed by a zero.
      `account_id = :account AND +source = :source AND source <> 'Account'
         AND source_id >= :from AND source_id < :from || '0'
         AND (source_id = :from OR source_id >= :from || '/')`,
    ),
    entitlementsOfMany: prepare<StoredEntitlement>(
      `SELECT account_id, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id ${AMONG} AND +source = ?
       ORDER BY account_id, merchant_entitlement_id, source, source_id LIMIT ?`,
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

/** Look-ups of an account's entitlements as they were at a line of the ledger. */
function prepareAsOf(prepare: Prepare) {
  return {
    stand: prepare<EntitlementStand>(
      `SELECT coalesce((SELECT max(id) FROM ledger WHERE account_id = :account), 0) AS line,
         (SELECT coalesce(sum((start_at <= :moment) + coalesce(end_at <= :moment, 0)), 0)
          FROM entitlement WHERE account_id = :account) AS passed`,
    ),
    replaced: prepare<ReplacedRow>(
      `SELECT id AS line, ${selectList(ENTITLEMENT_KEY)}, before_start_at AS start,
         before_end_at AS "end", before_description AS description
       FROM ledger WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?`,
    ),
  };
}

/** The parameters of what a part begins after. */
function keyValues({ merchantEntitlementId, source, sourceId }: EntitlementKey): string[] {
  return [merchantEntitlementId, source, sourceId];
}

/** By what those of one object are sorted. No id has the character between the two parts. */
function keyOf({ merchantEntitlementId, sourceId }: StoredEntitlement): string {
  return `${merchantEntitlementId}\0${sourceId}`;
}

/** A line of the ledger with what was before it; without a start it is of a new entitlement. */
type ReplacedRow = EntitlementKey & {
  readonly line: number;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly description: string | undefined;
};

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

  listChanged({ from, until }: Span, page: Page): HeldEntitlement[] {
    const place = (start: Cursor) => [this.merchantId, start.at, start.id, until, from];
    const changes = readPage(this.reads.cursors, page, {
      name: `${this.merchantId} changed ${from}`,
      from,
      nth: (start, n) => this.reads.nthChange.get(...place(start), n),
      rows: (start, limit) => this.reads.changes.all(...place(start), limit),
      cursor: ({ at, id }) => ({ at, id }),
    });
    return changes.flatMap((row) => {
      const entitlement = this.findEntitlement(row.accountId, row);
      const account = this.findAccount(row.accountId);
      return entitlement && account ? [{ account, ...entitlement }] : [];
    });
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

  standOf(account: number, moment: number): EntitlementStand {
    return this.reads.stand.get({ account, moment }) as EntitlementStand;
  }

  listReplaced(accountId: number, afterLine: number, limit: number): ReplacedEntitlement[] {
    const rows = this.reads.replaced.all(accountId, afterLine, limit);
    return rows.map(({ start, end, description, ...named }) => {
      return { ...named, before: start === undefined ? undefined : { start, end, description } };
    });
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

  listEntitlementsFrom(account: number, source: Source, from: string): StoredEntitlement[] {
    return this.reads.entitlementsFrom
      .all({ account, source, from })
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  listEntitlementsOf(
    accountIds: readonly number[],
    source: Source,
    limit: number,
  ): EntitlementsOfMany {
    const ids = JSON.stringify(accountIds);
    const lists = this.reads.entitlementsOfMany.listsByKey<number>(ids, source, limit + 1);
    let read = 0;
    for (const list of lists.values()) read += list.length;
    if (read <= limit) return { lists, left: [] };
    // Those of the account that was read last may not be all.
    const [last = 0] = [...lists.keys()].slice(-1);
    lists.delete(last);
    return { lists, left: accountIds.filter((id) => id >= last) };
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
