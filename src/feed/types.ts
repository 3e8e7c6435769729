/** Reads which types of events are wanted: the same over REST and on the command line. */
import { didYouMean } from '../base/nearest';
import { quote } from '../base/quote';
import { EVENT_TYPES, type EventType } from './schema';

const known = new Set<string>(EVENT_TYPES);

/**
 * Reads types that are separated by commas.
 * @param onProblem called with each that there isn't, as in `types …`
 */
export function readTypes(
  text: string,
  onProblem: (problem: string) => void,
): ReadonlySet<EventType> {
  const types = text.split(',').map((type) => type.trim());
  for (const type of types) {
    if (!known.has(type)) onProblem(`has no type ${quote(type)}${didYouMean(type, EVENT_TYPES)}`);
  }
  return new Set(types as EventType[]);
}
