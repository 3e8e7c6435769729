/** `latchkey proxy` as a process of its own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CASE_FILE,
  compareNames,
  listCaseFolders,
  readCase,
  readText,
} from '../../src/cases/case-folder';
import { EFFECTS_FILE } from '../../src/cases/effects';
import { startCommand } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
import { makeDatabase } from '../harness/server-process';
import { callAccount } from '../harness/soap-call';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const PARTS =
  '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
  '<merchantEntitlementId>archive</merchantEntitlementId>';

async function startProxy(upstream: string, ...args: string[]) {
  const proxy = startCommand(
    ':memory:',
    'proxy',
    '--upstream',
    upstream,
    '--mode',
    'record',
    '--cases',
    folder,
    ...args,
  );
  const [, url = ''] = await proxy.until(/"url":"([^"]+)"/);
  return { ...proxy, url };
}

test('it records until SIGTERM, and ends with 0', async () => {
  const server = await startTestServer({ merchants: SEED });
  const proxy = await startProxy(server.url);
  for (let call = 0; call < 3; call += 1) {
    expect(await callAccount(proxy.url, 'isEntitled', PARTS)).toMatchObject({ returnCode: '200' });
  }
  expect(await proxy.stop()).toBe(0);
  expect(readdirSync(folder)).toHaveLength(3);
  expect(proxy.stdout()).toMatch(/"msg":"stopped"/);
  expect(proxy.stdout()).not.toMatch(/s&|s&amp;|ada-1815/);
});

test('with a copy of the state, cases say what changed, where the copy answers as the endpoint does', async () => {
  const server = await startTestServer({ merchants: SEED, real: true });
  const state = join(mkdtempSync(join(folder, '..', 'latchkey-')), 'state.db');
  await makeDatabase(state, SEED);
  const proxy = await startProxy(server.url, '--state', state);
  const unknown = '<account><merchantAccountId>new</merchantAccountId></account>';
  await callAccount(proxy.url, 'update', unknown);
  await callAccount(proxy.url, 'isEntitled', PARTS);
  await callAccount(proxy.url, 'revokeEntitlement', PARTS);
  // The copy does not know whom the endpoint alone was told of.
  await callAccount(server.url, 'update', unknown.replace('new', 'other'));
  const lab = '<entitlement><merchantEntitlementId>lab</merchantEntitlementId></entitlement>';
  await callAccount(proxy.url, 'grantEntitlement', `${unknown.replace('new', 'other')}${lab}`);
  const grant = await callAccount(proxy.url, 'grantEntitlement', `${unknown}${lab}`);
  expect(grant.returnCode).toBe('200');
  expect(await proxy.stop()).toBe(0);
  rmSync(dirname(state), { recursive: true });
  const effects = listCaseFolders(folder)
    .map((path) => readCase(path))
    .sort((a, b) => compareNames(a.name, b.name))
    .map((wireCase) => {
      const text = readText(wireCase, EFFECTS_FILE);
      return text === undefined ? undefined : (JSON.parse(text) as unknown[]);
    });
  const [, soapId] = /<soapId[^>]*>(\w+)</.exec(grant.body) ?? [];
  const [, VID] = /<VID[^>]*>(\w+)</.exec(grant.body) ?? [];
  expect(effects).toMatchObject([
    [],
    [],
    [{ action: 'revoke', merchantAccountId: 'ada-1815', merchantEntitlementId: 'archive' }],
    undefined,
    [{ action: 'grant', VID, merchantAccountId: 'new', merchantEntitlementId: 'lab', soapId }],
  ]);
  expect(Object.keys(effects[4]?.[0] ?? {})).toEqual([
    ...['merchant', 'VID', 'merchantAccountId', 'action', 'merchantEntitlementId', 'source'],
    ...['sourceId', 'actor', 'soapId', 'at', 'after'],
  ]);
});

test('a kill leaves whole cases', async () => {
  const server = await startTestServer({ merchants: SEED });
  const proxy = await startProxy(server.url);
  const client = async () => {
    for (;;) {
      await callAccount(proxy.url, 'isEntitled', PARTS);
      // Others are being written then.
      if (listCaseFolders(folder).length > 20) await proxy.stop('SIGKILL');
    }
  };
  await Promise.allSettled([client(), client(), client(), client()]);
  const cases = listCaseFolders(folder).map((path) => readCase(path));
  expect(cases.length).toBeGreaterThan(20);
  for (const wireCase of cases) {
    expect([...wireCase.files].sort()).toEqual([CASE_FILE, 'reply.http', 'request.http']);
    for (const file of ['request.http', 'reply.http']) {
      expect(readText(wireCase, file)).toMatch(/<\/\w+:Envelope>$/);
    }
  }
});
