/** Changes of endpoints and of the messages to them in SQLite. Decided: docs/decisions/webhooks.md */
import type { Database } from 'better-sqlite3';
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
import { NEW_ENDPOINT, toNewEndpoint } from '../rows/webhook-row';
import { guarded } from './guarded';
import { plannedOnce } from './query';
import { toColumn } from './rows';
import { walkThrough } from './walks';
import { SqliteWebhookReads, type WebhookReadStatements } from './webhook-reads';
import { Statement } from './statement';

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
    | 'insertDelivery'
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
    Statement
  >
>;

/** The attempts at messages of a condition. */
const attemptsOf = (condition: string) =>
  `WHERE delivery IN (SELECT id FROM delivery WHERE ${condition})`;

/** Prepares them. */
export function prepareWebhookWrites(database: Database): WebhookWriteStatements {
  const prepare = (sql: string): Statement => new Statement(database, plannedOnce(sql));
  const later = `endpoint = :endpoint AND state = 'waiting' AND sequence > :to`;
  const old = 'endpoint = :endpoint AND state = :state AND id <= :last';
  return {
    insert: prepare(
      `INSERT INTO endpoint (merchant_id, ${NEW_ENDPOINT.join(', ')})
       VALUES (?, ${NEW_ENDPOINT.map(() => '?').join(', ')})`,
    ),
    update: prepare(
      `UPDATE endpoint SET format = ?, url = ?, private = ?, settings = ?, secrets = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    setState: prepare(
      `UPDATE endpoint SET failing_since = ?, not_before = ?, disabled_at = ?, disabled_reason = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    deleteAttempts: prepare(`DELETE FROM attempt ${attemptsOf('endpoint = ?')}`),
    deleteDeliveries: prepare('DELETE FROM delivery WHERE endpoint = ?'),
    delete: prepare('DELETE FROM endpoint WHERE id = ? AND +merchant_id = ?'),
    moveCursor: prepare(
      'UPDATE endpoint SET cursor = ? WHERE id = ? AND +merchant_id = ? AND +cursor = ?',
    ),
    setCursor: prepare('UPDATE endpoint SET cursor = ? WHERE id = ? AND +merchant_id = ?'),
    insertDelivery: prepare(
      `INSERT INTO delivery (merchant_id, endpoint, lane, sequence, message_id, event, body, state,
         due_at, attempts, made_at)
       VALUES (:merchant, :endpoint, :lane, :sequence, :messageId, :event, :body, 'waiting',
         CASE WHEN EXISTS (SELECT 1 FROM delivery
           WHERE endpoint = :endpoint AND lane = :lane AND state = 'waiting') THEN NULL ELSE :at END,
         0, :at)`,
    ),
    insertAttempt: prepare(
      `INSERT INTO attempt (delivery, number, at, duration, status, failure, answer)
       VALUES (:id, :number, :at, :duration, :status, :failure,
         (SELECT :answer FROM delivery WHERE id = :id AND body IS NOT NULL))`,
    ),
    hurry: prepare('UPDATE delivery SET due_at = ? WHERE endpoint = ? AND due_at > ?'),
    settle: prepare(
      `UPDATE delivery SET attempts = :number, state = :state, ended_at = :endedAt, due_at = :dueAt
       WHERE id = :id AND +merchant_id = :merchant AND +state = 'waiting' AND +attempts = :before`,
    ),
    callNext: prepare(
      `UPDATE delivery SET due_at = coalesce(due_at, :at) WHERE id =
         (SELECT id FROM delivery WHERE endpoint = :endpoint AND lane = :lane AND state = 'waiting'
          ORDER BY sequence, id LIMIT 1)`,
    ),
    resend: prepare(
      `UPDATE delivery SET state = 'waiting', ended_at = NULL, due_at = ?
       WHERE id = ? AND +merchant_id = ?`,
    ),
    forgetLaterAttempts: prepare(`DELETE FROM attempt ${attemptsOf(later)}`),
    forgetLater: prepare(`DELETE FROM delivery WHERE ${later}`),
    forgetOldAttempts: prepare(`DELETE FROM attempt ${attemptsOf(old)}`),
    forgetOld: prepare(`DELETE FROM delivery WHERE ${old}`),
    eraseText: prepare('UPDATE delivery SET body = NULL WHERE id = ? AND +merchant_id = ?'),
    eraseAnswers: prepare('UPDATE attempt SET answer = NULL WHERE delivery = ?'),
  };
}

/** One unit's view of them; its caller opens and closes the transaction. */
export class SqliteWebhookWrites extends SqliteWebhookReads implements WebhookWrites {
  constructor(
    reads: WebhookReadStatements,
    private readonly writes: WebhookWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  private run(name: keyof WebhookWriteStatements, ...values: unknown[]) {
    return guarded(() => this.writes[name].run(...values.map(toColumn)));
  }

  insert(endpoint: NewEndpoint): number {
    const { lastInsertRowid } = this.run('insert', this.merchantId, ...toNewEndpoint(endpoint));
    return Number(lastInsertRowid);
  }

  update(endpoint: number, { format, url, settings, secrets, ...values }: EndpointValues): void {
    const texts = [JSON.stringify(settings), JSON.stringify(secrets)];
    this.run('update', format, url, values.private, ...texts, endpoint, this.merchantId);
  }

  setState(endpoint: number, state: EndpointState): void {
    const { failingSince, notBefore, disabledAt, disabledReason } = state;
    const values = [failingSince, notBefore, disabledAt, disabledReason];
    this.run('setState', ...values, endpoint, this.merchantId);
  }

  delete(endpoint: number): void {
    this.run('deleteAttempts', endpoint);
    this.run('deleteDeliveries', endpoint);
    this.run('delete', endpoint, this.merchantId);
  }

  moveCursor(endpoint: number, from: number, to: number): boolean {
    return this.run('moveCursor', to, endpoint, this.merchantId, from).changes > 0;
  }

  insertDeliveries(endpoint: number, messages: readonly NewDelivery[], at: number): void {
    const { insertDelivery } = this.writes;
    guarded(() => {
      for (const { lane, sequence, messageId, event, body } of messages) {
        const values = { lane, sequence, messageId, event, body };
        insertDelivery.run({ merchant: this.merchantId, endpoint, at, ...values });
      }
    });
  }

  settle(
    { id, endpoint, lane, attempts: before }: Delivery,
    attempt: Attempt,
    fate: Fate,
  ): boolean {
    const { number, at, duration } = attempt;
    const [status, failure, answer] = [attempt.status, attempt.failure, attempt.answer].map(
      toColumn,
    );
    const { writes, merchantId: merchant } = this;
    const { state } = fate;
    const [endedAt, dueAt] = fate.state === 'waiting' ? [null, fate.dueAt] : [fate.endedAt, null];
    return guarded(() => {
      const values = { id, merchant, before, number, state, endedAt, dueAt };
      if (writes.settle.run(values).changes === 0) return false;
      writes.insertAttempt.run({ id, number, at, duration, status, failure, answer });
      if (endedAt !== null) writes.callNext.run({ endpoint, lane, at: endedAt });
      return true;
    });
  }

  hurry(endpoint: number, now: number): void {
    this.run('hurry', now, endpoint, now);
  }

  resend({ id }: Delivery, at: number): void {
    this.run('resend', at, id, this.merchantId);
  }

  rewind(endpoint: number, to: number): void {
    guarded(() => {
      this.writes.forgetLaterAttempts.run({ endpoint, to });
      this.writes.forgetLater.run({ endpoint, to });
    });
    this.run('setCursor', to, endpoint, this.merchantId);
  }

  forget(endpoint: number, state: 'delivered' | 'failed', keep: number): void {
    const last = this.reads.oldest.get(endpoint, state, keep)?.id;
    if (last === undefined) return;
    guarded(() => {
      this.writes.forgetOldAttempts.run({ endpoint, state, last });
      this.writes.forgetOld.run({ endpoint, state, last });
    });
  }

  get ofAccount(): Walk {
    return walkThrough(this.reads.ofAccount);
  }

  erase(delivery: number): void {
    this.run('eraseText', delivery, this.merchantId);
    this.run('eraseAnswers', delivery);
  }
}
