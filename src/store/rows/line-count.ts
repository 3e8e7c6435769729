/** Counting lines of the ledger, the same for every database. */

const isActive = (state: string) =>
  `(${state}_start_at <= at AND (${state}_end_at IS NULL OR at < ${state}_end_at))`;

/**
 * By how many the entitlements that give access grew with a line: those of time alone say that one began or ran out, for
 * their state is the same before and after.
 */
const GROWTH = `CASE action WHEN 'start' THEN 1 WHEN 'expire' THEN -1
  ELSE CASE WHEN ${isActive('after')} THEN 1 ELSE 0 END
    - CASE WHEN before_start_at IS NOT NULL AND ${isActive('before')} THEN 1 ELSE 0 END END`;

/** What of a line counts. */
const COLUMNS = `at, action, reason, before_start_at, before_end_at, after_start_at, after_end_at`;

/**
 * Lines by action, reason and minute. They are read in a part of their own, so that the end of it is where reading ends, whatever
 * index finds its beginning.
 * @param id the column of the number of a line
 * @param lines which ones, after WHERE
 * @param whole writes an expression as a number that is not too large
 */
export function countLines(id: string, lines: string, whole: (sql: string) => string): string {
  return `SELECT action AS "action", reason AS "reason", ${whole('at / 60000')} AS "minute",
      ${whole('count(*)')} AS "lines", ${whole(`sum(${GROWTH})`)} AS "growth"
    FROM (SELECT ${id} AS number, ${COLUMNS} FROM ledger WHERE ${lines}) AS part
    WHERE number <= :until GROUP BY action, reason, at / 60000`;
}
