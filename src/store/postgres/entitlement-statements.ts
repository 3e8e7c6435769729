/** The statements of look-ups of entitlements. An entitlement is reached only through an account that a merchant's look-up found. */
import type { DueEntitlement, EntitlementKey, StoredEntitlement } from '../entitlements';
import type { Cursor } from '../listing/page-cursors';
import { selectList } from '../rows/columns';
import {
  ENTITLEMENT_COLUMNS,
  ENTITLEMENT_KEY,
  REPLACED_COLUMNS,
  type ReplacedRow,
} from '../rows/entitlement-row';
import type { Prepare, Query } from './query';

/** Merchant, a cursor, the end of the span, its start: lines that are the first of their entitlement in the span. */
const CHANGED_AFTER = `merchant_id = ? AND (at, id) > (?, ?) AND at < ? AND changes_access
  AND (previous_at IS NULL OR previous_at < ?)`;

/** The primary key, within an account. */
const KEY = 'merchant_entitlement_id, source, source_id';

const IN_ORDER = `ORDER BY ${KEY} LIMIT ?`;

const AFTER = `(${KEY}) > (?, ?, ?)`;

/** An entitlement's change in a line of the ledger. */
export type ChangeRow = EntitlementKey & { id: number; at: number; accountId: number };

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
    | 'entitlementsOfKeys'
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
  readonly standing: Query<EntitlementKey>;
  readonly standingUntil: Query<EntitlementKey>;
  readonly passed: Query<{ readonly passed: number }>;
  readonly replaced: Query<ReplacedRow>;
}

/** Prepares them. */
export function prepareEntitlementReads(prepare: Prepare): EntitlementStatements {
  return {
    changes: prepare(
      `SELECT id, at, account_id AS "accountId", ${selectList(ENTITLEMENT_KEY)} FROM ledger
       WHERE ${CHANGED_AFTER} ORDER BY at, id LIMIT ?`,
    ),
    nthChange: prepare(
      `SELECT at, id FROM ledger WHERE ${CHANGED_AFTER} ORDER BY at, id LIMIT 1 OFFSET ?`,
    ),
    dueOf: prepare(
      `SELECT account_id AS "accountId", ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND account_id = ? AND due_at <= ? ORDER BY due_at, ${KEY} LIMIT ?`,
    ),
    nextDue: prepare(
      `SELECT due_at AS at FROM entitlement WHERE merchant_id = ? AND due_at IS NOT NULL
       ORDER BY due_at LIMIT 1`,
    ),
    ...prepareAsOf(prepare),
    ...prepareLists(prepare),
  };
}

function prepareLists(prepare: Prepare) {
  const ofAccount = (condition: string) =>
    prepare<StoredEntitlement>(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND account_id = ? ${condition}`,
    );
  return {
    entitlement: ofAccount('AND source = ? AND merchant_entitlement_id = ? AND source_id = ?'),
    entitlements: ofAccount(IN_ORDER),
    entitlementsAfter: ofAccount(`AND ${AFTER} ${IN_ORDER}`),
    entitlementsOfSource: ofAccount(`AND source = ? ${IN_ORDER}`),
    entitlementsOfSourceAfter: ofAccount(`AND source = ? AND ${AFTER} ${IN_ORDER}`),
    entitlementsFrom: prepare<StoredEntitlement>(ofObject('source_id >= :from')),
    entitlementsFromAfter: prepare<StoredEntitlement>(
      ofObject('(source_id, merchant_entitlement_id) > (:sourceId, :id)'),
    ),
    entitlementsOfKeys: prepare<StoredEntitlement>(
      `SELECT place, ${ENTITLEMENT_COLUMNS}
       FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
         WITH ORDINALITY AS wanted (account, id, of_source, of_id, place)
       JOIN entitlement ON merchant_id = ? AND account_id = account
         AND merchant_entitlement_id = id AND source = of_source AND source_id = of_id`,
    ),
    entitlementsOfMany: prepare<StoredEntitlement>(
      `SELECT account_id, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND account_id = ANY(?::bigint[]) AND source = ?
       ORDER BY account_id, ${KEY} LIMIT ?`,
    ),
    entitlementsOfId: ofAccount(
      'AND merchant_entitlement_id = ? ORDER BY source, source_id LIMIT ?',
    ),
    entitlementsOfIdAfter: ofAccount(
      `AND merchant_entitlement_id = ? AND (source, source_id) > (?, ?)
       ORDER BY source, source_id LIMIT ?`,
    ),
  };
}

/**
 * Those of one object of a source. The third term names the index; a slash is followed by a zero.
 * @param after the condition that says where they begin
 */
function ofObject(after: string): string {
  return `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
    WHERE merchant_id = :merchant AND account_id = :account AND source = :source
      AND source <> 'Account' AND source_id < (:from::text || '0')
      AND (source_id = :from OR source_id >= (:from::text || '/')) AND ${after}
    ORDER BY source_id, merchant_entitlement_id LIMIT :limit`;
}

// By the moments of lines: a call's is never dated before another of its account; one by time alone changes no state.
/** Look-ups of an account's entitlements as they were at a line of the ledger. */
function prepareAsOf(prepare: Prepare) {
  const beyond = `(${KEY})`;
  const standingAfter = `SELECT ${selectList(ENTITLEMENT_KEY)} FROM entitlement
    WHERE merchant_id = :merchant AND account_id = :account AND ${beyond} > (:id, :source, :sourceId)
      AND (start_at <= :at AND coalesce(end_at > :at, true)) = :isActive`;
  return {
    lastLine: prepare<{ readonly line: number }>(
      `SELECT id AS line FROM ledger WHERE merchant_id = ? AND account_id = ? AND at <= ?
       ORDER BY at DESC, id DESC LIMIT 1`,
    ),
    // The last key of a part; the part goes from after a key to another one, which it has.
    nthKey: prepare<EntitlementKey>(
      `SELECT ${selectList(ENTITLEMENT_KEY)} FROM entitlement
       WHERE merchant_id = ? AND account_id = ? AND ${AFTER}
       ORDER BY ${KEY} LIMIT 1 OFFSET ?`,
    ),
    standing: prepare<EntitlementKey>(`${standingAfter} ORDER BY ${KEY} LIMIT 1`),
    standingUntil: prepare<EntitlementKey>(
      `${standingAfter} AND ${beyond} <= (:lastId, :lastSource, :lastSourceId) ORDER BY ${KEY} LIMIT 1`,
    ),
    passed: prepare<{ readonly passed: number }>(
      `SELECT coalesce(sum((start_at <= :moment)::int + coalesce(end_at <= :moment, false)::int), 0)::bigint
         AS passed
       FROM entitlement WHERE merchant_id = :merchant AND account_id = :account
         AND ${beyond} > (:id, :source, :sourceId)
         AND (:lastId::text IS NULL OR ${beyond} <= (:lastId, :lastSource, :lastSourceId))`,
    ),
    replaced: prepare<ReplacedRow>(
      `SELECT ${REPLACED_COLUMNS} FROM ledger WHERE merchant_id = :merchant AND account_id = :account
         AND (at, id) > (coalesce((SELECT at FROM ledger
           WHERE merchant_id = :merchant AND id = :after), 0), :after)
       ORDER BY at, id LIMIT :limit`,
    ),
  };
}
