/** `latchkey webhook`: each command as an operator types it, and events forwarded to a program on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey, runLatchkeyWith } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase, startServerProcess } from '../harness/server-process';
import { Receiver } from '../webhooks/receiver';

let folder: string;
let database: string;
let receiver: Receiver;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  receiver = await new Receiver().start();
  await makeDatabase(database, SEED.slice(0, 1));
});
afterEach(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true });
});

const latchkey = (...args: string[]) => runLatchkey(database, 'webhook', ...args);

async function json(...args: string[]): Promise<Array<Record<string, unknown>>> {
  const { code, stdout, stderr } = await latchkey(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

async function grant(id: string): Promise<void> {
  const line = { action: 'grant', merchantAccountId: 'ada-1815', merchantEntitlementId: id };
  const input = `${JSON.stringify(line)}\n`;
  const done = await runLatchkeyWith(
    { database, input },
    'entitlement',
    'import',
    '-',
    '--key',
    id,
  );
  expect([done.code, done.stderr]).toEqual([0, '']);
}

const error = async (...args: string[]) => {
  const { code, stderr } = await latchkey(...args);
  expect(code).toBe(1);
  return stderr;
};

test('the URL may be an argument; two that differ, and none, are refused', async () => {
  const [made] = await json('add', receiver.url);
  expect(made).toMatchObject({ url: receiver.url });
  const [again] = await json('add', receiver.url, '--url', receiver.url);
  expect(again).toMatchObject({ url: receiver.url });
  expect(await error('add', receiver.url, '--url', 'http://127.0.0.1:1/')).toBe(
    `latchkey: --url http://127.0.0.1:1/: ${receiver.url} is given as well; leave one of them out\n`,
  );
  expect(await error('add')).toBe('latchkey: name the URL that messages are sent to with --url\n');
  expect((await latchkey('list')).stdout.trim().split('\n')).toHaveLength(2);
});

test('made, listed, shown, changed, rotated, removed', async () => {
  const types = 'account.created,entitlement.revoked';
  const [made] = await json(
    'add',
    '--url',
    receiver.url,
    '--types',
    types,
    '--description',
    'Shop',
  );
  const id = String(made?.id);
  expect(made).toMatchObject({ url: receiver.url, types, description: 'Shop', by: 'operator' });
  expect(made?.secret).toMatch(/^whsec_/);
  expect(await json('show', id)).toEqual([{ ...made, secret: undefined }]);
  expect((await latchkey('list')).stdout).toBe(`${id}\tenabled\t0\t${receiver.url}\n`);
  const [changed] = await json(
    'change',
    id,
    '--url',
    `${receiver.url}/2`,
    '--types',
    'all',
    '--disable',
  );
  expect(changed).toMatchObject({
    url: `${receiver.url}/2`,
    state: 'disabled',
    reason: 'by operator',
  });
  expect(changed).not.toHaveProperty('types');
  expect(await json('change', id, '--enable', '--description', 'x')).toMatchObject([
    { state: 'enabled', description: 'x' },
  ]);
  expect((await json('rotate', id))[0]?.secret).not.toBe(made?.secret);
  expect((await latchkey('remove', id)).stdout).toBe(`the webhook ${id} is removed\n`);
  expect(await json('list')).toEqual([]);
});

test('what is wrong is said, and changes nothing', async () => {
  const [made] = await json('add', receiver.url);
  const id = String(made?.id);
  expect(await error('add', 'shop')).toBe(
    'latchkey: url must be a URL, such as https://shop.example.com/hooks.\n',
  );
  expect(await error('add', 'http://8.8.8.8/')).toContain('http is for private ones only');
  expect(await error('add', receiver.url, '--types', 'account.create')).toContain(
    'did you mean account.created',
  );
  expect(await error('show', 'none')).toBe('latchkey: There is no webhook none.\n');
  expect(await error('change', id)).toContain('nothing to change');
  expect(await error('change', id, '--enable', '--disable')).toContain('contradict');
  expect(await error('deliveries', id, '--status', 'gone')).toContain('waiting, delivered, failed');
  expect(await error('deliveries', id, '7')).toBe('latchkey: There is no message 7 to it.\n');
  expect(await error('replay', id)).toContain('either --after or --since');
  expect(await error('replay', id, '--after', '99')).toContain('the last event is ');
  expect(await error('listen', '--forward-to', 'shop')).toContain('--forward-to must be a URL');
  expect(await json('list')).toHaveLength(1);
});

test('a server sends a test, what happens, and all once more', async () => {
  const [made] = await json('add', receiver.url);
  const id = String(made?.id);
  const secret = String(made?.secret);
  const server = await startServerProcess(database);
  expect((await latchkey('test', id)).stdout).toMatch(/^message 1: answered 204 after \d+ ms\n$/);
  await grant('gold');
  await receiver.until(2);
  expect(receiver.events.map(({ type }) => type)).toEqual(['webhook.test', 'entitlement.granted']);
  const { sequence } = receiver.events[1] ?? { sequence: 0 };
  for (const received of receiver.received) receiver.verify(secret, received);
  await latchkey('replay', id, '--after', String(sequence - 1));
  await receiver.until(3);
  expect(receiver.events[2]).toEqual(receiver.events[1]);
  await latchkey('replay', id, '--since', '2000-01-01T00:00:00Z');
  await receiver.until(3 + sequence);
  const listed = await json('deliveries', id, '--status', 'delivered', '--limit', '2');
  expect(listed).toHaveLength(2);
  const number = String(listed[0]?.message);
  expect(await json('deliveries', id, number)).toMatchObject([{ attempt: 1, status: 204 }]);
  await latchkey('resend', id, number);
  await receiver.until(4 + sequence);
  receiver.manner = 500;
  const failed = await latchkey('test', id);
  expect([failed.code, failed.stdout]).toEqual([
    1,
    expect.stringMatching(/^message \d+: answered 500\n$/),
  ]);
  await server.end('SIGTERM');
  expect(server.lines.join('\n')).not.toContain(secret);
});

test('listen forwards to a program on this machine, signed, a line each', async () => {
  const { stdout } = await runLatchkey(database, 'key', 'add', 'laptop', '--read-only', '--json');
  const { key } = JSON.parse(stdout) as { key: string };
  const after = ((await runLatchkey(database, 'events', '--json')).stdout.match(/\n/g) ?? [])
    .length;
  await grant('gold');
  await grant('silver');
  const server = await startServerProcess(database);
  const environment = { LATCHKEY_API_KEY: key };
  const listen = (...args: string[]) =>
    runLatchkeyWith(
      { database, environment },
      ...['webhook', 'listen', '--url', server.url, '--forward-to', receiver.url, ...args],
    );
  const first = await listen(
    '--after',
    String(after),
    '--count',
    '2',
    '--types',
    'entitlement.granted',
    '--json',
  );
  const [head, ...lines] = first.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    { sequence: after + 1, type: 'entitlement.granted', status: 204 },
    { sequence: after + 2, type: 'entitlement.granted', status: 204 },
  ]);
  for (const received of receiver.received) receiver.verify(String(head?.secret), received);
  const own = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
  const second = await listen('--after', String(after + 1), '--count', '1', '--secret', own);
  expect(second.stdout).toMatch(
    new RegExp(
      `^secret ${own.replaceAll('+', '\\+')}\n.*\n${after + 2} entitlement.granted: answered 204, \\d+ ms\n$`,
    ),
  );
  const wrong = await runLatchkeyWith(
    { database, environment: { LATCHKEY_API_KEY: 'lk_none' } },
    ...['webhook', 'listen', '--url', server.url, '--forward-to', receiver.url],
  );
  expect(wrong.stderr).toContain('put an API key in LATCHKEY_API_KEY');
  await server.end('SIGTERM');
});
