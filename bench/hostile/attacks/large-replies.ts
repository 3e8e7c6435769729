/** Large replies: many that nobody reads, then many at once that are read. */
import { setTimeout } from 'node:timers/promises';
import { escapeText } from '../../../src/contract/escape';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { LOGIN, PASSWORD } from '../../requests';
import type { Attack } from '../attack';
import { counted, envelopeOf, openSilent, post } from '../sending';

const UNREAD = 60;
const AT_ONCE = 200;
/** How long the replies wait for a reader, in milliseconds. */
const STAY = 5000;

/** Accounts by their number of entitlements: replies of some 10 MB and 2 MB. */
const ACCOUNTS = { large: 24_000, middling: 5000 } as const;

/** A call for all entitlements of an account. */
export function fetchAll(account: string): string {
  const auth = `<auth><version>22.0</version><login>${LOGIN}</login><password>${escapeText(PASSWORD)}</password></auth>`;
  return envelopeOf(
    `<v:fetchByAccount xmlns:v="http://soap.vindicia.com/v22_0/Entitlement">${auth}` +
      `<account><merchantAccountId>${account}</merchantAccountId></account></v:fetchByAccount>`,
  );
}

/** Fills a database with accounts of many entitlements. */
export function filler(
  accounts: Readonly<Record<string, number>>,
): (database: string) => Promise<void> {
  return async (database) => {
    const store = openSqliteStore(database);
    const merchant = await store.findMerchant(LOGIN);
    for (const [merchantAccountId, entitlements] of Object.entries(accounts)) {
      await store.transact(merchant?.id ?? 0, async (unit) => {
        const VID = merchantAccountId.padEnd(40, '0');
        const id = await unit.insertAccount({ VID, merchantAccountId }, 0);
        for (let number = 0; number < entitlements; number += 1) {
          await unit.recordChange({
            accountId: id,
            merchantEntitlementId: `entitlement-${number}`,
            source: 'Account',
            sourceId: '',
            action: 'grant',
            before: undefined,
            after: { start: 0, end: undefined, description: 'x'.repeat(100) },
            at: 0,
            changesAccess: true,
            dueAt: undefined,
            actor: LOGIN,
            note: undefined,
            soapId: undefined,
          });
        }
      });
    }
    await store.close();
  };
}

export const largeReplies: Attack = {
  name: 'large-replies',
  title: `${UNREAD} replies of 10 MB that nobody reads, then ${AT_ONCE} of 2 MB at once`,
  prepare: filler(ACCOUNTS),
  run: async ({ url, endpoint }) => {
    const text = fetchAll('large');
    const head = `POST /soap.pl HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: ${text.length}\r\n\r\n`;
    const sockets = await Promise.all(Array.from({ length: UNREAD }, () => openSilent(url)));
    for (const socket of sockets) socket.write(head + text);
    await setTimeout(STAY);
    for (const socket of sockets) socket.destroy();
    const posts = Array.from({ length: AT_ONCE }, () => post(endpoint, fetchAll('middling')));
    return counted(await Promise.all(posts));
  },
};
