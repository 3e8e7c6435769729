/** What a test that failed shows of the journal, in lines: the requests that nearly are as it asked, and the last ones. */
import { cut } from '../base/quote';
import type { Journal, JournalEntry } from './journal';
import { describeExpectation } from './match';
import { describeDifference, listNearMisses } from './near-misses';

/** The most requests that a report lists. */
const MOST_LISTED = 10;

/** The most objections of a strict reading to one request. */
const MOST_PROBLEMS = 3;

/** The characters of an id: enough to find it by. */
const ID_LENGTH = 8;

/** A line for each near miss of the last expectation, and one for each of the last requests. */
export function reportOf({ entries, asked }: Journal): string {
  if (entries.length === 0) return 'No request came.';
  const near = asked === undefined ? [] : listNearMisses(entries, asked);
  const lines = near.map(({ entry, differences }) => {
    const places = differences.map(describeDifference).join('; ');
    return `Nearly ${describeExpectation(asked ?? {})}: ${nameOf(entry)}: ${places}`;
  });
  // What every request lacks is said once.
  const said = new Set<string>();
  for (const entry of entries.slice(-MOST_LISTED)) {
    const news = entry.problems.filter((problem) => !said.has(problem)).slice(0, MOST_PROBLEMS);
    news.forEach((problem) => said.add(problem));
    lines.push(lineOf(entry), ...news.map((problem) => `  not strictly: ${problem}`));
  }
  return lines.join('\n');
}

function lineOf(entry: JournalEntry): string {
  const { returnCode, returnString, fields, fault } = entry;
  const ordered = fault === undefined ? undefined : '(a fault that was ordered)';
  const outcome = [returnCode ?? 'no reply', returnString, ordered]
    .filter((part) => part !== undefined)
    .join(' ');
  return `Came: ${nameOf(entry)}: ${outcome} ${cut(JSON.stringify(fields))}`;
}

function nameOf({ operation, id }: JournalEntry): string {
  return `${operation} (${id.slice(0, ID_LENGTH)})`;
}
