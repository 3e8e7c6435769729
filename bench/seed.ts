/** Fills a fresh database through the store's own API: one merchant, and the accounts of the load. */
import { hashPassword } from '../src/cashbox/password';
import { newId } from '../src/new-id';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store';
import { accountId, ACCOUNTS, LOGIN, PASSWORD } from './requests';

/** @param path where no database is yet */
export async function seed(path: string): Promise<void> {
  const store = openSqliteStore(path);
  try {
    const createdAt = Date.now();
    const passwordHash = await hashPassword(PASSWORD);
    const merchant = await store.insertMerchant({ login: LOGIN, passwordHash, createdAt });
    await store.transact(merchant.id, async (unit) => {
      for (let number = 0; number < ACCOUNTS; number++) {
        const merchantAccountId = accountId(number);
        const emailAddress = `${merchantAccountId}@example.com`;
        const values = { VID: newId(), merchantAccountId, emailAddress, name: `Reader ${number}` };
        await unit.insertAccount(values, createdAt);
      }
    });
  } finally {
    await store.close();
  }
}
