/** The log: JSON lines on standard output. */
import { type Logger, pino } from 'pino';

/** What is kept while standard output takes nothing, in bytes; what is beyond it is lost. */
const MAX_KEPT = 2 ** 20;

/**
 * Makes the logger. Lines that come together go out together: one by one they would cost a call that
 * changes nothing as much as its look-ups, and written by another thread they would hold up a client
 * that is alone with the server. A log that cannot be written stops no call.
 * @param level pino's name of the least level that is written
 */
export function createLogger(level: string): Logger {
  const output = pino.destination({ sync: true, maxLength: MAX_KEPT });
  output.on('error', () => {
    // A full disk, say: what was kept is tried again with the next lines.
  });
  let lines: string[] = [];
  const writeOut = () => {
    if (lines.length > 0) output.write(lines.join(''));
    lines = [];
  };
  process.once('exit', writeOut);
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
