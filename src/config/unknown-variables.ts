/** Variables of the environment that look like settings and are none: a slip in a name must not pass unseen. */
import { nearest } from '../base/nearest';
import { cut } from '../base/quote';
import { isLikeSetting, PREFIX } from './prefix';
import { SETTINGS } from './settings';

/** No settings: the first two are read by `latchkey call` and `latchkey webhook listen`, the others by helpers/. */
export const OTHERS = ['LATCHKEY_PASSWORD', 'LATCHKEY_API_KEY', 'LATCHKEY_URL', 'LATCHKEY_COMMAND'];

/** @returns a line for each variable that begins like a setting and is not read; never its value */
export function describeUnknownVariables(
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const known = [...Object.values(SETTINGS).map(({ variable }) => variable), ...OTHERS];
  return Object.keys(environment)
    .filter((name) => isLikeSetting(name) && !known.includes(name))
    .map((name) => `${cut(name)} is no setting, and not read${meant(name, known)}`);
}

/** The one that is nearest; what all names begin with would make each of them near. */
function meant(name: string, known: readonly string[]): string {
  const ends = known.map((other) => other.slice(PREFIX.length));
  const [best] = nearest(name.slice(PREFIX.length), ends);
  return best === undefined ? '' : `; did you mean ${PREFIX}${best}?`;
}
