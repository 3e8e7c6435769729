/** `latchkey offer` and `latchkey merchant set`, and what they change for orders. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { startTestServer } from '../harness/server';

let folder: string;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  await latchkey('merchant', 'add', 'acme');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function latchkey(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(database, ...args);
  return code === 0 ? stdout : stderr;
}

test('add, list, show, change', async () => {
  const added = await latchkey(
    ...['offer', 'add', 'Course A', '--id', 'a', '--entitlement', 'videos', 'lessons', '--json'],
  );
  expect(JSON.parse(added)).toEqual({
    id: 'a',
    name: 'Course A',
    entitlements: ['lessons', 'videos'],
    created: expect.stringMatching(/^\d{4}-/) as string,
  });
  const made = await latchkey('offer', 'add', 'Course B', '--entitlement', 'b', '--json');
  expect((JSON.parse(made) as { id: string }).id).toMatch(/^[0-9a-f]{40}$/);
  expect((await latchkey('offer', 'list')).split('\n')[0]).toBe('a\tCourse A\tlessons videos');
  await latchkey('offer', 'change', 'a', '--name', 'Course A+', '--entitlement', 'lessons');
  const shown = JSON.parse(await latchkey('offer', 'show', 'a', '--json')) as object;
  expect(shown).toMatchObject({ name: 'Course A+', entitlements: ['lessons'] });
});

test('a change shows at once in what the active orders give, with its line in the ledger', async () => {
  await latchkey('offer', 'add', 'Course A', '--id', 'a', '--entitlement', 'lessons');
  const { key } = JSON.parse(await latchkey('key', 'add', 'shop', '--json')) as { key: string };
  const server = await startTestServer({ database, real: true });
  const call = async (path: string, body?: unknown) => {
    const reply = await fetch(`${server.url}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await reply.json()) as Record<string, unknown>;
  };
  const grant = { email: 'bob@example.com', grantOffer: 'a', orderId: 'A1' };
  await call('/users/grant-user-offer-by-mail', grant);
  await latchkey('offer', 'change', 'a', '--entitlement', 'videos');
  const { entitlements } = await call('/orders/A1');
  expect(entitlements).toMatchObject([
    { merchantEntitlementId: 'lessons', active: false },
    { merchantEntitlementId: 'videos' },
  ]);
  const lines = (await latchkey('ledger')).trim().split('\n');
  expect(lines.map((line) => line.split('\t').slice(3, 5).join(' '))).toEqual([
    'grant lessons',
    'revoke lessons',
    'grant videos',
  ]);
  expect(lines.at(-1)).toMatch(/\toperator\toffer a\t-\toffer_changed$/);

  await latchkey('merchant', 'set', 'acme', '--payment-failure-limit', '1');
  expect(await latchkey('merchant', 'list')).toMatch(/^acme\t[^\t]+\t1\t7\n$/);
  expect(await call('/orders/A1/payment-failed', {})).toMatchObject({ state: 'revoked' });
  await server.stop();
  expect(await latchkey('check')).toMatch(/nothing is wrong/);
});

test.each([
  [
    ['offer', 'add', 'x', '--entitlement', ''],
    "option '--entitlement <id...>' is empty; give a value, or leave the option out",
  ],
  [['offer', 'add', ' ', '--entitlement', 'x'], 'name is empty.'],
  [['offer', 'show', 'none'], 'there is no offer none'],
  [['offer', 'change', 'none', '--name', 'x'], 'There is no offer none.'],
  [['offer', 'change', 'none'], 'nothing to change: give --name or --entitlement'],
  [['offer', 'list', '--merchant', 'nobody'], 'there is no merchant nobody'],
  [['merchant', 'set', 'nobody', '--payment-failure-limit', '2'], 'there is no merchant nobody'],
  [
    ['merchant', 'set', 'acme', '--payment-failure-limit', '0'],
    '--payment-failure-limit: "0" is not a number from 1 to 1000',
  ],
])('%j: %s', async (args, message) => {
  expect(await latchkey(...args)).toBe(`latchkey: ${message}\n`);
});

test('an id is given once', async () => {
  await latchkey('offer', 'add', 'x', '--id', 'a', '--entitlement', 'x');
  expect(await latchkey('offer', 'add', 'y', '--id', 'a', '--entitlement', 'y')).toBe(
    'latchkey: There is an offer a already.\n',
  );
});
