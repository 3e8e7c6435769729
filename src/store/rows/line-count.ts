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

/**
 * Lines by action, reason and minute.
 * @param condition of the lines
 * @param whole writes an expression as a number that is not too large
 */
export function countLines(condition: string, whole: (sql: string) => string): string {
  return `SELECT action AS "action", reason AS "reason", ${whole('at / 60000')} AS "minute",
      ${whole('count(*)')} AS "lines", ${whole(`sum(${GROWTH})`)} AS "growth"
    FROM ledger WHERE ${condition} GROUP BY action, reason, at / 60000`;
}
