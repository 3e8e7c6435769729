/** Lines of the ledger with the events that number them: written by one statement with what they change. */
import { TIME } from '../../base/work';
import type { PrepareChange, Change } from './query';

const KEY = 'account_id, merchant_entitlement_id, source, source_id';

/** Numbers the lines of `line`, in the order of their rows. @param first the number of the first of them */
const numbered = (first: string, plan = 'NULL::bigint') => `numbered AS (
  INSERT INTO event (merchant_id, sequence, ledger_at, ledger_id, subject)
  SELECT :merchant, ${first} + row_number() OVER (ORDER BY id) - 1, at, id, ${plan} FROM line)`;

/** A line, its number, and the entitlement's new state. `previous_at` is that of before: a statement sees nothing of itself. */
const RECORD_CHANGE = `WITH line AS (
  INSERT INTO ledger (merchant_id, account_id, source, merchant_entitlement_id, source_id,
    at, action, actor, note, reason, soap_id, changes_access,
    before_start_at, before_end_at, before_description,
    after_start_at, after_end_at, after_description, previous_at)
  VALUES (:merchant, :account, :source, :id, :sourceId,
    :at, :action, :actor, :note, :reason, :soapId, :changesAccess,
    :beforeStart, :beforeEnd, :beforeDescription, :start, :end, :description,
    (SELECT changed_at FROM entitlement WHERE merchant_id = :merchant AND account_id = :account
      AND merchant_entitlement_id = :id AND source = :source AND source_id = :sourceId))
  RETURNING at, id),
  ${numbered(
    ':sequence::bigint',
    '(SELECT id FROM billing_plan WHERE merchant_id = :merchant AND vid = :plan)',
  )}
  INSERT INTO entitlement (merchant_id, ${KEY}, start_at, end_at, description, due_at, changed_at)
  VALUES (:merchant, :account, :id, :source, :sourceId, :start, :end, :description, :dueAt, :changedAt)
  ON CONFLICT (merchant_id, ${KEY}) DO UPDATE SET
    start_at = excluded.start_at, end_at = excluded.end_at, description = excluded.description,
    due_at = excluded.due_at, changed_at = greatest(entitlement.changed_at, excluded.changed_at)`;

/** As `nextChange`: the moment of the change by time alone that follows one. */
function changeAfter(at: string): string {
  return `CASE WHEN end_at <= greatest(${at}, start_at) THEN NULL
    WHEN start_at > ${at} THEN start_at ELSE end_at END`;
}

const OF_DUE = `due.account_id = entitlement.account_id AND due.source = entitlement.source
  AND due.merchant_entitlement_id = entitlement.merchant_entitlement_id
  AND due.source_id = entitlement.source_id`;

/**
 * The merchant's that are due, the earliest first, with their lines, numbers and rows. One that starts and ends within the
 * batch has two lines; of one moment, second ones come last. A further change of one may come after changes of those that
 * are left, where the batch is full: then it is left, too.
 */
const RECORD_DUE = `WITH due AS MATERIALIZED (
    SELECT *, ${changeAfter('due_at')} AS next_at FROM entitlement
    WHERE merchant_id = :merchant AND due_at <= :until ORDER BY due_at, ${KEY} LIMIT :limit),
  bound AS MATERIALIZED (SELECT CASE count(*) WHEN :limit THEN max(due_at) ELSE :until::bigint END AS last,
    count(*) = :limit AS filled FROM due),
  step AS (SELECT due.*, due_at AS at, 1 AS step, changed_at AS previous_at FROM due
    UNION ALL
    SELECT due.*, next_at AS at, 2 AS step, greatest(changed_at, due_at) AS previous_at FROM due, bound
    WHERE next_at <= last),
  line AS (INSERT INTO ledger (${KEY}, merchant_id, at, action, actor, changes_access, previous_at,
      before_start_at, before_end_at, before_description,
      after_start_at, after_end_at, after_description)
    SELECT ${KEY}, merchant_id, at, CASE at WHEN start_at THEN 'start' ELSE 'expire' END,
      '${TIME}', true, previous_at, start_at, end_at, description, start_at, end_at, description
    FROM step ORDER BY at, step, due_at, ${KEY}
    RETURNING at, id, action),
  ${numbered(':sequence::bigint')},
  row AS (UPDATE entitlement SET
      changed_at = greatest(entitlement.changed_at, CASE WHEN next_at <= last THEN next_at ELSE due.due_at END),
      due_at = CASE WHEN next_at <= last THEN ${changeAfter('next_at').replaceAll(/\b(start_at|end_at)\b/g, 'due.$1')}
        ELSE next_at END
    FROM due, bound WHERE entitlement.merchant_id = :merchant AND ${OF_DUE})
  SELECT count(*) AS lines, (SELECT filled FROM bound) AS filled,
    count(*) FILTER (WHERE action = 'start') AS started FROM line`;

/** What a batch wrote. */
export interface RecordedDue {
  readonly lines: number;
  /** Whether there may be more that was due. */
  readonly filled: boolean;
  /** How many of the lines are starts. */
  readonly started: number;
}

/** The statements, prepared once for a connection. */
export interface FeedLineStatements {
  readonly recordChange: Change;
  readonly recordDue: Change<RecordedDue>;
}

/** Prepares them. */
export function prepareFeedLines(change: PrepareChange): FeedLineStatements {
  return { recordChange: change(RECORD_CHANGE), recordDue: change(RECORD_DUE) };
}
