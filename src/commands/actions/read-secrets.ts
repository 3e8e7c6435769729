/** Reads secrets that a command gets on standard input, one a line. */
import type { Readable } from 'node:stream';
import { withoutMark } from '../../base/text';

/** More than any secret has. */
const MOST_CHARACTERS = 1024;

/**
 * The first lines, without their ends; nothing else is cut off.
 * @param names what they are, for messages
 * @throws Error that names one that is missing, too long or no text
 */
export async function readSecrets(input: Readable, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  let text = '';
  input.setEncoding('utf8');
  for await (const piece of input) {
    text += piece as string;
    if (text.split('\n').length > names.length) break;
    if (text.length > names.length * MOST_CHARACTERS) break;
  }
  const lines = withoutMark(text).split(/\r?\n/);
  return names.map((name, index) => {
    const line = lines[index] ?? '';
    if (line === '') throw new Error(`standard input has no line with the ${name}`);
    if (line.length > MOST_CHARACTERS) {
      throw new Error(`the ${name} has more than ${MOST_CHARACTERS} characters`);
    }
    if (/[\p{Cc}\uFFFD]/u.test(line)) {
      throw new Error(`the ${name} has a control character, or is not UTF-8`);
    }
    return line;
  });
}
