/**
 * Which texts say who somebody is: those that hold an e-mail address, or a value that is erased.
 * Decided: docs/decisions/erasure.md
 */

/** Something before and after an `@`, the end with a dot: an e-mail address in most ways of writing one. */
const ADDRESS = /[^\s@]@[^\s@.]+\.[^\s@]/;

/** Values of fewer letters and digits are in too much that has nothing to do with them. */
const LEAST_WITHIN = 6;

/** The same of a word of a name. */
const LEAST_WORD = 3;

/** The values that texts are held against. */
export interface Person {
  /** Names: each of their words says who it is. */
  readonly names: readonly string[];
  /** E-mail addresses, telephone numbers, companies: as a whole. */
  readonly values: readonly string[];
}

/**
 * Whether a text says who somebody is, be it written with other gaps and in another case: `Ada.Lovelace-7` holds `Ada
 * Lovelace`. The words of a name count as words: `ada-7` holds `Ada`, `canada` doesn't.
 */
export function isPersonal(text: string, { names, values }: Person): boolean {
  if (ADDRESS.test(text)) return true;
  const words = wordsOf(text);
  const joined = words.join('');
  const held = (value: string) => {
    const whole = wordsOf(value).join('');
    return whole.length >= LEAST_WITHIN && joined.includes(whole);
  };
  return (
    [...names, ...values].some(held) ||
    names.flatMap(wordsOf).some((word) => word.length >= LEAST_WORD && words.includes(word))
  );
}

/** Whether a text holds one of these to the letter, in whatever case. */
export function holds(text: string, sought: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return sought.some((one) => lower.includes(one.toLowerCase()));
}

function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').toLowerCase();
  return words.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** The name that takes the place of one that says who somebody is. @param id one of the server's own, random */
export function pseudonymOf(id: string): string {
  return `erased-${id}`;
}
