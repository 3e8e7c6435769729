/**
 * JSON as receivers write it again to check a signature: no blanks, pure ASCII, `/` as it is. The same bytes as Python's
 * `json.dumps(value, separators=(',', ':'))`.
 */

/** All that JSON.stringify leaves as it is, and other writers escape; in lower-case hexadecimal digits (observed). */
const NOT_PLAIN = /[\u007f-\uffff]/g;

/** Writes a value whose texts are well-formed. A character beyond the basic plane becomes a pair of escapes. */
export function writeCompact(value: object): string {
  return JSON.stringify(value).replace(
    NOT_PLAIN,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
