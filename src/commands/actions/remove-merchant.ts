/** The action of `latchkey merchant remove`. */
import type { Command } from 'commander';
import type { Database } from '../../store/database';
import { MerchantHasData } from '../../store/merchants';
import { printFields, printJson } from '../print';
import { existingDatabase, namingDatabase, withStore } from './with-store';

/** The options of `remove`. */
export interface RemoveOptions {
  readonly json?: boolean;
  readonly force?: boolean;
  readonly export?: string;
}

/** Removes a merchant; one with data only by force, after its data is in a file. */
export async function remove(
  command: Command,
  login: string,
  { force = false, export: file, json }: RemoveOptions,
): Promise<void> {
  if (force !== (file !== undefined)) {
    throw new Error('--force and --export go together: data that is removed is exported first');
  }
  const database = existingDatabase(command);
  // Opening it brings an older database to the present schema.
  await withStore(command, () => Promise.resolve());
  const rows = await namingDatabase(database.name, () => removeOrExplain(database, login, file));
  if (rows === undefined) throw new Error(`there is no merchant ${login}`);
  const shown = { removed: login, rows, exported: file };
  if (json) await printJson(shown);
  else await printFields(shown);
}

async function removeOrExplain(
  database: Database,
  login: string,
  file: string | undefined,
): Promise<number | undefined> {
  try {
    return await database.removeMerchant(login, file);
  } catch (error) {
    if (!(error instanceof MerchantHasData)) throw error;
    const counts = Object.entries(error.rows).map(([table, count]) => `${table} ${count}`);
    throw new Error(
      `${login} has data (${counts.join(', ')}); --force --export FILE writes it to a file and ` +
        'removes it for good, lines of the ledger too',
      { cause: error },
    );
  }
}
