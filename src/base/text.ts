/**
 * Which texts are taken and kept: well-formed Unicode, of characters that XML 1.0 has. Anything else
 * could not be given out again by a reply (decided: docs/decisions/text.md).
 * Decided: docs/decisions/text.md
 */

const UNFIT = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const EACH_UNFIT = new RegExp(UNFIT, 'gu');

/**
 * The reason why a text cannot be kept: `character 3 is U+000B, which XML 1.0 lacks`; undefined where
 * it is fit. Characters count from 1, and one beyond the basic plane counts as one.
 */
export function findUnfit(text: string): string | undefined {
  const found = UNFIT.exec(text);
  if (!found) return undefined;
  const code = found[0].codePointAt(0) ?? 0;
  const place = Array.from(text.slice(0, found.index)).length + 1;
  const name = `character ${place} is U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return code >= 0xd800 && code <= 0xdfff
    ? `${name}, half of a surrogate pair`
    : `${name}, which XML 1.0 lacks`;
}

/** A text without the mark that programs of Windows put before it: it is none of its characters. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The text with U+FFFD for each character that cannot be kept. */
export function toFit(text: string): string {
  return text.replace(EACH_UNFIT, '\ufffd');
}
