/**
 * The feed in SQLite. Whatever writes a line of the ledger numbers it by a statement of this file.
 * Decided: docs/decisions/feed.md
 */
import type { Database, Statement } from 'better-sqlite3';
import type { EventReads, EventWrites, RecordedEvent, StoredEvent } from '../events';
import { EVENT_COLUMNS, toEvent } from '../rows/event-row';
import { LEDGER_COLUMNS } from '../rows/ledger-row';
import { guarded } from './guarded';
import { plannedOnce } from './query';
import { toColumn } from './rows';

/** The next number of a merchant. @param merchant the parameter that is its row */
const nextOf = (merchant: string) =>
  `1 + coalesce((SELECT sequence FROM event WHERE merchant_id = ${merchant} AND sequence > 0
    ORDER BY sequence DESC LIMIT 1), 0)`;

/** Numbers a line that has just been written; it is given the merchant's row, twice, and the line's. */
export const NUMBER_LINE = plannedOnce(
  `INSERT INTO event (merchant_id, sequence, ledger_id) VALUES (?, ${nextOf('?')}, ?)`,
);

/** Numbers the merchant's lines `:first` to `:last`, which one statement has just written. */
export const NUMBER_LINES = plannedOnce(
  `INSERT INTO event (merchant_id, sequence, ledger_id)
   SELECT :merchant, ${nextOf(':merchant')} + id - :first, id FROM ledger
   WHERE id BETWEEN :first AND :last ORDER BY id`,
);

/** The plan that gave an entitlement, of a line. */
const PLAN = `CASE WHEN event.type IS NULL THEN (SELECT vid FROM billing_plan WHERE id = event.subject) END
  AS "billingPlan"`;

/** Every look-up of a connection, prepared once. */
export type EventReadStatements = Readonly<Record<'last' | 'list', Statement>>;

/** Prepares them. */
export function prepareEventReads(database: Database): EventReadStatements {
  return {
    last: database
      .prepare(
        plannedOnce(
          'SELECT sequence FROM event WHERE merchant_id = ? AND sequence > 0 ORDER BY sequence DESC LIMIT 1',
        ),
      )
      .pluck(),
    list: database.prepare(
      plannedOnce(
        `SELECT ${EVENT_COLUMNS}, ${PLAN}, ${LEDGER_COLUMNS} FROM event
         LEFT JOIN ledger ON ledger.id = event.ledger_id
         CROSS JOIN merchant ON merchant.id = event.merchant_id
         LEFT JOIN account ON account.id = coalesce(ledger.account_id, event.account_id)
         WHERE event.merchant_id = ? AND event.sequence > ? ORDER BY event.sequence LIMIT ?`,
      ),
    ),
  };
}

/** Every change, prepared once. */
export type EventWriteStatements = Readonly<Record<'insert' | 'namePlan', Statement>>;

/** Prepares them. */
export function prepareEventWrites(database: Database): EventWriteStatements {
  return {
    insert: database.prepare(
      plannedOnce(
        `INSERT INTO event (merchant_id, sequence, type, at, account_id, subject, actor, reason, note,
           soap_id, document)
         VALUES (?, ${nextOf('?')}, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
    ),
    // By itself, so that lines of other entitlements cost nothing more.
    namePlan: database.prepare(
      plannedOnce(
        `UPDATE event SET subject = (SELECT id FROM billing_plan WHERE vid = :plan AND merchant_id = :merchant)
         WHERE merchant_id = :merchant AND sequence = ${nextOf(':merchant')} - 1`,
      ),
    ),
  };
}

/** One merchant's feed. */
export class SqliteEventReads implements EventReads {
  constructor(
    protected readonly reads: EventReadStatements,
    protected readonly merchantId: number,
  ) {}

  last(): number {
    return guarded(() => this.reads.last.get(this.merchantId) as number | undefined) ?? 0;
  }

  list(after: number, limit: number): StoredEvent[] {
    return guarded(() => this.reads.list.all(this.merchantId, after, limit)).map(toEvent);
  }
}

/** One unit's view of the feed; its caller opens and closes the transaction. */
export class SqliteEventWrites extends SqliteEventReads implements EventWrites {
  constructor(
    reads: EventReadStatements,
    private readonly writes: EventWriteStatements,
    merchantId: number,
  ) {
    super(reads, merchantId);
  }

  insert({ type, at, accountId, subject, document, ...cause }: RecordedEvent): void {
    const { merchantId, writes } = this;
    const { actor, reason, note, soapId } = cause;
    const json = document && JSON.stringify(document);
    const values = [type, at, accountId, subject, actor, reason, note, soapId, json].map(toColumn);
    guarded(() => writes.insert.run(merchantId, merchantId, ...values));
  }
}
