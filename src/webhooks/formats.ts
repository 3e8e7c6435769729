/** The formats that endpoints may have, by their names. */
import type { Endpoint } from '../store/webhooks';
import type { Format } from './format';

/**
 * Finds the format of an endpoint.
 * @throws Error where there is none of its name
 */
export type FormatOf = (endpoint: Pick<Endpoint, 'format'>) => Format;

/** @param formats all there are; no two have one name */
export function formatsOf(formats: readonly Format[]): FormatOf {
  return ({ format: name }) => {
    const found = formats.find((format) => format.name === name);
    if (!found) throw new Error(`there is no format ${name}`);
    return found;
  };
}
