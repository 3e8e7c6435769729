/** The bench's floor and soap servers run the statements that the server runs, all and in order. */
import { type ChangeRequest, createChange } from '../../bench/servers/change';
import { accountId, bodyOf, ENTITLEMENT, headersOf, LOGIN, PASSWORD } from '../../bench/requests';
import type { Demo } from '../../src/demo';
import { loadMerchant } from '../../src/demo';
import { newId } from '../../src/base/new-id';
import { createSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { startTestServer } from '../harness/server';
import { comparable } from './comparable';
import { openDatabase } from '../store/sqlite/database';

const ACCOUNT = 7;
const ACTIONS = ['grant', 'revoke'] as const;

const MERCHANT: Demo = {
  login: LOGIN,
  password: PASSWORD,
  accounts: [{ account: { merchantAccountId: accountId(ACCOUNT) }, entitlements: [] }],
};

test('a change of the bench runs the statements of the server', async () => {
  const ofServer = await serverStatements();
  const ofBench = await benchStatements();
  expect(ofServer.length).toBeGreaterThan(0);
  expect(ofBench).toEqual(ofServer);
});

async function serverStatements(): Promise<string[]> {
  const server = await startTestServer({ merchants: [MERCHANT] });
  try {
    // The first ones find out that nothing is due, and when the last change was.
    for (const action of [...ACTIONS, ...ACTIONS]) {
      if (action === ACTIONS[0]) server.statements.length = 0;
      const response = await fetch(`${server.url}/soap.pl`, {
        method: 'POST',
        headers: headersOf(action),
        body: bodyOf(action, ACCOUNT),
      });
      expect(await response.text()).toContain('<returnCode>200</returnCode>');
    }
    return comparable(server.statements);
  } finally {
    await server.stop();
  }
}

async function benchStatements(): Promise<string[]> {
  const statements: string[] = [];
  const database = openDatabase(':memory:', {
    verbose: (sql) => statements.push(String(sql)),
  });
  const store = createSqliteStore(database);
  await loadMerchant(MERCHANT, 'no password is checked', {
    store,
    newId,
    timeZone: 'UTC',
  });
  const change = createChange(database, () => database);
  for (const action of ACTIONS) change(requestFor(action));
  statements.length = 0;
  for (const action of ACTIONS) change(requestFor(action));
  database.close();
  return comparable(statements);
}

function requestFor(action: ChangeRequest['action']): ChangeRequest {
  return {
    login: LOGIN,
    action,
    merchantAccountId: accountId(ACCOUNT),
    merchantEntitlementId: ENTITLEMENT,
    note: 'side by side',
  };
}
