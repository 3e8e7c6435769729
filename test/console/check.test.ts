/** The check of the database: begun and watched, one at a time, for admins of all merchants. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grant } from '../orders/shop';
import { type Browser, type Console, startConsole } from './console';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-check-'));
let server: Console;
let ada: Browser;
let files = 0;

const start = async (database: string) => {
  server = await startConsole(
    database === ':memory:' || database.includes('://')
      ? { settings: { database } }
      : { database, settings: { database } },
  );
  ada = await server.signIn('ada');
};
const newFile = () => join(folder, `${(files += 1)}.db`);

afterEach(() => server.stop());
afterAll(() => rmSync(folder, { recursive: true }));

/** Looks until it is over. */
async function outcome(): Promise<Record<string, unknown>> {
  for (;;) {
    const check = await ada.get('/check');
    if (check.state !== 'running') return check;
  }
}

test('a whole one: nothing is wrong; another may be begun when it is over', async () => {
  await start(newFile());
  await grant(server, 'A1');
  expect(await ada.get('/check')).toEqual({ state: 'none', findings: [], isCut: false });
  // At once: one that came after the answer might find the check done.
  const asked = await Promise.all([ada.call('POST', '/check'), ada.call('POST', '/check')]);
  const [begun, again] = asked.sort((one, other) => one.status - other.status);
  expect([begun.status, begun.body]).toMatchObject([200, { state: 'running', findings: [] }]);
  expect([again.status, again.body.message]).toEqual([
    409,
    'A check is running; its outcome is shown here.',
  ]);
  const done = await outcome();
  expect(done).toMatchObject({ state: 'done', findings: [], isCut: false });
  expect(done.entitlements).toBeGreaterThan(1);
  expect(done.ledgerLines).toBeGreaterThan(1);
  expect((await ada.call('POST', '/check')).status).toBe(200);
  await outcome();
});

test('what is wrong is listed', async () => {
  await start(newFile());
  await grant(server, 'A1');
  server.database.exec("UPDATE entitlement SET end_at = 5 WHERE source = 'Order'");
  await ada.call('POST', '/check');
  const { state, findings } = await outcome();
  expect(state).toBe('done');
  expect(findings).toContainEqual({
    kind: 'entitlement',
    text: expect.stringContaining('lessons') as unknown,
  });
});

test('a file that is gone: it failed, and the answer names no path', async () => {
  const file = newFile();
  await start(file);
  rmSync(file);
  await ada.call('POST', '/check');
  expect(await outcome()).toMatchObject({
    state: 'failed',
    message: 'The check could not be finished; the log of the server says why.',
  });
  expect(server.log.some(({ msg }) => msg === 'the check of the database failed')).toBe(true);
});

test.each([
  [':memory:', /^The database lies in memory/],
  ['postgres://nobody@127.0.0.1:1/none', /^This database is not checked here: .+\.$/],
])('%s: refused, and what to do is said', async (database, message) => {
  await start(database);
  const { status, body } = await ada.call('POST', '/check');
  expect([status, body.message]).toEqual([409, expect.stringMatching(message)]);
  expect(await ada.get('/check')).toMatchObject({ state: 'none' });
});

test('others may not: an admin of one merchant, support', async () => {
  await start(':memory:');
  for (const name of ['rob', 'sam']) {
    const other = await server.signIn(name);
    for (const method of ['GET', 'POST']) {
      expect([name, (await other.call(method, '/check')).status]).toEqual([name, 403]);
    }
  }
});
