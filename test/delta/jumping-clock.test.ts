/**
 * A random walk on a machine whose wall clock jumps: what it leaves is what a machine with a good clock
 * leaves. `SEED=7 npx jest jumping-clock` walks another way. On PostgreSQL its clock dates what is done.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerRow } from '../../src/store/store';
import { collect } from '../harness/collect';
import { Machine } from '../harness/machine';
import { NOW, startTestServer, type TestServer, testOnSqlite } from '../harness/server';
import { accountId, call, MERCHANT, merchantWith, xml, xmlAccount, xmlMoment } from './calls';
import { createRandom, RandomWalk } from './random-walk';

const SEED = Number(process.env.SEED ?? 1815);
const SECOND = 1000;
const HOUR = 3600 * SECOND;
const TERRITORY = { accounts: 6, ids: ['bac', 'forum', 'news'] };

let machine: Machine;
let server: TestServer;
/** By how much the wall clock jumps once a step has begun. */
let jumpBy = 0;

async function start(): Promise<void> {
  machine = new Machine(NOW);
  let shown = NOW;
  const started = await startTestServer({
    merchants: [merchantWith(TERRITORY.accounts)],
    time: machine.time,
  });
  const setNow = (moment: number) => {
    machine.pass(moment - shown);
    shown = moment;
    started.store.now();
    machine.jump(jumpBy);
  };
  server = { ...started, setNow };
}

type Act = () => Promise<unknown>;

async function ledgerAfter(around: (step: Act) => Promise<unknown>): Promise<unknown[]> {
  await start();
  const walk = new RandomWalk(server, TERRITORY, createRandom(SEED));
  for (let step = 0; step < 150; step += 1) await around(() => walk.step());
  const lines = await collect(server.store.listLedger({}));
  await server.stop();
  return lines.map((line): LedgerRow => ({ ...line, soapId: undefined }));
}

testOnSqlite(
  `what is done while the wall clock is ahead is dated by the time that goes on, seed ${SEED}`,
  async () => {
    const good = await ledgerAfter((step) => step());
    const random = createRandom(SEED);
    let jumped = 0;
    const jumping = await ledgerAfter(async (step) => {
      jumpBy = [0.3 * SECOND, 30 * SECOND, HOUR, 24 * HOUR][Math.floor(random() * 8)] ?? 0;
      jumped += jumpBy > 0 ? 1 : 0;
      await step();
      machine.jump(-jumpBy);
      jumpBy = 0;
    });
    expect(jumped).toBeGreaterThan(40);
    expect(jumping).toEqual(good);
    expect(good.length).toBeGreaterThan(80);
  },
);

describe('a wall clock that is set back by an hour', () => {
  const BAC = xmlAccount(accountId(0)) + xml('merchantEntitlementId', 'bac');
  const grant = (end?: number) => {
    const until = end === undefined ? '' : xmlMoment('endTimestamp', end);
    const entitlement = xml('entitlement', xml('merchantEntitlementId', 'bac') + until);
    return call(server.url, 'Account', 'grantEntitlement', xmlAccount(accountId(0)) + entitlement);
  };
  const entitled = async () =>
    JSON.stringify((await call(server.url, 'Account', 'isEntitled', BAC)).response).includes(
      '"text":"1"',
    );
  const delta = () =>
    call(
      server.url,
      'Entitlement',
      'fetchDeltaSince',
      xmlMoment('timestamp', NOW) + xml('page', '0') + xml('pageSize', '9'),
    );
  const lines = async () => (await collect(server.store.listLedger({}))).length;

  testOnSqlite(
    'changes are refused and change nothing, reads go on; after five minutes it is believed',
    async () => {
      await start();
      machine.pass(2 * HOUR);
      server.store.now();
      machine.jump(-HOUR);
      expect(await grant()).toMatchObject({
        returnCode: '400',
        returnString:
          'Failed to save Account after granting entitlement: the clock of this machine is 3600 s ' +
          'before the time of earlier changes.',
      });
      expect([await lines(), await entitled()]).toEqual([0, false]);
      expect((await delta()).returnString).toBe('OK');
      for (let minute = 0; minute < 5; minute += 1) {
        machine.pass(60 * SECOND);
        server.store.now();
      }
      expect((await grant()).returnString).toBe('OK');
      expect(await entitled()).toBe(true);
      await server.stop();
    },
  );

  testOnSqlite(
    'with lines of that hour: refused until the wall clock has come there, and not before them',
    async () => {
      await start();
      machine.pass(2 * HOUR);
      await grant(NOW + 2 * HOUR + 90 * SECOND);
      machine.jump(-HOUR);
      server.store.now();
      machine.pass(6 * 60 * SECOND);
      expect((await grant()).returnCode).toBe('400');
      expect((await delta()).returnString).toBe('OK');
      expect(await lines()).toBe(1);
      machine.pass(55 * 60 * SECOND);
      expect((await grant()).returnString).toBe('OK');
      const moments = (await collect(server.store.listLedger({}))).map(({ at }) => at);
      expect(moments).toEqual([...moments].sort((one, other) => one - other));
      await server.stop();
    },
  );
});

test('what another process has written dates what comes after it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const database = join(folder, 'test.db');
  const first = await startTestServer({ merchants: [merchantWith(1)], database });
  const second = await startTestServer({ database, now: NOW - HOUR });
  const id = (await first.store.findMerchant(MERCHANT.login))?.id ?? 0;
  const nowIn = ({ store }: TestServer) =>
    store.transact(id, (unit) => Promise.resolve(unit.now()));
  expect(await nowIn(second)).toBe(NOW);
  first.setNow(NOW + HOUR);
  const bac = xml('entitlement', xml('merchantEntitlementId', 'bac'));
  await call(first.url, 'Account', 'grantEntitlement', xmlAccount(accountId(0)) + bac);
  expect([await nowIn(second), second.store.reader(id).now()]).toEqual([NOW + HOUR, NOW + HOUR]);
  second.statements.length = 0;
  await nowIn(second);
  expect(second.statements.filter((sql) => sql.includes('max(at)'))).toEqual([]);
  await Promise.all([first.stop(), second.stop()]);
  rmSync(folder, { recursive: true });
});
