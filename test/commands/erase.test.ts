/** `latchkey account erase` and `erasures`, also while a server has the database open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf } from '../erasure/person';
import { runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase, runCheck, startServerProcess } from '../harness/server-process';
import { callAccount, USER } from '../harness/soap-call';

let folder: string;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  await makeDatabase(database, SEED);
});
afterEach(() => rmSync(folder, { recursive: true }));

const MERCHANT = ['--merchant', USER.login];

async function latchkey(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(database, ...args);
  return code === 0 ? stdout : stderr;
}

test('without --yes it names the account and changes nothing; with it, it erases', async () => {
  const asked = await latchkey('account', 'erase', 'ada-1815', ...MERCHANT);
  expect(asked).toMatch(
    /^latchkey: the personal data of account [0-9a-f]{40} would be erased for good; --yes does it\n$/,
  );
  expect(filesOf(database)).toContain('ada@example.com');
  const args = ['--email', 'ADA@example.com', ...MERCHANT, '--yes', '--json'];
  const erased = JSON.parse(await latchkey('account', 'erase', ...args)) as object;
  expect(erased).toMatchObject({
    merchantAccountId: 'ada-1815',
    idReplaced: false,
    revoked: false,
    filesClean: true,
  });
  expect(filesOf(database)).not.toContain('ada@example.com');
  const listed = await latchkey('account', 'erasures', 'ada-1815', ...MERCHANT, '--json');
  expect(JSON.parse(listed)).toMatchObject({ by: 'operator', revoked: false });
  expect(JSON.parse(listed)).toHaveProperty('finishedAt');
  expect(await runCheck(database)).toMatch(/\bok\b|no findings|0 findings|entitlements/i);
});

test('beside a server: nothing is left in the files that it has open', async () => {
  const server = await startServerProcess(database);
  const account =
    '<account><merchantAccountId>ada-1815</merchantAccountId><name>Zanzibar</name></account>';
  await callAccount(server.url, 'update', account);
  const args = ['account', 'erase', 'ada-1815', ...MERCHANT, '--yes', '--revoke', '--json'];
  expect(JSON.parse(await latchkey(...args))).toMatchObject({ revoked: true, filesClean: true });
  expect(filesOf(database)).not.toContain('Zanzibar');
  const named = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
  const parts = `${named}<merchantEntitlementId>archive</merchantEntitlementId>`;
  expect((await callAccount(server.url, 'isEntitled', parts)).body).toContain('>0</entitled>');
  await server.end('SIGTERM');
});

test('what names no account, or not one', async () => {
  const erase = (...args: string[]) => latchkey('account', 'erase', ...args, ...MERCHANT, '--yes');
  expect(await erase('nobody')).toBe('latchkey: there is no account nobody\n');
  expect(await erase('--email', 'no@example.com')).toBe(
    'latchkey: there is no account with the e-mail address no@example.com\n',
  );
  const neither = 'latchkey: name one account: by its VID or merchantAccountId, or with --email\n';
  expect(await erase()).toBe(neither);
  expect(await erase('ada-1815', '--email', 'ada@example.com')).toBe(neither);
  const server = await startServerProcess(database);
  const second = '<account><merchantAccountId>second</merchantAccountId>';
  const address = '<emailAddress>ada@example.com</emailAddress></account>';
  await callAccount(server.url, 'update', second + address);
  await server.end('SIGTERM');
  expect(await erase('--email', 'ada@example.com')).toMatch(
    /^latchkey: several accounts have this address; name one by its VID: [0-9a-f]{40}, [0-9a-f]{40}\n$/,
  );
});
