/** Changes of endpoints and of the messages to them. Decided: docs/decisions/webhooks.md */
import { NEW_ENDPOINT, toNewEndpoint } from '../rows/webhook-row';
import type {
  Attempt,
  Delivery,
  EndpointState,
  EndpointValues,
  Fate,
  NewDelivery,
  NewEndpoint,
  WebhookWrites,
} from '../webhooks';
import type { Walk } from '../walk';
import type { Change, PrepareChange } from './query';
import { walkThrough } from './walks';
import { PostgresWebhookReads, type WebhookReadStatements } from './webhook-reads';

/** Every change, prepared once. */
export type WebhookWriteStatements = Readonly<
  Record<
    | 'insert'
    | 'update'
    | 'setState'
    | 'deleteAttempts'
    | 'deleteDeliveries'
    | 'delete'
    | 'moveCursor'
    | 'setCursor'
    | 'insertDeliveries'
    | 'insertAttempt'
    | 'hurry'
    | 'settle'
    | 'callNext'
    | 'resend'
    | 'forgetLaterAttempts'
    | 'forgetLater'
    | 'forgetOldAttempts'
    | 'forgetOld'
    | 'eraseText'
    | 'eraseAnswers',
    Change
  >
>;

/** The messages of a condition, and the attempts at them. */
const messages = (condition: string) => `WHERE merchant_id = :merchant AND ${condition}`;
const attemptsAt = (condition: string) =>
  messages(`delivery IN (SELECT id FROM delivery ${messages(condition)})`);

/** Messages that were made later than an event; old ones in a state. */
const LATER = "endpoint = :endpoint AND state = 'waiting' AND sequence > :to";
const OLD = 'endpoint = :endpoint AND state = :state AND id <= :last';

/** New messages, in their order. The first of a lane in which none waits is due at once. */
const INSERT_DELIVERIES = `INSERT INTO delivery
    (merchant_id, endpoint, lane, sequence, message_id, event, body, state, due_at, attempts, made_at)
  SELECT :merchant, :endpoint, lane, sequence, message_id, event, body, 'waiting',
    CASE WHEN row_number() OVER (PARTITION BY lane ORDER BY place) = 1 AND NOT EXISTS
      (SELECT 1 FROM delivery WHERE delivery.merchant_id = :merchant
       AND delivery.endpoint = :endpoint AND delivery.lane = message.lane AND state = 'waiting')
      THEN :at::bigint END, 0, :at::bigint
  FROM unnest(:lanes::bigint[], :sequences::bigint[], :messageIds::text[], :events::text[],
    :bodies::text[]) WITH ORDINALITY AS message (lane, sequence, message_id, event, body, place)
  ORDER BY place`;

/** Prepares them. */
export function prepareWebhookWrites(prepare: PrepareChange): WebhookWriteStatements {
  const ofOne = messages('id = :id');
  return {
    insert: prepare(
      `INSERT INTO endpoint (merchant_id, ${NEW_ENDPOINT.join(', ')})
       VALUES (?, ${NEW_ENDPOINT.map(() => '?').join(', ')}) RETURNING id`,
    ),
    update: prepare(
      `UPDATE endpoint SET format = :format, url = :url, private = :private, settings = :settings,
         secrets = :secrets ${ofOne}`,
    ),
    setState: prepare(
      `UPDATE endpoint SET failing_since = :failingSince, not_before = :notBefore,
         disabled_at = :disabledAt, disabled_reason = :disabledReason ${ofOne}`,
    ),
    deleteAttempts: prepare(`DELETE FROM attempt ${attemptsAt('endpoint = :endpoint')}`),
    deleteDeliveries: prepare(`DELETE FROM delivery ${messages('endpoint = :endpoint')}`),
    delete: prepare(`DELETE FROM endpoint ${messages('id = :endpoint')}`),
    moveCursor: prepare(`UPDATE endpoint SET cursor = :to ${ofOne} AND cursor = :from`),
    setCursor: prepare(`UPDATE endpoint SET cursor = :to ${ofOne}`),
    insertDeliveries: prepare(INSERT_DELIVERIES),
    insertAttempt: prepare(
      `INSERT INTO attempt (merchant_id, delivery, number, at, duration, status, failure, answer)
       VALUES (:merchant, :id, :number, :at, :duration, :status, :failure,
         (SELECT :answer::text FROM delivery ${ofOne} AND body IS NOT NULL))`,
    ),
    hurry: prepare(
      `UPDATE delivery SET due_at = :now ${messages('endpoint = :endpoint AND due_at > :now')}`,
    ),
    settle: prepare(
      `UPDATE delivery SET attempts = :number, state = :state, ended_at = :endedAt, due_at = :dueAt
       ${ofOne} AND state = 'waiting' AND attempts = :before`,
    ),
    callNext: prepare(
      `UPDATE delivery SET due_at = coalesce(due_at, :at) WHERE merchant_id = :merchant AND id =
         (SELECT id FROM delivery WHERE merchant_id = :merchant AND endpoint = :endpoint
            AND lane = :lane AND state = 'waiting' ORDER BY sequence, id LIMIT 1)`,
    ),
    resend: prepare(
      `UPDATE delivery SET state = 'waiting', ended_at = NULL, due_at = :at ${ofOne}`,
    ),
    forgetLaterAttempts: prepare(`DELETE FROM attempt ${attemptsAt(LATER)}`),
    forgetLater: prepare(`DELETE FROM delivery ${messages(LATER)}`),
    forgetOldAttempts: prepare(`DELETE FROM attempt ${attemptsAt(OLD)}`),
    forgetOld: prepare(`DELETE FROM delivery ${messages(OLD)}`),
    eraseText: prepare(`UPDATE delivery SET body = NULL ${ofOne}`),
    eraseAnswers: prepare(`UPDATE attempt SET answer = NULL ${messages('delivery = :id')}`),
  };
}

/** One unit's view of them. */
export class PostgresWebhookWrites extends PostgresWebhookReads implements WebhookWrites {
  constructor(
    reads: WebhookReadStatements,
    private readonly writes: WebhookWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  private run(name: keyof WebhookWriteStatements, values: object): Promise<number> {
    return this.writes[name].run({ merchant: this.merchantId, ...values });
  }

  insert(endpoint: NewEndpoint): Promise<number> {
    return this.writes.insert.id(this.merchantId, ...toNewEndpoint(endpoint));
  }

  async update(id: number, { settings, secrets, ...values }: EndpointValues): Promise<void> {
    const texts = { settings: JSON.stringify(settings), secrets: JSON.stringify(secrets) };
    await this.run('update', { id, ...texts, ...values });
  }

  async setState(id: number, state: EndpointState): Promise<void> {
    await this.run('setState', { id, ...state });
  }

  async delete(endpoint: number): Promise<void> {
    await this.run('deleteAttempts', { endpoint });
    await this.run('deleteDeliveries', { endpoint });
    await this.run('delete', { endpoint });
  }

  async moveCursor(id: number, from: number, to: number): Promise<boolean> {
    return (await this.run('moveCursor', { id, from, to })) > 0;
  }

  async insertDeliveries(
    endpoint: number,
    added: readonly NewDelivery[],
    at: number,
  ): Promise<void> {
    if (added.length === 0) return;
    await this.run('insertDeliveries', {
      endpoint,
      at,
      lanes: added.map(({ lane }) => lane),
      sequences: added.map(({ sequence }) => sequence),
      messageIds: added.map(({ messageId }) => messageId),
      events: added.map(({ event }) => event),
      bodies: added.map(({ body }) => body),
    });
  }

  async settle(
    { id, endpoint, lane, attempts: before }: Delivery,
    attempt: Attempt,
    fate: Fate,
  ): Promise<boolean> {
    const { state } = fate;
    const ended = fate.state === 'waiting' ? { dueAt: fate.dueAt } : { endedAt: fate.endedAt };
    const { number } = attempt;
    if ((await this.run('settle', { id, before, number, state, ...ended })) === 0) return false;
    await this.run('insertAttempt', { id, ...attempt });
    if (fate.state !== 'waiting') {
      await this.run('callNext', { endpoint, lane, at: fate.endedAt });
    }
    return true;
  }

  async hurry(endpoint: number, now: number): Promise<void> {
    await this.run('hurry', { endpoint, now });
  }

  async resend({ id }: Delivery, at: number): Promise<void> {
    await this.run('resend', { id, at });
  }

  async rewind(endpoint: number, to: number): Promise<void> {
    await this.run('forgetLaterAttempts', { endpoint, to });
    await this.run('forgetLater', { endpoint, to });
    await this.run('setCursor', { id: endpoint, to });
  }

  async forget(endpoint: number, state: 'delivered' | 'failed', keep: number): Promise<void> {
    const last = (await this.reads.oldest.get(this.merchantId, endpoint, state, keep))?.id;
    if (last === undefined) return;
    await this.run('forgetOldAttempts', { endpoint, state, last });
    await this.run('forgetOld', { endpoint, state, last });
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount, this.merchantId);
  }

  async erase(id: number): Promise<void> {
    await this.run('eraseText', { id });
    await this.run('eraseAnswers', { id });
  }
}
