/** `latchkey key`, and what the keys open. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { NOW, startTestServer } from '../harness/server';

let folder: string;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  await runLatchkey(database, 'merchant', 'add', 'acme');
});
afterEach(() => rmSync(folder, { recursive: true }));

const latchkey = (...args: string[]) => runLatchkey(database, ...args);

async function addKey(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await latchkey('key', 'add', ...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { key: string }).key;
}

test('a key is shown once, kept as a digest, listed with its last use, and revoked', async () => {
  const key = await addKey('shop');
  expect(key).toMatch(/^lk_[\w-]{43}$/);
  const server = await startTestServer({ database });
  const api = `${server.url}/v1/api-auth`;
  const use = () => fetch(api, { headers: { 'X-API-KEY': key } });
  expect((await latchkey('key', 'list')).stdout).toMatch(/^acme\tshop\twrite\t[^\t]+\t-\t-\n$/);

  expect((await use()).status).toBe(200);
  const listed = async () => {
    const { stdout } = await latchkey('key', 'list', '--json');
    return JSON.parse(stdout) as Record<string, string>;
  };
  expect((await listed()).lastUsed).toBe('2024-06-01T12:00:00+00:00');
  // Written down at most once a minute.
  server.setNow(NOW + 59_999);
  await use();
  expect((await listed()).lastUsed).toBe('2024-06-01T12:00:00+00:00');
  server.setNow(NOW + 60_000);
  await use();
  expect((await listed()).lastUsed).toBe('2024-06-01T12:01:00+00:00');

  expect((await latchkey('key', 'revoke', 'shop')).stdout).toBe('shop of acme is revoked\n');
  expect((await use()).status).toBe(401);
  expect((await listed()).revoked).toMatch(/^20/);
  await server.stop();
  const files = ['test.db', 'test.db-wal'].map((name) => {
    try {
      return readFileSync(join(folder, name), 'latin1');
    } catch {
      return '';
    }
  });
  expect(files.join('')).toContain('shop');
  expect(files.join('')).not.toContain(key);
});

test('a key may be bound to reading', async () => {
  await addKey('report', '--read-only');
  expect((await latchkey('key', 'list')).stdout).toContain('acme\treport\tread\t');
});

test('with several merchants the key says whose it is, and opens theirs alone', async () => {
  await latchkey('merchant', 'add', 'other');
  const { code, stderr } = await latchkey('key', 'add', 'shop');
  expect([code, stderr]).toEqual([
    1,
    'latchkey: there are several merchants; name one with --merchant\n',
  ]);
  const key = await addKey('shop', '--merchant', 'other');
  await addKey('shop', '--merchant', 'acme');
  const server = await startTestServer({ database });
  const reply = await fetch(`${server.url}/v1/api-auth`, { headers: { 'X-API-KEY': key } });
  expect(await reply.json()).toEqual({ merchant: 'other', name: 'shop' });
  await server.stop();
  expect((await latchkey('key', 'list', '--merchant', 'other')).stdout).toMatch(
    /^other\t[^\n]+\n$/,
  );
});

test.each([
  [['add', ''], 'a name has 1 to 100 characters, none of them invisible, no space at its ends'],
  [
    ['add', 'x\u202ey'],
    'a name has 1 to 100 characters, none of them invisible, no space at its ends',
  ],
  [['add', 'latchkey'], 'latchkey is how the ledger calls time itself'],
  [['add', 'operator'], 'operator is how the ledger calls you'],
  [['add', 'OPERATOR'], 'OPERATOR is how the ledger calls you'],
  [['add', 'shop', '--merchant', 'nobody'], 'there is no merchant nobody'],
  [['revoke', 'nothing'], 'There is no API key nothing.'],
])('key %j: %s', async (args, message) => {
  const { code, stderr } = await latchkey('key', ...args);
  expect([code, stderr]).toEqual([1, `latchkey: ${message}\n`]);
});

test("a name is given once, also after revocation: the ledger's lines go on meaning one key", async () => {
  await addKey('shop');
  await latchkey('key', 'revoke', 'shop');
  const { code, stderr } = await latchkey('key', 'add', 'shop');
  expect([code, stderr]).toEqual([
    1,
    'latchkey: There is an API key shop already; a revoked one keeps its name.\n',
  ]);
});

test('in an empty database: says what to make first', async () => {
  const empty = join(folder, 'empty.db');
  await (await startTestServer({ database: empty })).stop();
  const { code, stderr } = await runLatchkey(empty, 'key', 'add', 'shop');
  expect([code, stderr]).toEqual([
    1,
    'latchkey: there is no merchant; make one with latchkey merchant add\n',
  ]);
});
