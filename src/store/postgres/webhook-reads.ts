/** Look-ups of endpoints and of the messages to them. Decided: docs/decisions/webhooks.md */
import {
  ATTEMPT_COLUMNS,
  DELIVERY_COLUMNS,
  ENDPOINT_COLUMNS,
  type EndpointRow,
  toEndpoint,
} from '../rows/webhook-row';
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
import type { Prepare, Query } from './query';
import { prepareWalk, type WalkStatements } from './walks';

/** Every look-up, prepared once. */
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

/** Prepares them. */
export function prepareWebhookReads(prepare: Prepare): WebhookReadStatements {
  const endpoints = (condition: string) =>
    prepare<EndpointRow>(
      `SELECT ${ENDPOINT_COLUMNS} FROM endpoint WHERE merchant_id = ? AND ${condition}`,
    );
  const deliveries = (condition: string) =>
    prepare<Delivery>(
      `SELECT ${DELIVERY_COLUMNS} FROM delivery WHERE merchant_id = :merchant AND ${condition}`,
    );
  const newest = 'id < :before ORDER BY id DESC LIMIT :limit';
  return {
    byName: endpoints('endpoint_id = ?'),
    byRow: endpoints('id = ?'),
    ofKind: endpoints('kind = ? ORDER BY id'),
    delivery: deliveries('id = :id'),
    deliveries: deliveries(`endpoint = :endpoint AND ${newest}`),
    deliveriesIn: deliveries(`endpoint = :endpoint AND state = :state AND ${newest}`),
    attempts: prepare(
      `SELECT ${ATTEMPT_COLUMNS} FROM attempt WHERE merchant_id = ? AND delivery = ?
       ORDER BY number`,
    ),
    waiting: prepare(
      `SELECT count(*) AS count FROM delivery
       WHERE merchant_id = ? AND endpoint = ? AND state = 'waiting'`,
    ),
    due: deliveries('endpoint = :endpoint AND due_at <= :until ORDER BY due_at, id LIMIT :limit'),
    ofAccount: prepareWalk(prepare, { table: 'delivery', key: 'lane', row: 'id' }),
    oldest: prepare(
      `SELECT id FROM delivery WHERE merchant_id = ? AND endpoint = ? AND state = ?
       ORDER BY id DESC LIMIT 1 OFFSET ?`,
    ),
  };
}

/** One merchant's endpoints and messages. */
export class PostgresWebhookReads implements WebhookReads {
  constructor(
    protected readonly reads: WebhookReadStatements,
    protected readonly merchantId: number,
  ) {}

  async find(endpointId: string): Promise<Endpoint | undefined> {
    const row = await this.reads.byName.get(this.merchantId, endpointId);
    return row && toEndpoint(row);
  }

  async findRow(id: number): Promise<Endpoint | undefined> {
    const row = await this.reads.byRow.get(this.merchantId, id);
    return row && toEndpoint(row);
  }

  async list(kind: EndpointKind): Promise<Endpoint[]> {
    return (await this.reads.ofKind.all(this.merchantId, kind)).map(toEndpoint);
  }

  findDelivery(id: number): Promise<Delivery | undefined> {
    return this.reads.delivery.get({ merchant: this.merchantId, id });
  }

  listDeliveries({
    state,
    before = Number.MAX_SAFE_INTEGER,
    ...query
  }: DeliveryQuery): Promise<Delivery[]> {
    const place = { merchant: this.merchantId, before, ...query };
    return state === undefined
      ? this.reads.deliveries.all(place)
      : this.reads.deliveriesIn.all({ ...place, state });
  }

  listAttempts(delivery: number): Promise<Attempt[]> {
    return this.reads.attempts.all(this.merchantId, delivery);
  }

  async countWaiting(endpoint: number): Promise<number> {
    return (await this.reads.waiting.get(this.merchantId, endpoint))?.count ?? 0;
  }

  listDue(endpoint: number, until: number, limit: number): Promise<Delivery[]> {
    return this.reads.due.all({ merchant: this.merchantId, endpoint, until, limit });
  }
}

/** The oldest of the messages that wait, and of the events of which no messages were made yet. */
const OLDEST = `SELECT min(least(
    (SELECT made_at FROM delivery WHERE delivery.merchant_id = endpoint.merchant_id
       AND delivery.endpoint = endpoint.id AND state = 'waiting' ORDER BY delivery.id LIMIT 1),
    (SELECT coalesce(event.at, event.ledger_at) FROM event
     WHERE event.merchant_id = endpoint.merchant_id AND event.sequence > endpoint.cursor
     ORDER BY event.sequence LIMIT 1))) AS at
  FROM endpoint WHERE disabled_at IS NULL`;

/** Endpoints of every merchant. */
export function createWebhooks(prepare: Prepare): WebhooksOfAll {
  const ready = prepare<EndpointRow & Pick<ReadyEndpoint, 'merchantId' | 'login' | 'last'>>(
    `SELECT * FROM (
       SELECT ${ENDPOINT_COLUMNS}, endpoint.merchant_id AS "merchantId", login,
         coalesce((SELECT sequence FROM event WHERE event.merchant_id = endpoint.merchant_id
           ORDER BY sequence DESC LIMIT 1), 0) AS last
       FROM endpoint JOIN merchant ON merchant.id = endpoint.merchant_id
       WHERE endpoint.id > :after AND disabled_at IS NULL AND coalesce(not_before, 0) <= :now
     ) AS open
     WHERE EXISTS (SELECT 1 FROM delivery WHERE merchant_id = open."merchantId"
         AND endpoint = open.id AND due_at <= :now)
       OR cursor < last AND (SELECT id FROM delivery WHERE merchant_id = open."merchantId"
         AND endpoint = open.id AND state = 'waiting' LIMIT 1 OFFSET :window::bigint - 1) IS NULL
     ORDER BY id LIMIT :limit`,
  );
  const oldest = prepare<{ readonly at: number | undefined }>(OLDEST);
  return {
    listReady: async (query) => (await ready.all(query)).map(toEndpoint),
    oldestPending: async () => (await oldest.get())?.at,
  };
}
