/** Card numbers that stand where no element for them is: in a note, a name, an error. */
import { HIDDEN } from './redact';

/** Digits as a card has them, in groups or not, which are no part of a longer word. */
const LIKE_ONE = /(?<![\w.-])[3-6](?:[ -]?\d){12,18}(?![\w-])/g;

/** The text with `***` in place of each number of 13 to 19 digits whose check digit is right and that begins as cards do. */
export function maskCardNumbers(text: string): string {
  return text.replace(LIKE_ONE, (found) => (isCheckedByLuhn(found) ? HIDDEN : found));
}

/** By Luhn's formula (ISO/IEC 7812-1, annex B). */
function isCheckedByLuhn(text: string): boolean {
  let sum = 0;
  const digits = text.replace(/\D/g, '');
  for (let at = digits.length - 1, isDoubled = false; at >= 0; at -= 1, isDoubled = !isDoubled) {
    const digit = Number(digits[at]);
    sum += isDoubled ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return sum % 10 === 0;
}
