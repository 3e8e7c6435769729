/** The answers of every merchant in SQLite: the oldest, and its end. */
import type { Database } from 'better-sqlite3';
import type { AnswersOfAll } from '../answers';
import { guarded } from './guarded';
import type { Prepare } from './query';
import { Statement } from './statement';
import type { UnitQueue } from './unit-queue';

/** Answers that are forgotten in one go. */
export const FORGOTTEN_AT_ONCE = 200;

/** @param prepare of the connection that is read on */
export function createAnswers(writer: Database, prepare: Prepare, units: UnitQueue): AnswersOfAll {
  const oldest = prepare<{ keptAt: number }>(
    'SELECT kept_at AS keptAt FROM kept_answer WHERE kept_at > 0 ORDER BY kept_at LIMIT 1',
  );
  const forget = prepareForget(writer, FORGOTTEN_AT_ONCE);
  return {
    oldest: () => oldest.get()?.keptAt,
    forget: (before) => units.run(() => Promise.resolve(guarded(() => forget.run(before).changes))),
  };
}

/** The statement that forgets the oldest answers of those that were kept before a moment. @param most how many */
export function prepareForget(database: Database, most: number): Statement {
  return new Statement(
    database,
    `DELETE FROM kept_answer WHERE (merchant_id, key) IN
       (SELECT merchant_id, key FROM kept_answer WHERE kept_at < ? ORDER BY kept_at LIMIT ${most})`,
  );
}
