/** The text of plain XML: which characters it may hold, and what XML's own references stand for. */

/** Characters that XML doesn't allow, and those outside the basic plane, whose halves belong together. */
export const UNUSUAL = /[^\t\n\x20-\ud7ff\ue000-\ufffd]/;

const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-fA-F]{1,6}));|&/g;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The text with what its references stand for; undefined where one of them is not XML's own. */
export function expandReferences(text: string): string | undefined {
  const expanded = text.replace(
    REFERENCE,
    (_reference, entity?: string, decimal?: string, hexadecimal?: string) => {
      if (entity !== undefined) return ENTITIES[entity] ?? NO_CHARACTER;
      return characterOf(decimal === undefined ? parseInt(hexadecimal ?? '', 16) : Number(decimal));
    },
  );
  return expanded.includes(NO_CHARACTER) ? undefined : expanded;
}

/** In no text that got here. */
const NO_CHARACTER = '\0';

/** The character of that number, where XML has it and it is in the basic plane. */
function characterOf(code: number): string {
  if (!(code < 0xfffe)) return NO_CHARACTER;
  const character = String.fromCharCode(code);
  return character === '\r' || !UNUSUAL.test(character) ? character : NO_CHARACTER;
}
