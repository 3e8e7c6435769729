/**
 * A copy of a database, on which a proxy plays calls: the database itself is only read, and the copy sends nothing.
 * Decided: docs/decisions/proxy.md
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword, newPassword, THROW_AWAY } from '../../access/password';
import { SYSTEM_TIME } from '../../base/time';
import type { ConnectionSettings } from '../../store/database';
import { findDatabase } from '../../store/open';
import type { Store } from '../../store/store';
import { ENDPOINT_KINDS } from '../../store/webhooks';
import { copyDatabase } from './backup';
import { namingDatabase } from './with-store';

/** A copy. */
export interface CopiedState {
  /** Its file. */
  readonly database: string;
  /** By login: a password that each merchant has in the copy. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly remove: () => void;
}

/**
 * Copies a database as it is at one moment, whatever is written meanwhile.
 * @param settings of connections
 * @throws Error that names the option when there is none, or it cannot be copied
 */
export async function copyState(
  option: string,
  file: string,
  settings: ConnectionSettings,
): Promise<CopiedState> {
  const source = findDatabase(file, settings);
  if (!source.kept || !source.exists()) {
    throw new Error(`${option}: there is no database at ${file}`);
  }
  // Of its owner alone: it has customers' data.
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-state-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const database = join(folder, 'copy.db');
  try {
    const passwords = await namingDatabase(source.name, async () => {
      await copyDatabase(source, database, option);
      const copy = findDatabase(database, settings);
      const store = await copy.open(SYSTEM_TIME, undefined, 'force');
      try {
        return await takeOver(store);
      } finally {
        await store.close();
      }
    });
    return { database, passwords, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Takes away where messages would go, and gives each merchant a password: its own is never kept. */
async function takeOver(store: Store): Promise<Map<string, string>> {
  const passwords = new Map<string, string>();
  for (const { id, login } of await store.listMerchants()) {
    await store.transact(id, async ({ webhooks }) => {
      for (const kind of ENDPOINT_KINDS) {
        for (const endpoint of await webhooks.list(kind)) await webhooks.delete(endpoint.id);
      }
    });
    const password = newPassword();
    await store.updatePassword(id, await hashPassword(password, THROW_AWAY));
    passwords.set(login, password);
  }
  return passwords;
}
