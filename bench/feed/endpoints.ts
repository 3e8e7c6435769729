/** Webhooks and events for the bench, written through the store's own API. */
import { newId } from '../../src/base/new-id';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import { newSecret, STANDARD } from '../../src/webhooks/standard';
import { accountId, ACCOUNTS, LOGIN } from '../requests';

/** Events that are written in one unit of work. */
const BATCH = 5000;

async function withMerchant<T>(
  database: string,
  act: (store: Store, merchant: number) => Promise<T>,
): Promise<T> {
  const store = openSqliteStore(database);
  try {
    const merchant = await store.findMerchant(LOGIN);
    if (!merchant) throw new Error(`there is no merchant ${LOGIN}`);
    return await act(store, merchant.id);
  } finally {
    await store.close();
  }
}

/** Makes webhooks that get what happens from now on. */
export function addWebhooks(database: string, count: number, url: string): Promise<void> {
  return withMerchant(database, (store, merchant) =>
    store.transact(merchant, async ({ webhooks, events }) => {
      for (let n = 0; n < count; n += 1) {
        await webhooks.insert({
          endpointId: newId(),
          kind: 'webhook',
          format: STANDARD.name,
          url: `${url}/${n}`,
          private: true,
          settings: {},
          secrets: { signing: [{ value: newSecret() }] },
          createdAt: Date.now(),
          createdBy: 'bench',
          cursor: await events.last(),
        });
      }
    }),
  );
}

/** Has so many events happen, each account's turn coming again after all others'. */
export function addEvents(database: string, count: number): Promise<void> {
  return withMerchant(database, async (store, merchant) => {
    const reader = store.reader(merchant);
    const rows: number[] = [];
    for (let n = 0; n < ACCOUNTS; n += 1) {
      const account = await reader.findAccountByMerchantAccountId(accountId(n));
      if (account) rows.push(account.id);
    }
    for (let done = 0; done < count; done += BATCH) {
      await store.transact(merchant, async (unit) => {
        for (let n = done; n < Math.min(count, done + BATCH); n += 1) {
          await unit.recordChange(grantOf(rows[n % rows.length] ?? 0, n));
        }
      });
    }
  });
}

function grantOf(account: number, n: number) {
  return {
    accountId: account,
    merchantEntitlementId: `e${Math.floor(n / ACCOUNTS)}`,
    source: 'Account',
    sourceId: '',
    action: 'grant',
    before: undefined,
    after: { start: 0, end: undefined, description: undefined },
    at: Date.now(),
    changesAccess: true,
    dueAt: undefined,
    actor: LOGIN,
    note: undefined,
    soapId: newId(),
  } as const;
}
