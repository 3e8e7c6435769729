/**
 * Texts of a request in messages: Faults, return strings, REST errors and the log show no more of one
 * than a person needs to find it, so that a small request cannot make a large answer or a large log.
 * Decided: docs/decisions/quoted-text.md
 */

/** The most characters of a request's text that a message shows. */
export const MAX_QUOTED = 256;

/** A text of the request as a message shows it: whole, or its start and `…`. No pair is split. */
export function cut(text: string): string {
  if (text.length <= MAX_QUOTED) return text;
  // A character is at most two units long; the rest of a long text need not be taken apart.
  const characters = Array.from(text.slice(0, 2 * MAX_QUOTED + 2));
  return characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED).join('')}…` : text;
}

/** The same in quotation marks. */
export function quote(text: string): string {
  return `"${cut(text)}"`;
}
