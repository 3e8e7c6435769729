/** The steps of a schema: a folder of files, numbered from 001. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the steps of a folder, in their order.
 * @throws Error when a file is not the next step
 */
export function readSteps(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((file, index) => {
      const expected = `${String(index + 1).padStart(3, '0')}.sql`;
      if (file !== expected) throw new Error(`${join(folder, file)} is not ${expected}`);
      return readFileSync(join(folder, file), 'utf8');
    });
}
