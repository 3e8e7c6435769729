/** Requests that are nearly as a test expects, and how they differ. */
import type { JournalEntry } from './journal';
import { type Difference, type Expectation, listDifferences } from './match';

/** A request that is not quite as expected. */
export interface NearMiss {
  readonly entry: JournalEntry;
  readonly differences: readonly Difference[];
}

/** The most near misses of an answer. */
const MOST_NEAR = 3;

/** The requests that differ in the fewest places, the closest first and of equal ones the latest. */
export function listNearMisses(
  entries: readonly JournalEntry[],
  expectation: Expectation,
): NearMiss[] {
  return entries
    .map((entry) => ({ entry, differences: listDifferences(expectation, entry) }))
    .filter(({ differences }) => differences.length > 0)
    .sort(
      (one, other) =>
        one.differences.length - other.differences.length || other.entry.number - one.entry.number,
    )
    .slice(0, MOST_NEAR);
}

/** A difference in words. */
export function describeDifference({ path, expected, actual }: Difference): string {
  const is = actual === undefined ? 'is absent' : `is "${actual}"`;
  return `${path} ${is} instead of "${expected}"`;
}
