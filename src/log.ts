/** The log: JSON lines on standard output, or another descriptor. */
import { fstatSync } from 'node:fs';
import { isatty } from 'node:tty';
import { type Logger, pino } from 'pino';

const STDOUT = 1;

/** Bytes that are kept while the log takes nothing; more is lost. */
const MAX_KEPT = 2 ** 20;

/**
 * Makes the logger. Lines that come together go out together: one by one they would cost a call that
 * changes nothing as much as its look-ups. A log that cannot be written stops no call, nor does one
 * without a reader at present.
 * @param level pino's name of the least level that is written
 * @param descriptor where they are written
 */
export function createLogger(level: string, descriptor = STDOUT): Logger {
  let lines: string[] = [];
  const writeOut = () => {
    if (lines.length > 0) output.write(lines.join(''));
    lines = [];
  };
  // Before pino's own, which flushes what was written.
  process.once('exit', writeOut);
  const output = pino.destination({
    dest: descriptor,
    sync: !mayStall(descriptor),
    maxLength: MAX_KEPT,
  });
  output.on('error', () => {
    // A full disk, say: the kept lines are tried again with the next ones.
  });
  return pino(
    { level },
    {
      write: (line) => {
        if (lines.length === 0) process.nextTick(writeOut);
        lines.push(line);
      },
    },
  );
}

/**
 * The reader of a pipe or a terminal may stop for a while: then only another thread may wait. A file
 * takes what is written at once, while waking that thread would hold up a client that is alone with
 * the server.
 */
function mayStall(descriptor: number): boolean {
  const kind = fstatSync(descriptor);
  return kind.isFIFO() || kind.isSocket() || isatty(descriptor);
}
