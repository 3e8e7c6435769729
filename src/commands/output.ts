/** Standard output: lines are collected, written in pieces, and a reader's end or a full disk noticed. */
import type { Writable } from 'node:stream';
import { reasonOf } from './reason';

/** How much is collected before it is written, in characters: `head` ends a listing this early. */
const PIECE = 16_384;

/** The reader has seen enough (`head`, say): a command that gets this ends, and nothing is wrong. */
export class OutputClosed extends Error {
  override name = 'OutputClosed';
}

/** Writes text to a stream; each writing is waited for before the next. */
export class Output {
  private kept = '';
  private isWatched = false;

  /** @param isTerminal whether a person reads it: listings then have a head and columns */
  constructor(
    private readonly stream: Writable,
    readonly isTerminal: boolean,
  ) {}

  /**
   * Writes a text and a line feed.
   * @throws OutputClosed when the reader is gone
   * @throws Error when it cannot be written
   */
  line(text: string): Promise<void> {
    return this.text(`${text}\n`);
  }

  /** Writes a text as it is; throws as `line` does. */
  async text(text: string): Promise<void> {
    this.kept += text;
    if (this.kept.length >= PIECE) await this.flush();
  }

  /** Writes what was collected; throws as `line` does. */
  async flush(): Promise<void> {
    const piece = this.kept;
    this.kept = '';
    if (piece !== '') await this.write(piece);
  }

  private write(piece: string): Promise<void> {
    // Every error is reported to the writing that it belongs to. Not from the beginning: where this module is loaded
    // many times in one process, as tests do, standard output would gather a listener of each.
    if (!this.isWatched) this.stream.on('error', () => undefined);
    this.isWatched = true;
    return new Promise((resolve, reject) => {
      this.stream.write(piece, (error) => {
        if (error) reject(toOutputError(error));
        else resolve();
      });
    });
  }
}

function toOutputError(error: NodeJS.ErrnoException): Error {
  const { code } = error;
  if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') {
    return new OutputClosed('the reader is gone', { cause: error });
  }
  const text = `standard output cannot be written: ${reasonOf(error)}; the output is incomplete`;
  return new Error(text, { cause: error });
}

/** Where commands print their results. */
export const stdout = new Output(process.stdout, process.stdout.isTTY);
