/** The log: JSON lines on standard output, or another descriptor. */
import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { toIso } from './base/iso';
import type { Time } from './base/time';

const STDOUT = 1;
const STDERR = 2;

/** Bytes that are kept while the log takes nothing; more is lost. */
const MAX_KEPT = 2 ** 20;

/** A log, and the end of it. */
export interface Log {
  readonly logger: Logger;
  /**
   * Fulfils when all lines are with the system, or after that many milliseconds: a reader that
   * stands still holds nobody up.
   */
  readonly flush: (limit: number, time: Pick<Time, 'after'>) => Promise<void>;
}

/** Where lines go. */
interface Output {
  readonly write: (text: string) => void;
  readonly flush: (done: () => void) => void;
}

/**
 * Makes the logger. Lines that come together go out together: one by one they would cost a call that
 * changes nothing as much as its look-ups. A log that cannot be written stops no call, nor does one
 * without a reader at present.
 * @param level pino's name of the least level that is written
 * @param time dates the lines
 * @param descriptor where they are written
 */
export function createLog(level: string, time: Pick<Time, 'now'>, descriptor = STDOUT): Log {
  const output = outputTo(descriptor);
  let lines: string[] = [];
  const writeOut = () => {
    if (lines.length > 0) output.write(lines.join(''));
    lines = [];
  };
  // Before pino's own, which flushes what was written.
  process.once('exit', writeOut);
  const write = (line: string) => {
    if (lines.length === 0) process.nextTick(writeOut);
    lines.push(line);
  };
  return {
    logger: pino(logOptions(level, time), { write }),
    flush: (limit, time) =>
      new Promise((resolve) => {
        writeOut();
        const giveUp = time.after(limit, resolve);
        output.flush(() => {
          giveUp();
          resolve();
        });
      }),
  };
}

/** Each line says its moment in ISO 8601, in UTC. @param time the source of that moment */
export function logOptions(level: string, { now }: Pick<Time, 'now'>): LoggerOptions {
  let moment = NaN;
  let text = '';
  // Lines of one millisecond share the text: writing it takes as long as the rest of a short line.
  const timestamp = () => {
    const present = now();
    if (present !== moment) {
      moment = present;
      text = `,"time":"${toIso(present)}"`;
    }
    return text;
  };
  return { level, timestamp };
}

/**
 * The reader of a pipe or a terminal may stop for a while. A file takes what is written at once, while
 * waking another thread would hold up a client that is alone with the server.
 */
function outputTo(descriptor: number): Output {
  const kind = fstatSync(descriptor);
  if (kind.isFIFO() || kind.isSocket()) return pipeTo(descriptor);
  const output = pino.destination({
    dest: descriptor,
    sync: !isatty(descriptor),
    maxLength: MAX_KEPT,
  });
  output.on('error', () => {
    // A full disk, say: the kept lines are tried again with the next ones.
  });
  return { write: (text) => output.write(text), flush: (done) => output.flush(done) };
}

/**
 * Writes to a pipe as much as it takes and keeps the rest. A thread that wrote to it would wait for its
 * reader, and the end of the process for that thread.
 */
function pipeTo(descriptor: number): Output {
  const pipe = streamOf(descriptor);
  pipe.on('error', () => {
    // Nobody reads any more.
  });
  return {
    write: (text) => {
      if (pipe.writableLength < MAX_KEPT) pipe.write(text);
    },
    flush: (done) => {
      if (pipe.writable) pipe.write('', done);
      else done();
    },
  };
}

/** Two streams for one descriptor would be in each other's way: Node.js has those of the standard ones. */
function streamOf(descriptor: number): Writable {
  if (descriptor === STDOUT) return process.stdout;
  if (descriptor === STDERR) return process.stderr;
  return new Socket({ fd: descriptor, readable: false, writable: true });
}
