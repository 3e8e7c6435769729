/** The table of formats: every one that an endpoint may have. */
import type { Endpoint } from '../store/webhooks';
import type { Format } from './format';
import { STANDARD } from './standard';

/** All there are. */
export const FORMATS: readonly Format[] = [STANDARD];

/**
 * The format of an endpoint.
 * @throws Error where this version knows none of its name
 */
export function formatOf({ format: name }: Pick<Endpoint, 'format'>): Format {
  const found = FORMATS.find((format) => format.name === name);
  if (!found) throw new Error(`there is no format ${name}`);
  return found;
}
