/** What time alone changes, of every merchant, in PostgreSQL. */
import type { Due, DueByKind, DueOfAll } from '../due';
import type { Prepare } from './query';

/** @param prepare asks outside of units */
export function createDue(prepare: Prepare): DueByKind {
  return { entitlements: dueOf(prepare, 'entitlement'), autoBills: dueOf(prepare, 'auto_bill') };
}

/** @param table has merchant_id and due_at, with indexes of both and of due_at alone */
function dueOf(prepare: Prepare, table: 'entitlement' | 'auto_bill'): DueOfAll {
  const first = prepare<Due>(
    `SELECT merchant_id AS "merchantId", due_at AS at FROM ${table} WHERE due_at IS NOT NULL
     ORDER BY due_at LIMIT 1`,
  );
  const next = prepare<{ merchantId: number }>(
    `SELECT id AS "merchantId" FROM merchant WHERE id > ? AND EXISTS
       (SELECT 1 FROM ${table} WHERE merchant_id = merchant.id AND due_at <= ?)
     ORDER BY id LIMIT 1`,
  );
  const firstOf = prepare<{ at: number }>(
    `SELECT due_at AS at FROM ${table} WHERE merchant_id = ? AND due_at IS NOT NULL
     ORDER BY due_at LIMIT 1`,
  );
  return {
    first: () => first.get(),
    firstOf: async (merchantId) => (await firstOf.get(merchantId))?.at,
    nextMerchant: async (after, until) => (await next.get(after, until))?.merchantId,
  };
}
