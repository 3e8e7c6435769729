/** The text that is kept in place of one that no reply could give out. Decided: docs/decisions/text.md */
import { createHash } from 'node:crypto';
import { MAX_ID_BYTES } from '../../base/id-limit';
import { findUnfit, toFit } from '../../base/text';
import type { UnfitText } from './stored-text';

/** Hexadecimal digits that keep names apart. */
const DIGITS = 12;

/** U+FFFD for each unfit character; a name gets an end of its own, in a string of JSON too. */
export function mend({ column, text }: Pick<UnfitText, 'column' | 'text'>): string {
  if (column.json) return mendJson(text);
  return column.named ? mendName(text) : toFit(text);
}

/**
 * Different names must stay different, and a name must stay the same wherever it stands, so that the end
 * depends on nothing but the text of before.
 */
export function mendName(text: string): string {
  const end = `~${createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, DIGITS)}`;
  let start = '';
  let bytes = end.length;
  for (const character of toFit(text)) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_ID_BYTES) break;
    start += character;
  }
  return start + end;
}

function mendJson(text: string): string {
  try {
    const value: unknown = JSON.parse(text, (name: string, part: unknown) => {
      if (typeof part !== 'string' || findUnfit(part) === undefined) return part;
      return /id$/i.test(name) ? mendName(part) : toFit(part);
    });
    return JSON.stringify(value);
  } catch {
    return toFit(text);
  }
}
