/** The limit of ids that merchants give. */

/** Merchant ids may be up to 1024 bytes long, in UTF-8 (documented). */
export const MAX_ID_BYTES = 1024;

/** Whether an id is longer. */
export function isIdTooLong(id: string): boolean {
  return Buffer.byteLength(id) > MAX_ID_BYTES;
}
