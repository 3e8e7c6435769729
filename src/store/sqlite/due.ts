/** What time alone changes, of every merchant, in SQLite. */
import type { Due, DueByKind, DueOfAll } from '../due';
import type { Prepare } from './query';

/** @param prepare of the connection that is read on */
export function createDue(prepare: Prepare): DueByKind {
  return { entitlements: dueOf(prepare, 'entitlement'), autoBills: dueOf(prepare, 'auto_bill') };
}

/** @param table has merchant_id and due_at, with indexes TABLE_due_at and TABLE_due */
function dueOf(prepare: Prepare, table: 'entitlement' | 'auto_bill'): DueOfAll {
  const first = prepare<Due>(
    `SELECT merchant_id AS merchantId, due_at AS at FROM ${table} WHERE due_at > 0
     ORDER BY due_at LIMIT 1`,
  );
  const next = prepare<{ merchantId: number }>(
    `SELECT id AS merchantId FROM merchant WHERE id > ? AND EXISTS
       (SELECT 1 FROM ${table} INDEXED BY ${table}_due
        WHERE merchant_id = merchant.id AND due_at <= ?)
     ORDER BY id LIMIT 1`,
  );
  const firstOf = prepare<{ at: number }>(
    `SELECT due_at AS at FROM ${table} INDEXED BY ${table}_due
     WHERE merchant_id = ? AND due_at > 0 ORDER BY due_at LIMIT 1`,
  );
  return {
    first: () => first.get(),
    firstOf: (merchantId) => firstOf.get(merchantId)?.at,
    nextMerchant: (after, until) => next.get(after, until)?.merchantId,
  };
}
