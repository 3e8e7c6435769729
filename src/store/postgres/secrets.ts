/** Secrets of a database. The schema makes them: each database has its own. */
import type { Prepare } from './query';

/** Builds the look-up of secrets. */
export function createFindSecret(prepare: Prepare): (name: string) => Promise<Buffer> {
  const find = prepare<{ value: Buffer }>('SELECT value FROM secret WHERE name = ?');
  return async (name) => {
    const found = await find.get(name);
    if (!found) throw new Error(`the database has no secret called ${name}`);
    return found.value;
  };
}
