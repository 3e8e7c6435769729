/** Fills a fresh database through the store's own API: one merchant, and the accounts of the loads. */
import { hashPassword } from '../src/access/password';
import { newId } from '../src/base/new-id';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store';
import type { Store, UnitOfWork } from '../src/store/store';
import { accountId, ACCOUNTS, HELD, LOGIN, PASSWORD, READERS } from './requests';

/** The number of lines in the ledger before the first load. */
export const SEEDED_LINES = READERS * HELD.length;

/** @param path where no database is yet */
export async function seed(path: string): Promise<void> {
  const store = openSqliteStore(path);
  try {
    await seedStore(store);
  } finally {
    await store.close();
  }
}

/** The same in an empty store that is open. */
export async function seedStore(store: Store): Promise<void> {
  const createdAt = Date.now();
  const passwordHash = await hashPassword(PASSWORD);
  const merchant = await store.insertMerchant({ login: LOGIN, passwordHash, createdAt });
  await store.transact(merchant.id, async (unit) => {
    for (let number = 0; number < ACCOUNTS + READERS; number++) {
      const merchantAccountId = accountId(number);
      const emailAddress = `${merchantAccountId}@example.com`;
      const values = { VID: newId(), merchantAccountId, emailAddress, name: `Reader ${number}` };
      const id = await unit.insertAccount(values, createdAt);
      if (number >= ACCOUNTS) await grantHeld(unit, id, createdAt);
    }
  });
}

async function grantHeld(unit: UnitOfWork, accountId: number, at: number): Promise<void> {
  const start = Math.floor(at / 1000) * 1000 - 1000;
  for (const merchantEntitlementId of HELD) {
    await unit.recordChange({
      accountId,
      merchantEntitlementId,
      source: 'Account',
      sourceId: '',
      action: 'grant',
      before: undefined,
      after: { start, end: undefined, description: undefined },
      at,
      changesAccess: true,
      dueAt: undefined,
      actor: LOGIN,
      note: undefined,
      soapId: newId(),
    });
  }
}
