/** Compares the journal with what a test expects, and says in a sentence how they differ. */
import type { JournalEntry } from './journal';
import { describeExpectation, type Expectation, matches } from './match';
import { describeDifference, listNearMisses } from './near-misses';

/** How often a request is expected. */
export interface Often {
  readonly count?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly never?: boolean | undefined;
}

/** Whether the journal is as expected, and the sentence about it. */
export function verify(
  entries: readonly JournalEntry[],
  expectation: Expectation,
  { count, atLeast, never }: Often,
) {
  const found = entries.filter((entry) => matches(expectation, entry)).length;
  const least = atLeast ?? 1;
  const isAsExpected = never ? found === 0 : count === undefined ? found >= least : found === count;
  const wanted = never ? 'none' : count === undefined ? `at least ${least}` : `exactly ${count}`;
  const what = describeExpectation(expectation);
  const closest = isAsExpected || found > 0 ? [] : listNearMisses(entries, expectation).slice(0, 1);
  const near = closest.map(({ entry, differences }) => {
    const places = differences.map(describeDifference).join('; ');
    return ` The closest, ${entry.operation} (${entry.id}), differs: ${places}.`;
  });
  const message = isAsExpected
    ? `${found} of ${entries.length} requests are ${what}, as expected: ${wanted}.`
    : `Expected ${wanted}, but ${found} of ${entries.length} requests are ${what}.${near.join('')}`;
  return { verified: isAsExpected, count: found, message };
}
