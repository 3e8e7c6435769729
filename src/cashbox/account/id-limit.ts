/** Merchant ids may be up to 1024 bytes long (documented). */
import { idTooLong } from '../returns';

const MAX_ID_BYTES = 1024;

/** @throws Refusal that names the path when an id is longer, in UTF-8 */
export function requireIdLength(path: string, id: string | undefined): void {
  if (id !== undefined && Buffer.byteLength(id) > MAX_ID_BYTES) throw idTooLong(path, MAX_ID_BYTES);
}
