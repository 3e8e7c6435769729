/** Refuses ids that are too long. */
import { isIdTooLong, MAX_ID_BYTES } from '../base/id-limit';
import { idTooLong } from './refusals';

/** @throws Refusal that names the path when an id is longer, in UTF-8 */
export function requireIdLength(path: string, id: string | undefined): void {
  if (id !== undefined && isIdTooLong(id)) throw idTooLong(path, MAX_ID_BYTES);
}
