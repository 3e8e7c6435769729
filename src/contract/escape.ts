/** XML escaping, for everything that this server writes. */

/** Also halves of surrogate pairs: pairs that belong together are distinguished from single halves afterwards. */
const TEXT_SPECIAL = /[&<>]|[^\t\n\x20-\ud7ff\ue000-\ufffd]/;
const TEXT_SPECIALS = /[&<>\r]|[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ATTRIBUTE_SPECIALS = /[&<>"\t\n\r]|[^\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/**
 * Escapes element text. A CR goes out as a reference: a reader would turn it into LF otherwise. For a
 * character that XML 1.0 lacks U+FFFD is written: a reply must be XML, whatever is stored.
 */
export function escapeText(text: string): string {
  return TEXT_SPECIAL.test(text) ? text.replace(TEXT_SPECIALS, reference) : text;
}

/** Escapes an attribute's value, white space included (a reader would fold it otherwise). */
export function escapeAttribute(text: string): string {
  return text.replace(ATTRIBUTE_SPECIALS, reference);
}

function reference(character: string): string {
  return REFERENCES[character] ?? '\ufffd';
}
