/** Reads a password that a command gets on standard input. */
import type { Readable } from 'node:stream';
import { findUnfit, withoutMark } from '../../base/text';

/** More than any client sends. */
const MAX_CHARACTERS = 1024;

/**
 * The first line, without its line end; nothing else is cut off.
 * @throws Error when it is empty, too long, or no password that XML could carry
 */
export async function readPassword(input: Readable): Promise<string> {
  let text = '';
  input.setEncoding('utf8');
  for await (const piece of input) {
    text += piece as string;
    if (text.includes('\n') || text.length > MAX_CHARACTERS) break;
  }
  const [password = ''] = withoutMark(text).split(/\r?\n/);
  if (password === '') throw new Error('--password-stdin: standard input has no password');
  if (password.length > MAX_CHARACTERS) {
    throw new Error(`--password-stdin: more than ${MAX_CHARACTERS} characters`);
  }
  const problem = findUnfit(password);
  if (problem !== undefined) throw new Error(`--password-stdin: ${problem}`);
  if (/[\p{Cc}\uFFFD]/u.test(password)) {
    throw new Error('--password-stdin: a control character, or text that is not UTF-8');
  }
  return password;
}
