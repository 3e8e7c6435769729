/** Starts and ends by time alone are written down in the background, each at its moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startBackground } from '../../src/background/background';
import { catchUp } from '../../src/background/catch-up';
import { createDueLoops } from '../../src/background/loops';
import { TIME } from '../../src/base/work';
import { type Change, recordChange } from '../../src/ledger/record-change';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import { collect } from '../harness/collect';
import { ManualTime } from './manual-time';

const NOW = Date.UTC(2026, 0, 1);
const tools = { timeZone: 'UTC', newId: () => '0' };

/** A merchant and its account, by their rows. */
interface Owner {
  readonly id: number;
  readonly account: number;
}

let folder: string;
let time: ManualTime;
let store: Store;
let owners: Owner[];
const stops: Array<() => Promise<void>> = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-due-'));
  time = new ManualTime(NOW);
  store = openSqliteStore(join(folder, 'test.db'), time);
  owners = [];
  for (const login of ['a', 'b', 'c']) {
    const { id } = await store.insertMerchant({ login, passwordHash: '', createdAt: 0 });
    const VID = login.padStart(40, '0');
    const account = await store.transact(id, async (unit) => unit.insertAccount({ VID }, NOW));
    owners.push({ id, account });
  }
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

const at = (index: number): Owner => owners[index] as Owner;

function run(): void {
  const loops = createDueLoops({ store, ...tools });
  const logger = pino({ level: 'silent' });
  const background = startBackground({ holder: 'this', loops, store, time, logger });
  stops.push(() => background.stop());
}

/** An entitlement's id, and when it starts and ends, in milliseconds from NOW. */
type Term = readonly [id: string, start: number, end?: number];

/** Grants entitlements to the account of a merchant, in one unit of work. */
function grant({ id, account }: Owner, ...terms: readonly Term[]): Promise<void> {
  return store.transact(id, async (unit) => {
    const work = { actor: 'x', callId: undefined, now: unit.now(), ...tools };
    for (const term of terms) await recordChange(unit, work, grantOf(account, term));
  });
}

function grantOf(accountId: number, [merchantEntitlementId, start, end]: Term): Change {
  const until = end === undefined ? undefined : NOW + end;
  return {
    accountId,
    merchantEntitlementId,
    source: 'Account',
    sourceId: '',
    action: 'grant',
    before: undefined,
    after: { start: NOW + start, end: until, description: undefined },
    note: undefined,
  };
}

/** The ledger's lines by time alone, in the order in which they were written: action, id, moment from NOW. */
async function written(): Promise<unknown[]> {
  const lines = await collect(store.listLedger({}));
  return lines
    .filter(({ actor }) => actor === TIME)
    .sort((one, other) => one.id - other.id)
    .map(({ action, merchantEntitlementId, at }) => [action, merchantEntitlementId, at - NOW]);
}

test('are written at their moment, dated at it, in order, of every merchant', async () => {
  await grant(at(0), ['x', 700, 1500], ['y', -1, 900]);
  await grant(at(1), ['z', 800, 1000]);
  run();
  await time.pass(699);
  expect(await written()).toEqual([]);
  await time.pass(1);
  expect(await written()).toEqual([['start', 'x', 700]]);
  await time.pass(800);
  expect(await written()).toEqual([
    ['start', 'x', 700],
    ['start', 'z', 800],
    ['expire', 'y', 900],
    ['expire', 'z', 1000],
    ['expire', 'x', 1500],
  ]);
});

test('before a change by a call they are written in order, also where one starts and ends', async () => {
  await grant(at(0), ['x', 100, 300], ['y', 200], ['z', 150, 200]);
  await time.pass(400);
  await grant(at(0), ['w', 0]);
  expect(await written()).toEqual([
    ['start', 'x', 100],
    ['start', 'z', 150],
    ['start', 'y', 200],
    ['expire', 'z', 200],
    ['expire', 'x', 300],
  ]);
});

test('what a call brings nearer is written within a second of its moment', async () => {
  await grant(at(0), ['far', -1, 60_000]);
  run();
  await time.pass(10);
  await grant(at(0), ['near', -1, 20]);
  await time.pass(1000);
  expect(await written()).toEqual([['expire', 'near', 20]]);
});

test('a merchant of whom much is due holds up no other', async () => {
  const many = Array.from({ length: 3000 }, (_, n): Term => [`m${n}`, -1, 100]);
  await grant(at(0), ...many);
  await grant(at(1), ['one', -1, 101]);
  await grant(at(2), ['two', -1, 102]);
  time.set(NOW + 200);
  const loop = createDueLoops({ store, ...tools }).at(-1);
  for (let batches = 0; batches < 3; batches += 1) await loop?.run();
  const ids = (await written()).map((line) => (line as string[])[1]);
  expect(ids).toEqual(expect.arrayContaining(['one', 'two']));
  expect(ids.length).toBeLessThan(3002);
});

test('one that starts and ends while others do is written in the order of the moments', async () => {
  await grant(at(0), ['a', 1, 2], ['b', 3, 4], ['c', -1, 3]);
  time.set(NOW + 10);
  await grant(at(0), ['later', -1]);
  expect(await written()).toEqual([
    ['start', 'a', 1],
    ['expire', 'a', 2],
    ['start', 'b', 3],
    ['expire', 'c', 3],
    ['expire', 'b', 4],
  ]);
  // The call's own line comes after all of them.
  const lines = await collect(store.listLedger({}));
  expect(lines.at(-1)).toMatchObject({ merchantEntitlementId: 'later', id: lines.length });
});

test('what is due at the start is written first; with a bound, the rest comes later', async () => {
  const many = Array.from({ length: 1200 }, (_, n): Term => [`m${n}`, -1, 100]);
  await grant(at(0), ...many);
  await grant(at(1), ['one', 1, 2]);
  time.set(NOW + 1000);
  const loops = createDueLoops({ store, ...tools });
  expect(await catchUp(loops, { store, time, most: 0 })).toBe(false);
  expect(await catchUp(loops, { store, time, most: 1 })).toBe(true);
  expect(await written()).toHaveLength(1202);
  expect(await loops.at(-1)?.due()).toBeUndefined();
});

test('a batch is shorter where something else waits to be written', async () => {
  await grant(at(0), ...Array.from({ length: 1200 }, (_, n): Term => [`m${n}`, -1, 100]));
  time.set(NOW + 200);
  const [, loop] = createDueLoops({ store, ...tools });
  await loop?.run();
  expect(await written()).toHaveLength(300);
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const running = loop?.run();
  await turn();
  await turn();
  const other = store.transact(at(1).id, () => Promise.resolve('done'));
  await running;
  expect(await written()).toHaveLength(350);
  expect(await other).toBe('done');
});

test('what the wall clock denies waits until it doesn’t', async () => {
  await grant(at(0), ['x', -1, 500]);
  const denied = { ...store, now: () => NOW + 1000, dueUntil: () => NOW + 499 };
  const loop = createDueLoops({ store: denied, ...tools }).at(-1);
  expect(await loop?.due()).toBeUndefined();
  await loop?.run();
  expect(await written()).toEqual([]);
});
