/** Writes down starts and ends of entitlements by time alone, many by one statement. */
import type { Database } from 'better-sqlite3';
import { TIME } from '../../base/work';
import type { OnEntry } from '../observing';
import { NUMBER_LINES } from './events';
import { guarded } from './guarded';
import { plannedOnce } from './query';
import { Statement } from './statement';

/** The statements of a batch. They are given the merchant's row, `until`, and at most how many. */
export interface DueWriteStatements {
  /** The moment of the last one of a full batch. */
  readonly last: Statement;
  /** Their lines, then the lines' numbers in the feed, and then their rows. */
  readonly lines: Statement;
  readonly numbers: Statement;
  readonly rows: Statement;
  /** How many of the lines from one to another are starts. */
  readonly starts: Statement;
}

const KEY = 'account_id, merchant_entitlement_id, source, source_id';

/** As `nextChange`: the moment of the change by time alone that follows one. */
function changeAfter(at: string): string {
  return `CASE WHEN end_at <= max(${at}, start_at) THEN NULL
    WHEN start_at > ${at} THEN start_at ELSE end_at END`;
}

/** The merchant's that are due, the earliest first. */
const DUE = `FROM entitlement INDEXED BY entitlement_due
  WHERE merchant_id = :merchant AND due_at <= :until ORDER BY due_at, ${KEY} LIMIT :limit`;

/** One that starts and ends within the batch has two lines. Of one moment, second ones come last. */
const LINES = `WITH due AS MATERIALIZED (SELECT *, ${changeAfter('due_at')} AS next_at ${DUE})
  INSERT INTO ledger (${KEY}, merchant_id, at, action, actor, changes_access, previous_at,
    before_start_at, before_end_at, before_description,
    after_start_at, after_end_at, after_description)
  SELECT ${KEY}, merchant_id, at, CASE at WHEN start_at THEN 'start' ELSE 'expire' END,
    '${TIME}', 1, previous_at, start_at, end_at, description, start_at, end_at, description
  FROM (SELECT *, due_at AS at, 1 AS step, changed_at AS previous_at FROM due
    UNION ALL
    SELECT *, next_at AS at, 2 AS step, max(changed_at, due_at) AS previous_at FROM due
    WHERE next_at <= :last)
  ORDER BY at, step, due_at, ${KEY}`;

/** `next_at` is worked out in the same way; where it is within the batch, the one after it comes next. */
const NEXT = changeAfter('due_at');
const ROWS = `UPDATE entitlement SET
    changed_at = max(changed_at, CASE WHEN ${NEXT} <= :last THEN ${NEXT} ELSE due_at END),
    due_at = CASE WHEN ${NEXT} <= :last THEN ${changeAfter(`(${NEXT})`)} ELSE ${NEXT} END
  WHERE (${KEY}) IN (SELECT ${KEY} ${DUE})`;

/** Prepares them. */
export function prepareDueWrites(database: Database): DueWriteStatements {
  const prepare = (sql: string): Statement => new Statement(database, plannedOnce(sql));
  return {
    last: prepare(
      `SELECT due_at FROM entitlement INDEXED BY entitlement_due
         WHERE merchant_id = :merchant AND due_at <= :until
         ORDER BY due_at LIMIT 1 OFFSET :limit - 1`,
    ).pluck(),
    lines: prepare(LINES),
    numbers: prepare(NUMBER_LINES),
    rows: prepare(ROWS),
    starts: prepare(
      "SELECT count(*) FROM ledger WHERE id BETWEEN ? AND ? AND action = 'start'",
    ).pluck(),
  };
}

/** What a batch wrote: how many lines, and whether nothing is left that was due. */
export interface RecordedDue {
  readonly lines: number;
  readonly all: boolean;
}

/**
 * Writes down a bounded number of a merchant's entitlements that are due.
 * @param until UTC milliseconds
 * @param onEntry gets how many lines of each action were written
 * @throws StoreError
 */
export function recordDueBatch(
  { last, lines, numbers, rows, starts }: DueWriteStatements,
  batch: { readonly merchant: number; readonly until: number; readonly limit: number },
  onEntry?: OnEntry,
): RecordedDue {
  return guarded(() => {
    const full = last.get(batch) as number | undefined;
    // A further change of one of these may come after changes of those that are left.
    const bounds = { ...batch, last: full ?? batch.until };
    const { changes, lastInsertRowid } = lines.run(bounds);
    const written = Number(lastInsertRowid);
    numbers.run({ merchant: batch.merchant, first: written - changes + 1, last: written });
    rows.run(bounds);
    if (onEntry) {
      const started = starts.get(written - changes + 1, written) as number;
      if (started > 0) onEntry('start', undefined, started);
      if (started < changes) onEntry('expire', undefined, changes - started);
    }
    return { lines: changes, all: full === undefined };
  });
}
