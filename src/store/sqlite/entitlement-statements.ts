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
import { AMONG } from './many';
import { ofObject } from './of-object';
import type { Prepare, Query } from './query';

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
    | 'entitlementsOfMany'
    | 'entitlementsOfId'
    | 'entitlementsOfIdAfter',
    Query<StoredEntitlement>
  >
> {
  readonly changes: Query<ChangeRow>;
  readonly nthChange: Query<Cursor>;
  readonly dueOf: Query<DueEntitlement>;
  readonly dueOfAfter: Query<DueEntitlement>;
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
  const entitlements = (condition: string) =>
    prepare<StoredEntitlement>(`SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement WHERE ${condition}`);
  const due = (place: string) =>
    prepare<DueEntitlement>(
      // With the plus sign an account's are looked at, and not all of the merchant's that are due.
      `SELECT account_id AS accountId, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND +due_at <= ? ${place} ${IN_ORDER}`,
    );
  return {
    changes: prepare<ChangeRow>(
      `SELECT id, at, account_id AS accountId, ${selectList(ENTITLEMENT_KEY)} FROM ledger
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT ?`,
    ),
    nthChange: prepare<Cursor>(
      `SELECT at, id FROM ledger WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT 1 OFFSET ?`,
    ),
    dueOf: due(''),
    dueOfAfter: due(`AND ${AFTER}`),
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
  const standingAfter = `SELECT ${selectList(ENTITLEMENT_KEY)} FROM entitlement
    WHERE account_id = :account AND (${KEY}) > (:id, :source, :sourceId)
      AND (start_at <= :at AND coalesce(end_at > :at, 1)) = :isActive`;
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
    standing: prepare<EntitlementKey>(`${standingAfter} ORDER BY ${KEY} LIMIT 1`),
    standingUntil: prepare<EntitlementKey>(
      `${standingAfter} AND (${KEY}) <= (:lastId, :lastSource, :lastSourceId) ORDER BY ${KEY} LIMIT 1`,
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
