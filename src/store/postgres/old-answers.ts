/** The answers of every merchant: the oldest, and its end. */
import type { AnswersOfAll } from '../answers';
import type { Prepare, PrepareChange } from './query';

/** Answers that are forgotten in one go. */
const FORGOTTEN_AT_ONCE = 200;

/** @param change of statements that are committed by themselves */
export function createAnswers(prepare: Prepare, change: PrepareChange): AnswersOfAll {
  const oldest = prepare<{ keptAt: number }>(
    'SELECT kept_at AS "keptAt" FROM kept_answer ORDER BY kept_at LIMIT 1',
  );
  // One that a unit is about to forget is left to that.
  const forget = change(
    `DELETE FROM kept_answer WHERE (merchant_id, key) IN
       (SELECT merchant_id, key FROM kept_answer WHERE kept_at < ? ORDER BY kept_at
        LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
  );
  return {
    oldest: async () => (await oldest.get())?.keptAt,
    forget: (before) => forget.run(before),
  };
}
