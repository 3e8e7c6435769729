/** The steps of a schema: a folder of files that are numbered without a gap. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the steps of a folder, in their order.
 * @param first the number of the first
 * @throws Error when a file is not the next step
 */
export function readSteps(folder: string, first = 1): string[] {
  return readdirSync(folder)
    .sort()
    .map((file, index) => {
      const expected = `${String(first + index).padStart(3, '0')}.sql`;
      if (file !== expected) throw new Error(`${join(folder, file)} is not ${expected}`);
      return readFileSync(join(folder, file), 'utf8');
    });
}
