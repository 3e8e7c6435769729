/** Checks that orders and the entitlements that they gave agree. */
import type { Database } from 'better-sqlite3';

/** Entitlements that an active offer of an order holds, but the order does not give. */
const NOT_GIVEN = `
  SELECT customer_order.order_id AS orderId, offer_entitlement.merchant_entitlement_id AS id
  FROM order_line
  CROSS JOIN customer_order ON customer_order.id = order_line.customer_order
  CROSS JOIN offer_entitlement ON offer_entitlement.offer = order_line.offer
  LEFT JOIN entitlement ON entitlement.account_id = customer_order.account_id
    AND entitlement.merchant_entitlement_id = offer_entitlement.merchant_entitlement_id
    AND entitlement.source = 'Order' AND entitlement.source_id = customer_order.order_id
  WHERE order_line.state = 'active'
    AND (entitlement.start_at IS NULL OR entitlement.end_at IS NOT NULL)`;

/** Entitlements that an order gives, but none of its active offers holds. */
const NOT_SOLD = `
  SELECT entitlement.source_id AS orderId, entitlement.merchant_entitlement_id AS id
  FROM entitlement
  WHERE entitlement.source = 'Order' AND entitlement.end_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM customer_order
    CROSS JOIN order_line ON order_line.customer_order = customer_order.id
    CROSS JOIN offer_entitlement ON offer_entitlement.offer = order_line.offer
    WHERE customer_order.merchant_id = entitlement.merchant_id
      AND customer_order.order_id = entitlement.source_id
      AND customer_order.account_id = entitlement.account_id
      AND order_line.state = 'active'
      AND offer_entitlement.merchant_entitlement_id = entitlement.merchant_entitlement_id)`;

/** Orders whose state is not what their offers amount to, or whose offers are another account's. */
const STRAYED = `
  SELECT customer_order.order_id AS orderId FROM customer_order
  LEFT JOIN order_line ON order_line.customer_order = customer_order.id
  GROUP BY customer_order.id
  HAVING customer_order.state IS NOT CASE
      WHEN max(order_line.state = 'active') THEN 'active'
      WHEN max(order_line.state = 'revoked') THEN 'revoked' ELSE 'removed' END
    OR max(order_line.account_id <> customer_order.account_id)`;

interface Row {
  readonly orderId: string;
  readonly id: string;
}

/** The findings, in a sentence each. */
export function* orderFindings(database: Database): Iterable<string> {
  const rows = (sql: string) => database.prepare(sql).iterate() as Iterable<Row>;
  for (const { orderId, id } of rows(NOT_GIVEN)) {
    yield `order ${orderId} has an active offer that holds ${id}, but does not give it`;
  }
  for (const { orderId, id } of rows(NOT_SOLD)) {
    yield `order ${orderId} gives ${id}, but has no active offer that holds it`;
  }
  for (const { orderId } of rows(STRAYED)) {
    yield `order ${orderId} is not in the state, or not of the account, that its offers are`;
  }
}
