/** Merchants: who they are, and what changes that. */
import type { Database } from 'better-sqlite3';
import type { Merchant, Merchants } from '../merchants';
import { prepareMerchantReads } from './operator-reads';
import type { UnitQueue } from './unit-queue';

/**
 * @param writer the writing connection
 * @param reads of the connection that is read on
 */
export function createMerchants(
  writer: Database,
  units: Pick<UnitQueue, 'run' | 'isBusy'>,
  reads: ReturnType<typeof prepareMerchantReads>,
): Merchants {
  const own = prepareMerchantReads(writer);
  /**
   * With every call. The writing connection keeps its pages when this process commits, the other one reads them anew;
   * but that one waits for another process's lock, and sees nothing of units under way.
   */
  const findMerchant = (login: string) => {
    if (units.isBusy) return reads.byLogin.get(login);
    try {
      return own.byLogin.get(login);
    } catch {
      return reads.byLogin.get(login);
    }
  };
  return {
    findMerchant,
    listMerchants: () => reads.all.all(),
    insertMerchant: (merchant) =>
      units.run(() => Promise.resolve(insertMerchant(writer, merchant))),
    updatePassword: (id, passwordHash) =>
      units.run(() => {
        updatePassword(writer, id, passwordHash);
        return Promise.resolve();
      }),
  };
}

function insertMerchant(database: Database, merchant: Omit<Merchant, 'id'>): Merchant {
  const { lastInsertRowid } = database
    .prepare('INSERT INTO merchant (login, password_hash, created_at) VALUES (?, ?, ?)')
    .run(merchant.login, merchant.passwordHash, merchant.createdAt);
  return { id: Number(lastInsertRowid), ...merchant };
}

function updatePassword(database: Database, id: number, passwordHash: string): void {
  database.prepare('UPDATE merchant SET password_hash = ? WHERE id = ?').run(passwordHash, id);
}
