/** `latchkey events`: what the call answers, without a server; followed while servers come and go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KEY, startRestServer } from '../orders/rest';
import { runLatchkey, startCommand } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase, startServerProcess } from '../harness/server-process';
import { callAccount, USER } from '../harness/soap-call';

const MERCHANT = ['--merchant', USER.login];

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function grant(url: string, id: string): Promise<void> {
  const account = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
  const entitlement = `<entitlement><merchantEntitlementId>${id}</merchantEntitlementId></entitlement>`;
  const reply = await callAccount(url, 'grantEntitlement', account + entitlement);
  expect(reply.returnCode).toBe('200');
}

test('--json prints the events that GET /v1/events answers; without it each is a line', async () => {
  const server = await startRestServer({ database });
  await grant(server.url, 'platinum');
  const { body } = await server.call('GET', '/events?limit=1000', { key: KEY });
  const { events } = body as { events: ReadonlyArray<{ sequence: number; type: string }> };
  await server.stop();
  const { stdout } = await runLatchkey(database, 'events', ...MERCHANT, '--json');
  const printed = stdout.trim().split('\n');
  // What ended since the time of the test is there, too.
  const found = printed.slice(0, events.length).map((line) => JSON.parse(line) as object);
  expect(found).toEqual(events);
  expect(printed[events.length]).toContain('"entitlement.started"');
  const last = String(events.length - 1);
  const plain = await runLatchkey(database, 'events', ...MERCHANT, '--after', last);
  const [line = ''] = plain.stdout.split('\n');
  expect(line.split('\t')).toEqual([
    String(events.length),
    '2024-06-01T12:00:00.500Z',
    'entitlement.granted',
    'ada-1815',
    'platinum',
    USER.login,
    '-',
    expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    '-',
  ]);
});

test('what is refused: a number after the last, an unknown type, an account that is not there', async () => {
  await makeDatabase(database, SEED);
  const refusal = async (...args: string[]) => {
    const { code, stdout, stderr } = await runLatchkey(database, 'events', ...MERCHANT, ...args);
    return [code, stdout, stderr];
  };
  expect(await refusal('--after', '999')).toEqual([
    1,
    '',
    expect.stringMatching(/^latchkey: after is 999, but the last event is \d+: /) as string,
  ]);
  expect(await refusal('--after', 'x')).toEqual([
    1,
    '',
    expect.stringMatching(/^latchkey: --after: "x" is not a number from 0 to /) as string,
  ]);
  expect(await refusal('--types', 'entitlement.grant')).toEqual([
    1,
    '',
    expect.stringMatching(
      /^latchkey: --types has no type "entitlement\.grant"; did you mean entitlement\.granted /,
    ) as string,
  ]);
  expect(await refusal('--account', 'nobody')).toEqual([
    1,
    '',
    'latchkey: There is no account nobody.\n',
  ]);
});

test('--follow goes on through the end of a server, by kill -9 too, and prints each event once', async () => {
  await makeDatabase(database, SEED);
  const ids = ['one', 'two', 'three'];
  const args = ['events', ...MERCHANT, '--follow', '--types', 'entitlement.granted', '--json'];
  const follower = startCommand(database, ...args, '--account', 'ada-1815');
  for (const id of ids) {
    const server = await startServerProcess(database);
    await grant(server.url, id);
    await follower.until(new RegExp(`"merchantEntitlementId":"${id}"`));
    await server.end('SIGKILL');
  }
  await follower.stop();
  const printed = follower.stdout().trim().split('\n');
  const found = printed.map((line) => JSON.parse(line) as { data: { entitlement: object } });
  expect(found.slice(-3).map(({ data }) => data.entitlement)).toMatchObject(
    ids.map((merchantEntitlementId) => ({ merchantEntitlementId })),
  );
});
