/** Secrets of a database in SQLite. The schema makes them: each database has its own. */
import type { Prepare } from './query';

/** @param prepare of the connection that is read on */
export function createFindSecret(prepare: Prepare): (name: string) => Buffer {
  const find = prepare<{ value: Buffer }>('SELECT value FROM secret WHERE name = ?');
  return (name) => {
    const found = find.get(name);
    if (!found) throw new Error(`the database has no secret called ${name}`);
    return found.value;
  };
}
