/**
 * Answers that are made ahead of their readers: a client may send all of a request before it reads. What is made and not
 * taken yet is counted, of all such answers together.
 * Decided: docs/decisions/entitlement-batches.md
 */

/** The bytes that wait for the reader of one answer, and for those of all, before no more is made. */
export const MOST_AHEAD = 32 * 2 ** 20;
export const MOST_OF_ALL = 2 * MOST_AHEAD;

/** The answers of a server that are made ahead. */
export class Ahead {
  /** Bytes that wait for all readers. */
  private held = 0;

  constructor(
    private readonly most = MOST_AHEAD,
    private readonly mostOfAll = MOST_OF_ALL,
  ) {}

  /** The same pieces, made while earlier ones wait for the reader. Whoever takes them ends the making, too. */
  async *of(pieces: AsyncIterable<string>): AsyncGenerator<string> {
    const queue = new Queue();
    const isFull = () => queue.bytes > this.most || (queue.bytes > 0 && this.held > this.mostOfAll);
    const making = (async () => {
      for await (const piece of pieces) {
        this.held += queue.add(piece);
        while (isFull() && !queue.isEnded) await queue.changed();
        if (queue.isEnded) return;
      }
    })();
    let failure: unknown;
    const made = making.catch((error: unknown) => (failure = error)).finally(() => queue.end());
    try {
      while (!queue.isEnded || queue.bytes > 0) {
        const next = queue.take();
        if (next === undefined) {
          await queue.changed();
          continue;
        }
        this.held -= next.bytes;
        yield next.piece;
      }
    } finally {
      this.held -= queue.bytes;
      queue.end();
      await made;
    }
    if (failure !== undefined) throw failure as Error;
  }
}

interface Piece {
  readonly piece: string;
  readonly bytes: number;
}

/** Pieces that wait, and whoever waits for a change of that. */
class Queue {
  bytes = 0;
  isEnded = false;
  private readonly pieces: Piece[] = [];
  private waiting: Array<() => void> = [];

  /** @returns its bytes */
  add(piece: string): number {
    const bytes = Buffer.byteLength(piece);
    this.pieces.push({ piece, bytes });
    this.bytes += bytes;
    this.notify();
    return bytes;
  }

  take(): Piece | undefined {
    const next = this.pieces.shift();
    this.bytes -= next?.bytes ?? 0;
    if (next) this.notify();
    return next;
  }

  end(): void {
    this.isEnded = true;
    this.notify();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private notify(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
