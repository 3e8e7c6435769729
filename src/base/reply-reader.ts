/** The client that reads a reply: a large one is written no faster than it is taken. */
import type { ServerResponse } from 'node:http';
import type { Time } from './time';
import { waitForReader } from './wait-for-reader';

/** The connection was closed before all of a reply was written. */
export class ReaderGone extends Error {
  constructor() {
    super('The client went away, or took nothing for too long.');
  }
}

/** Bounds on a client that reads. */
export interface ReaderOptions {
  readonly time: Pick<Time, 'after'>;
  /** How long it may stand still, in milliseconds: then its connection is closed. */
  readonly limit: number;
  /** Whether it still sends: then it does not stand still. Default: it does not. */
  readonly isSending?: () => boolean;
}

/** Takes the next piece of a reply. @throws ReaderGone */
export type WritePiece = (text: string) => Promise<void>;

/** A reply that is made while it is written. @throws ReaderGone, or what keeps it from being made */
export type WriteReply = (write: WritePiece) => Promise<void>;

/** A reply that was written. */
export interface WrittenReply {
  readonly bytes: number;
  /** Whether the client went away before its end. */
  readonly isGone: boolean;
  /** What kept it from being finished; that the client went away is none. */
  readonly failure: unknown;
}

/**
 * Writes a reply as it is made, and ends it; its head is written. One that cannot be finished is cut off, so that no
 * client takes a part of it for the whole.
 */
export async function writeReply(
  response: ServerResponse,
  make: WriteReply,
  { time, limit, isSending }: ReaderOptions,
): Promise<WrittenReply> {
  let bytes = 0;
  try {
    await make(async (text) => {
      const piece = Buffer.from(text);
      bytes += piece.length;
      if (response.destroyed) throw new ReaderGone();
      if (response.write(piece)) return;
      if (!(await waitForReader(response, time, limit, isSending))) throw new ReaderGone();
    });
    response.end();
    return { bytes, isGone: false, failure: undefined };
  } catch (error) {
    endEarly(response, { time, limit });
    const isGone = error instanceof ReaderGone;
    return { bytes, isGone, failure: isGone ? undefined : error };
  }
}

/**
 * Ends a reply in the only way that its client sees once it has begun: it lacks its end. What was written before goes
 * out, unless its reader takes none of it.
 */
export function endEarly(response: ServerResponse, { time, limit }: ReaderOptions): void {
  if (response.destroyed) return;
  const cancel = time.after(limit, () => response.destroy());
  response.once('close', cancel);
  response.socket?.destroySoon();
}
