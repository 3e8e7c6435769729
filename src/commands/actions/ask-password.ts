/** Asks for a password on a terminal, and shows nothing of it. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks twice, so that a slip is seen.
 * @param input a terminal
 * @param output where the questions are shown
 * @returns undefined where nothing is typed: one is to be made
 * @throws Error when the two differ, or the input ends
 */
export async function askPassword(
  input: NodeJS.ReadStream,
  output: NodeJS.WritableStream,
): Promise<string | undefined> {
  const first = await ask(input, output, 'Password (empty: one is made): ');
  if (first === '') return undefined;
  if ((await ask(input, output, 'Once more: ')) !== first) {
    throw new Error('the two passwords differ; nothing was changed');
  }
  return first;
}

function ask(
  input: NodeJS.ReadStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<string> {
  // What is typed would be echoed here.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  output.write(question);
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      lines.removeAllListeners('close');
      output.write('\n');
      lines.close();
      settle();
    };
    const fail = (why: string) => () => reject(new Error(`${why}; nothing was changed`));
    lines.once('line', (line) => end(() => resolve(line)));
    lines.once('SIGINT', () => end(fail('interrupted')));
    lines.once('close', () => end(fail('the input ended')));
  });
}
