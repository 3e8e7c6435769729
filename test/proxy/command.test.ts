/** `latchkey proxy` as a process of its own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CASE_FILE, listCaseFolders, readCase, readText } from '../../src/cases/case-folder';
import { startCommand } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
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

test('a kill leaves whole cases', async () => {
  const server = await startTestServer({ merchants: SEED });
  const proxy = await startProxy(server.url);
  let calls = 0;
  const client = async () => {
    for (;;) {
      await callAccount(proxy.url, 'isEntitled', PARTS);
      calls += 1;
      if (calls === 60) await proxy.stop('SIGKILL');
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
