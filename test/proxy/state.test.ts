/** `--state`: calls are compared with a copy of a database. */
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
import { makeDatabase } from '../harness/server-process';
import { callAccount, USER } from '../harness/soap-call';
import { find, startDiff, stopCopies } from './diff';
import { makeFolder, startAnswering } from './proxy';

afterEach(() => jest.restoreAllMocks());

const named = (id: string) => `<account><merchantAccountId>${id}</merchantAccountId></account>`;

test('a copy of a database is the state at the beginning; the file stays as it is, and the copy sends nothing', async () => {
  let reached = 0;
  const receiver = await startAnswering((_request, response) => {
    reached += 1;
    response.end();
  });
  const temporary = makeFolder();
  jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
  const state = join(temporary, 'state.db');
  await makeDatabase(state, SEED);
  for (const args of [
    ['webhook', 'add', '--url', receiver.url],
    ['push', 'add', '--class', 'entitlement', '--url', receiver.url],
  ]) {
    expect((await runLatchkey(state, ...args, '--merchant', USER.login)).code).toBe(0);
  }
  const before = readFileSync(state);
  const upstream = await startTestServer({ merchants: SEED, real: true });
  const proxy = await startDiff(upstream.url, { state });
  const copies = () => readdirSync(temporary).filter((name) => name !== 'state.db');
  expect(copies()).toHaveLength(1);
  const archive = '<merchantEntitlementId>archive</merchantEntitlementId>';
  await callAccount(proxy.url, 'isEntitled', `${named('ada-1815')}${archive}`);
  await callAccount(proxy.url, 'revokeEntitlement', `${named('ada-1815')}${archive}`);
  await callAccount(proxy.url, 'isEntitled', `${named('ada-1815')}${archive}`);
  expect(await find(proxy, 3)).toMatchObject({ calls: 3, differing: 0, skipped: {} });
  await proxy.stop();
  await stopCopies();
  expect(reached).toBe(0);
  expect(readFileSync(state).equals(before)).toBe(true);
  expect(copies()).toEqual([]);
});

test('no database to copy: refused, naming the option', async () => {
  const { code, stderr } = await runLatchkey(
    ':memory:',
    ...['proxy', '--upstream', 'http://127.0.0.1:1', '--mode', 'diff', '--state', '/none.db'],
  );
  expect([code, stderr]).toEqual([1, 'latchkey: --state: there is no database at /none.db\n']);
});
