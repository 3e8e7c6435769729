/** No line of the ledger can be changed, deleted or emptied: not by the owner, and least of all by the server's role. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store';
import type { Store } from '../../../src/store/store';
import {
  CONNECTIONS,
  describeOnPostgres,
  makeDatabase,
  urlFor,
  withClient,
} from '../../harness/postgres';
import { ROOT } from '../../harness/server';
import { AT, grantOf, vidOf } from '../../store-suite/subject';

const ROLES = readFileSync(join(ROOT, 'packaging', 'postgres', 'roles.sql'), 'utf8');

/** The table of the lines of AT. */
const YEAR = `ledger_${new Date(AT).getUTCFullYear()}`;

/** Whatever would take or change a line. */
const ATTEMPTS = [
  "UPDATE ledger SET actor = 'x'",
  'UPDATE ledger SET note = NULL',
  'DELETE FROM ledger',
  'TRUNCATE ledger',
  `UPDATE ${YEAR} SET actor = 'x'`,
  `DELETE FROM ${YEAR}`,
  `TRUNCATE ${YEAR}`,
];

describeOnPostgres('the ledger is kept', () => {
  let url: string;

  beforeAll(async () => {
    url = await makeDatabase();
    await withClient(url, (client) => client.query(`${ROLES}; ALTER ROLE latchkey_server LOGIN`));
    const store = await openPostgresStore(url, CONNECTIONS, {});
    await addLine(store);
    await store.close();
  });

  test.each(ATTEMPTS)('by a trigger: %s', async (sql) => {
    await withClient(url, async (client) => {
      await expect(client.query(sql)).rejects.toMatchObject({
        code: 'LK001',
        message: 'the ledger is append-only',
      });
    });
  });

  test.each(ATTEMPTS)('by the rights of the server’s role: %s', async (sql) => {
    await withClient(urlFor(url, 'latchkey_server'), async (client) => {
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('the server’s role writes lines, takes texts away where an erasure is written down, and makes years', async () => {
    const store = await openPostgresStore(urlFor(url, 'latchkey_server'), CONNECTIONS, {});
    try {
      const { merchant, account } = await addLine(store, 'rival');
      const text = await store.transact(merchant, async (unit) => {
        const values = { accountId: account, at: AT, actor: 'operator', callId: undefined };
        await unit.erasures.insert({ ...values, revoked: false });
        const line = await unit.lastLineUntil(account, AT);
        await unit.erasures.eraseLineText(line, ['note', 'afterDescription']);
        return unit.erasures.findLineText(line);
      });
      expect(text).toEqual({});
    } finally {
      await store.close();
    }
    await withClient(urlFor(url, 'latchkey_server'), async (client) => {
      const { rows } = await client.query('SELECT make_ledger_partitions($1, $1) AS made', [
        Date.UTC(2019, 5, 1),
      ]);
      expect(rows).toEqual([{ made: 1 }]);
    });
  });
});

/** Has a merchant grant something to an account. */
async function addLine(store: Store, login = 'acme') {
  const { id: merchant } = await store.insertMerchant({ login, passwordHash: 'x', createdAt: AT });
  const account = await store.transact(merchant, async (unit) => {
    const id = await unit.insertAccount({ VID: vidOf(login) }, AT);
    const after = { start: AT, end: undefined, description: 'a text' };
    await unit.recordChange(grantOf(id, 'a', { note: 'a note', after }));
    return id;
  });
  return { merchant, account };
}
