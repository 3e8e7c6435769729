/** Reads what a command gets in a file. */
import { readFileSync } from 'node:fs';

/**
 * The bytes of a file, or of standard input where it is `-`.
 * @throws Error of the operating system that names it
 */
export function readInput(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    // Node's own error of a failed reading need not name the file.
    throw Object.assign(error as Error, { path: file === '-' ? 'standard input' : file });
  }
}
