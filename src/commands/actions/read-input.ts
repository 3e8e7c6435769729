/** Reads what a command gets in a file. */
import { readBounded } from '../../base/bounded-file';

/** The bytes that an input may have: more than a server takes as a body. */
export const MOST_INPUT = 2 ** 25;

/**
 * The bytes of a file, or of standard input where it is `-`.
 * @throws Error that names it
 */
export function readInput(file: string): Buffer {
  const name = file === '-' ? 'standard input' : file;
  try {
    return readBounded(file === '-' ? 0 : file, MOST_INPUT);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw new Error(`${name}: ${message}`, { cause: error });
    // Node's own error of a failed reading need not name the file.
    throw Object.assign(error as Error, { path: name });
  }
}
