/** Writes a large body as fast as it is read, and no faster. */
import type { ServerResponse } from 'node:http';
import type { Time } from '../base/time';
import { waitForReader } from '../base/wait-for-reader';

/** What is written at once, in bytes. */
const PIECE = 2 ** 16;

export interface BodyOptions {
  readonly time: Pick<Time, 'after'>;
  /** How long a reader may stand still, in milliseconds: then its connection is closed. */
  readonly limit: number;
  /** Gets the bytes that wait no more for their reader. */
  readonly onRead: (bytes: number) => void;
}

/** Fulfils when all is handed to the system, or the connection is closed. */
export async function writeBody(
  response: ServerResponse,
  body: Buffer,
  { time, limit, onRead }: BodyOptions,
): Promise<void> {
  let left = body.length;
  try {
    for (let at = 0; at < body.length; at += PIECE) {
      const piece = body.subarray(at, at + PIECE);
      if (!response.write(piece) && !(await waitForReader(response, time, limit))) return;
      left -= piece.length;
      onRead(piece.length);
    }
    response.end();
  } finally {
    if (left > 0) onRead(left);
  }
}
