/** Look-ups of endpoints and of the messages to them in SQLite. Decided: docs/decisions/webhooks.md */
import type {
  Attempt,
  Delivery,
  DeliveryQuery,
  Endpoint,
  EndpointKind,
  ReadyEndpoint,
  WebhookReads,
  WebhooksOfAll,
} from '../webhooks';
import {
  ATTEMPT_COLUMNS,
  DELIVERY_COLUMNS,
  ENDPOINT_COLUMNS,
  type EndpointRow,
  toEndpoint,
} from '../rows/webhook-row';
import type { Prepare, Query } from './query';
import { prepareWalk, type WalkStatements } from './walks';

/** Every look-up of a connection, prepared once. */
export interface WebhookReadStatements {
  readonly byName: Query<EndpointRow>;
  readonly byRow: Query<EndpointRow>;
  readonly ofKind: Query<EndpointRow>;
  readonly delivery: Query<Delivery>;
  readonly deliveries: Query<Delivery>;
  readonly deliveriesIn: Query<Delivery>;
  readonly attempts: Query<Attempt>;
  readonly waiting: Query<{ readonly count: number }>;
  readonly due: Query<Delivery>;
  readonly oldest: Query<{ readonly id: number }>;
  readonly ofAccount: WalkStatements;
}

/** Prepares them. Messages are reached only through an endpoint, or with their merchant. */
export function prepareWebhookReads(prepare: Prepare): WebhookReadStatements {
  const endpoints = (condition: string) =>
    prepare<EndpointRow>(`SELECT ${ENDPOINT_COLUMNS} FROM endpoint WHERE ${condition}`, [
      'private',
    ]);
  const deliveries = (condition: string) =>
    prepare<Delivery>(`SELECT ${DELIVERY_COLUMNS} FROM delivery WHERE ${condition}`);
  const newest = 'id < :before ORDER BY id DESC LIMIT :limit';
  return {
    byName: endpoints('merchant_id = ? AND endpoint_id = ?'),
    byRow: endpoints('id = ? AND +merchant_id = ?'),
    ofKind: endpoints('merchant_id = ? AND kind = ? ORDER BY id'),
    delivery: deliveries('id = ? AND +merchant_id = ?'),
    deliveries: deliveries(`endpoint = :endpoint AND ${newest}`),
    deliveriesIn: deliveries(`endpoint = :endpoint AND state = :state AND ${newest}`),
    attempts: prepare(`SELECT ${ATTEMPT_COLUMNS} FROM attempt WHERE delivery = ? ORDER BY number`),
    waiting: prepare(
      `SELECT count(*) AS count FROM delivery WHERE endpoint = ? AND state = 'waiting'`,
    ),
    due: deliveries('endpoint = ? AND due_at <= ? ORDER BY due_at, id LIMIT ?'),
    ofAccount: prepareWalk(prepare, { table: 'delivery', key: 'lane', row: 'id' }),
    oldest: prepare(
      `SELECT id FROM delivery WHERE endpoint = ? AND state = ? ORDER BY id DESC LIMIT 1 OFFSET ?`,
    ),
  };
}

/** One merchant's endpoints and messages. */
export class SqliteWebhookReads implements WebhookReads {
  constructor(
    protected readonly reads: WebhookReadStatements,
    protected readonly merchantId: number,
  ) {}

  find(endpointId: string): Endpoint | undefined {
    const row = this.reads.byName.get(this.merchantId, endpointId);
    return row && toEndpoint(row);
  }

  findRow(id: number): Endpoint | undefined {
    const row = this.reads.byRow.get(id, this.merchantId);
    return row && toEndpoint(row);
  }

  list(kind: EndpointKind): Endpoint[] {
    return this.reads.ofKind.all(this.merchantId, kind).map(toEndpoint);
  }

  findDelivery(id: number): Delivery | undefined {
    return this.reads.delivery.get(id, this.merchantId);
  }

  listDeliveries({ state, before = Number.MAX_SAFE_INTEGER, ...query }: DeliveryQuery): Delivery[] {
    return state === undefined
      ? this.reads.deliveries.all({ before, ...query })
      : this.reads.deliveriesIn.all({ before, state, ...query });
  }

  listAttempts(delivery: number): Attempt[] {
    return this.reads.attempts.all(delivery);
  }

  countWaiting(endpoint: number): number {
    return this.reads.waiting.get(endpoint)?.count ?? 0;
  }

  listDue(endpoint: number, until: number, limit: number): Delivery[] {
    return this.reads.due.all(endpoint, until, limit);
  }
}

/** Endpoints of every merchant. @param prepare of the connection that is read on */
export function createWebhooks(prepare: Prepare): WebhooksOfAll {
  const ready = prepare<EndpointRow & Pick<ReadyEndpoint, 'merchantId' | 'login' | 'last'>>(
    `SELECT * FROM (
       SELECT ${ENDPOINT_COLUMNS}, endpoint.merchant_id AS merchantId, login,
         coalesce((SELECT sequence FROM event WHERE event.merchant_id = endpoint.merchant_id
           AND sequence > 0 ORDER BY sequence DESC LIMIT 1), 0) AS last
       FROM endpoint CROSS JOIN merchant ON merchant.id = endpoint.merchant_id
       WHERE endpoint.id > :after AND disabled_at IS NULL AND coalesce(not_before, 0) <= :now
     ) AS open
     WHERE EXISTS (SELECT 1 FROM delivery WHERE endpoint = open.id AND due_at <= :now)
       OR cursor < last AND (SELECT id FROM delivery WHERE endpoint = open.id AND state = 'waiting'
         LIMIT 1 OFFSET :window - 1) IS NULL
     ORDER BY id LIMIT :limit`,
    ['private'],
  );
  // Messages are made in the order of their rows. An event that an endpoint has not read is one after its cursor.
  const oldest = prepare<{ readonly at: number }>(
    `SELECT min(at) AS at FROM (
       SELECT (SELECT made_at FROM delivery WHERE endpoint = endpoint.id AND state = 'waiting'
         ORDER BY delivery.id LIMIT 1) AS at FROM endpoint WHERE disabled_at IS NULL
       UNION ALL
       SELECT (SELECT coalesce(event.at, ledger.at) FROM event
         LEFT JOIN ledger ON ledger.id = event.ledger_id
         WHERE event.merchant_id = endpoint.merchant_id AND event.sequence > endpoint.cursor
         ORDER BY event.sequence LIMIT 1) FROM endpoint WHERE disabled_at IS NULL
     )`,
  );
  return {
    listReady: (query) => ready.all(query).map(toEndpoint),
    oldestPending: () => oldest.get()?.at,
  };
}
