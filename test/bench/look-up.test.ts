/** The bench's floor runs the statements that the server runs for a look-up, all and in order. */
import { accountId, ACCOUNTS, bodyOf, type CallName, headersOf, HELD } from '../../bench/requests';
import { LOGIN, PASSWORD } from '../../bench/requests';
import { createLookUp } from '../../bench/servers/read';
import { createSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { comparable } from './comparable';
import { loadMerchant, type Demo } from '../../src/demo';
import { newId } from '../../src/base/new-id';
import { startTestServer } from '../harness/server';
import { openDatabase } from '../store/sqlite/database';

const [merchantEntitlementId = ''] = HELD;

const MERCHANT: Demo = {
  login: LOGIN,
  password: PASSWORD,
  accounts: [
    {
      account: { merchantAccountId: accountId(ACCOUNTS) },
      entitlements: [{ merchantEntitlementId }],
    },
  ],
};

const LOOK_UPS = [
  ['isEntitled', merchantEntitlementId],
  ['fetchByAccount', undefined],
  ['fetchByAccountNarrow', undefined],
] as const;

test.each(LOOK_UPS)('%s of the bench runs the statements of the server', async (call, asked) => {
  const ofServer = await serverStatements(call);
  expect(ofServer.length).toBeGreaterThan(0);
  expect(await benchStatements(asked)).toEqual(ofServer);
});

async function serverStatements(call: CallName): Promise<string[]> {
  const server = await startTestServer({ merchants: [MERCHANT] });
  try {
    const request = { headers: headersOf(call), body: bodyOf(call, ACCOUNTS) };
    const response = await fetch(`${server.url}/soap.pl`, { method: 'POST', ...request });
    expect(await response.text()).toContain('<returnCode>200</returnCode>');
    return comparable(server.statements);
  } finally {
    await server.stop();
  }
}

async function benchStatements(asked: string | undefined): Promise<string[]> {
  const statements: string[] = [];
  const verbose = (sql: unknown) => void statements.push(String(sql));
  const database = openDatabase(':memory:', { verbose });
  const store = createSqliteStore(database);
  const surroundings = { store, newId, timeZone: 'UTC' };
  await loadMerchant(MERCHANT, 'no password is checked', surroundings);
  const lookUp = createLookUp(database);
  statements.length = 0;
  lookUp({ login: LOGIN, merchantAccountId: accountId(ACCOUNTS), merchantEntitlementId: asked });
  database.close();
  return comparable(statements);
}
