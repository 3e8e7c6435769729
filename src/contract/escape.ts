/** XML escaping, for everything that this server writes. */

const TEXT_SPECIAL = /[&<>\r]/;
const TEXT_SPECIALS = /[&<>\r]/g;
const ATTRIBUTE_SPECIALS = /[&<>"\r\n\t]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Escapes element text. A CR goes out as a reference: a reader would turn it into LF otherwise. */
export function escapeText(text: string): string {
  return TEXT_SPECIAL.test(text) ? text.replace(TEXT_SPECIALS, reference) : text;
}

/** Escapes an attribute's value, white space included (a reader would fold it otherwise). */
export function escapeAttribute(text: string): string {
  return text.replace(ATTRIBUTE_SPECIALS, reference);
}

function reference(character: string): string {
  return REFERENCES[character] ?? character;
}
