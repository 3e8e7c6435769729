/**
 * Parses JSON that a client sent. A megabyte of brackets would become objects of fifty, and take the collector of garbage a
 * second: so the number and the depth of its values are bounded.
 * Decided: docs/decisions/large-requests.md
 */
import { ApiError, badRequest } from './api-error';

/** How deep lists and objects may lie in one another. */
export const MOST_DEPTH = 100;

/** A body may have one value for each of these bytes of the largest body that is taken. */
const BYTES_OF_VALUE = 32;

/** How many values may be in a body. @param maxBody the most bytes of a body */
export function mostValues(maxBody: number): number {
  return Math.floor(maxBody / BYTES_OF_VALUE);
}

/**
 * @param most how many values may be in it; a list or an object that is in another counts twice
 * @param what it is, at the beginning of a sentence
 * @throws ApiError 400 or 413
 */
export function parseJson(text: string, most: number, what: string): unknown {
  requireBounded(text, most, what);
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`${what} is not JSON.`);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

function requireBounded(text: string, most: number, what: string): void {
  let values = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values += 1;
    else if (isOpening(code)) {
      values += 1;
      depth += 1;
      if (depth > MOST_DEPTH) {
        const how = `more than ${MOST_DEPTH} lists and objects in one another`;
        throw new ApiError(413, `${what} has ${how}.`);
      }
    } else if (isClosing(code)) depth -= 1;
    if (values > most) throw new ApiError(413, `${what} has more than ${most} values.`);
  }
}

/** `[` and `{`, and `]` and `}`: they differ by one bit. */
const isOpening = (code: number) => (code | 0x20) === 0x7b;
const isClosing = (code: number) => (code | 0x20) === 0x7d;

/** Where the string ends that begins at a quotation mark; the text's end where it doesn't. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}
