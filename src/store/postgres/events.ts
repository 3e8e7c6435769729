/**
 * The feed in PostgreSQL. Numbers are counted in memory: whoever writes has the merchant's lock.
 * Decided: docs/decisions/feed.md
 */
import type { EventReads, EventWrites, RecordedEvent, StoredEvent } from '../events';
import { EVENT_COLUMNS, toEvent } from '../rows/event-row';
import { LEDGER_COLUMNS } from '../rows/ledger-row';
import type { Change, Prepare, PrepareChange, Query } from './query';
import type { Shared } from './shared';

/** Every look-up of a connection, prepared once. */
export interface EventReadStatements {
  readonly last: Query<{ readonly sequence: number }>;
  readonly list: Query<object>;
}

/** Prepares them. */
export function prepareEventReads(prepare: Prepare): EventReadStatements {
  return {
    last: prepare(
      'SELECT sequence FROM event WHERE merchant_id = ? ORDER BY sequence DESC LIMIT 1',
    ),
    list: prepare(
      `SELECT ${EVENT_COLUMNS}, CASE WHEN event.type IS NULL THEN
           (SELECT vid FROM billing_plan WHERE merchant_id = event.merchant_id AND id = event.subject)
         END AS "billingPlan", ${LEDGER_COLUMNS} FROM event
       JOIN merchant ON merchant.id = event.merchant_id
       LEFT JOIN ledger ON ledger.merchant_id = event.merchant_id AND ledger.at = event.ledger_at
         AND ledger.id = event.ledger_id
       LEFT JOIN account ON account.merchant_id = event.merchant_id
         AND account.id = coalesce(ledger.account_id, event.account_id)
       WHERE event.merchant_id = ? AND event.sequence > ? ORDER BY event.sequence LIMIT ?`,
    ),
  };
}

/** Every change, prepared once. */
export interface EventWriteStatements {
  readonly insert: Change;
}

/** Prepares them. */
export function prepareEventWrites(change: PrepareChange): EventWriteStatements {
  return {
    insert: change(
      `INSERT INTO event (merchant_id, sequence, type, at, account_id, subject, actor, reason, note,
         soap_id, document)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}

/** One merchant's feed. */
export class PostgresEventReads implements EventReads {
  constructor(
    protected readonly reads: EventReadStatements,
    protected readonly shared: Shared,
    protected readonly merchantId: number,
  ) {}

  async last(): Promise<number> {
    await this.shared(this.merchantId);
    return (await this.reads.last.get(this.merchantId))?.sequence ?? 0;
  }

  async list(after: number, limit: number): Promise<StoredEvent[]> {
    await this.shared(this.merchantId);
    return (await this.reads.list.all(this.merchantId, after, limit)).map(toEvent);
  }
}

/** What a unit's transaction does for its events. */
interface Numbering {
  readonly merchantId: number;
  /** The next number of the merchant's feed. */
  nextNumber(): number;
  /** Takes a change that nobody waits for. */
  send(change: Promise<unknown>): void;
}

/** One unit's view of the feed. */
export class PostgresEventWrites extends PostgresEventReads implements EventWrites {
  constructor(
    reads: EventReadStatements,
    shared: Shared,
    private readonly writes: EventWriteStatements,
    private readonly transaction: Numbering,
  ) {
    super(reads, shared, transaction.merchantId);
  }

  insert({ type, at, accountId, subject, document, ...cause }: RecordedEvent): void {
    const { merchantId, transaction } = this;
    const { actor, reason, note, soapId } = cause;
    const json = document && JSON.stringify(document);
    const values = [type, at, accountId, subject, actor, reason, note, soapId, json];
    transaction.send(this.writes.insert.run(merchantId, transaction.nextNumber(), ...values));
  }
}
