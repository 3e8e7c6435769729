/** Reads a file that somebody named, whole: a file of any size, or a device without end, must not fill the memory. */
import { closeSync, openSync, readSync } from 'node:fs';
import { GrowingBody } from './growing-body';

/** More than any certificate, key or secret has. */
export const SMALL_FILE = 2 ** 20;

const PIECE = 2 ** 16;

/**
 * The bytes of a file, a pipe too.
 * @param file its path, or the descriptor of one that is open
 * @param most the bytes that it may have
 * @throws Error of the operating system, or one that says that it has more
 */
export function readBounded(file: string | number, most: number): Buffer {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r');
  try {
    const body = new GrowingBody(most);
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const bytes = readSync(descriptor, piece);
      if (bytes === 0) return body.bytes();
      if (!body.add(piece.subarray(0, bytes))) {
        throw new Error(`it has more than ${most / 2 ** 20} MiB`);
      }
    }
  } finally {
    if (typeof file !== 'number') closeSync(descriptor);
  }
}
