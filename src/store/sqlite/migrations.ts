/**
 * The schema, step by step. Each step is a file of migrations/, numbered from 001. The text of a step
 * that has been released never changes; a change of the schema is another step.
 */
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { PACKAGE_ROOT } from '../../base/package';
import { readSteps } from '../migration-steps';
import { SchemaError } from '../schema-error';

/** The build leaves files that aren't TypeScript where they are, so the package ships this folder. */
const FOLDER = join(PACKAGE_ROOT, 'src', 'store', 'sqlite', 'migrations');

/** Each step's SQL; a database's `user_version` is the number of its last step. */
export const MIGRATIONS: readonly string[] = readSteps(FOLDER);

/**
 * Brings a database to the newest schema, each step in a transaction of its own.
 * @throws SchemaError when it was written by a newer version of this program
 */
export function migrate(database: Database): void {
  const seen = database.pragma('user_version', { simple: true }) as number;
  if (seen > MIGRATIONS.length) {
    throw new SchemaError(
      `the database has schema ${seen}, this program knows ${MIGRATIONS.length}: use a newer one`,
    );
  }
  MIGRATIONS.forEach((step, index) => {
    if (index >= seen) database.transaction(() => take(database, step, index + 1)).immediate();
  });
}

/** Takes a step, unless another process that opened the file at the same time has taken it. */
function take(database: Database, step: string, version: number): void {
  if ((database.pragma('user_version', { simple: true }) as number) >= version) return;
  database.exec(step);
  database.pragma(`user_version = ${version}`);
}
