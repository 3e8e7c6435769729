/** Starts and ends by time alone, where real processes come and go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TIME } from '../../src/base/work';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase, type ServerProcess, startServerProcess } from '../harness/server-process';
import { USER } from '../harness/soap-call';
import { type Database, openDatabase } from '../store/sqlite/database';

/** Between two looks at what another process is to write, in milliseconds. */
const LOOK = 20;

let folder: string;
let path: string;
let database: Database;
const servers: ServerProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-due-'));
  path = join(folder, 'test.db');
  await makeDatabase(path, SEED);
  database = openDatabase(path, { readonly: true });
});

afterEach(async () => {
  for (const server of servers.splice(0)) if (server.alive()) await server.end('SIGKILL');
  database.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<ServerProcess> {
  const server = await startServerProcess(path);
  servers.push(server);
  return server;
}

/** Grants entitlements that end at those moments, past the server: `ID`, and when. */
async function grant(...ends: ReadonlyArray<readonly [id: string, end: number]>): Promise<void> {
  const store = openSqliteStore(path);
  const { id = 0 } = (await store.findMerchant(USER.login)) ?? {};
  await store.transact(id, async (unit) => {
    const account = await unit.findAccountByMerchantAccountId('alan-1912');
    for (const [merchantEntitlementId, end] of ends) {
      await unit.recordChange({
        accountId: account?.id ?? 0,
        merchantEntitlementId,
        source: 'Account',
        sourceId: '',
        action: 'grant',
        before: undefined,
        after: { start: end - 3_600_000, end, description: undefined },
        at: unit.now(),
        changesAccess: true,
        dueAt: end,
        actor: 'x',
        note: undefined,
        soapId: undefined,
      });
    }
  });
  await store.close();
}

/** The moments of the lines by time alone of entitlements whose ids begin so. */
function ends(prefix: string): unknown[] {
  return database
    .prepare('SELECT at FROM ledger WHERE actor = ? AND merchant_entitlement_id GLOB ? ORDER BY id')
    .pluck()
    .all(TIME, `${prefix}*`);
}

async function untilEnded(id: string): Promise<void> {
  while (ends(id).length === 0) await setTimeout(LOOK);
}

const holder = () => database.prepare('SELECT holder FROM lease').pluck().get();

test('what fell due while no server ran is there when one listens', async () => {
  const before = Date.now() - 1_000_000;
  const backlog = Array.from({ length: 2500 }, (_, n) => [`b${n}`, before + n] as const);
  await grant(...backlog);
  expect(ends('b')).toEqual([]);
  await start();
  expect(ends('b')).toEqual(backlog.map(([, end]) => end));
});

test('a command without a server lists it, and writes it down', async () => {
  const end = Date.now() - 1000;
  await grant(['e', end]);
  const { stdout } = await runLatchkey(path, 'ledger', '--json');
  const lines = stdout.trim().split('\n');
  const found = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(found).toContainEqual(
    expect.objectContaining({ action: 'expire', merchantEntitlementId: 'e' }),
  );
  expect(ends('e')).toEqual([end]);
});

test('the process that holds the lease is killed: another writes what comes next, once', async () => {
  const first = await start();
  await grant(['alone', Date.now() + 300]);
  await untilEnded('alone');
  const ofFirst = holder();
  const second = await start();
  await grant(['both', Date.now() + 300]);
  await untilEnded('both');
  const killed = holder();
  const end = Date.now() + 300;
  await grant(['last', end]);
  await (killed === ofFirst ? first : second).end('SIGKILL');
  await untilEnded('last');
  expect(ends('last')).toEqual([end]);
  // Where it had been written before the kill, the other one takes over for the next.
  const later = Date.now() + 100;
  await grant(['later', later]);
  await untilEnded('later');
  expect(ends('later')).toEqual([later]);
  expect(holder()).not.toBe(killed);
});
