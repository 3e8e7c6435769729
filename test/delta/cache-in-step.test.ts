/**
 * A client that follows fetchDeltaSince knows who may access what: whatever changes, by calls or by
 * time alone, and whatever calls fail. `SEED=7 npx jest cache-in-step` walks another way.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, testWith } from '../clients/scenario';
import { startTestServer, type TestServer } from '../harness/server';
import { accountId, fetchActive, isEntitled, merchantWith } from './calls';
import { type FailingProxy, startFailingProxy } from './failing-proxy';
import { type Keeper, Loop, pairOf, Php, Python } from './keepers';
import { createRandom, RandomWalk } from './random-walk';
import { collect } from '../harness/collect';

const SEED = Number(process.env.SEED ?? 1815);
const CHANGES = 1000;
const ACCOUNTS = 20;
const IDS = ['bac', 'forum', 'news', 'archive', 'lab'];

/** Some thousand calls; and a program takes a second or more to start on a busy machine. */
const TIMEOUT = 240_000;

describe(`cache in step, seed ${SEED}`, () => {
  let server: TestServer;
  let proxy: FailingProxy;
  let folder: string;
  let walk: RandomWalk;
  let keeper: Keeper;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    server = await startTestServer({ merchants: [merchantWith(ACCOUNTS)] });
    // A program makes a call four times at most.
    proxy = await startFailingProxy(server.url, 3);
    walk = new RandomWalk(server, { accounts: ACCOUNTS, ids: IDS }, createRandom(SEED));
  });

  afterEach(async () => {
    await proxy.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** The active entitlements according to the server. */
  async function truth(): Promise<string[]> {
    const active = [];
    for (let number = 0; number < ACCOUNTS; number++) {
      active.push(...(await fetchActive(server.url, accountId(number))));
    }
    return active.map(pairOf).sort();
  }

  /** The same, asked for one by one. */
  async function truthOneByOne(): Promise<string[]> {
    const active = [];
    for (let number = 0; number < ACCOUNTS; number++) {
      for (const id of IDS) {
        const pair = { account: accountId(number), id };
        if (await isEntitled(server.url, pair.account, id)) active.push(pairOf(pair));
      }
    }
    return active.sort();
  }

  /** A span's end, after everything that has happened. */
  function later(): number {
    walk.advance(1);
    return walk.now;
  }

  /** A pass in which calls fail here and there: then the copy is the truth. */
  async function pass(): Promise<void> {
    const until = later();
    expect(await keeper.pass(until)).toBe(true);
    expect(keeper.mark()).toBe(until);
    expect(keeper.active().sort()).toEqual(await truth());
  }

  /** A pass that nothing can complete: the copy stays as it was. */
  async function passInOutage(): Promise<void> {
    const before = { mark: keeper.mark(), active: keeper.active(), all: keeper.all() };
    proxy.outageAfter(2);
    expect(await keeper.pass(later())).toBe(false);
    proxy.outageAfter(undefined);
    expect({ mark: keeper.mark(), active: keeper.active(), all: keeper.all() }).toEqual(before);
  }

  /** A pass up to a moment after which more has changed: of that, the copy may know already. */
  async function passBehind(): Promise<void> {
    const until = later();
    const then = new Set(await truth());
    for (let count = 0; count < 5; count++) await walk.step();
    const now = new Set(await truth());
    expect(await keeper.pass(until)).toBe(true);
    const active = new Set(keeper.active());
    const pairs = [...new Set([...then, ...now, ...active])];
    const wrong = pairs.filter((pair) => {
      const is = active.has(pair);
      return is !== then.has(pair) && is !== now.has(pair);
    });
    expect(wrong).toEqual([]);
  }

  async function followWalk(passes: number): Promise<void> {
    for (let count = 1; count <= passes; count++) {
      for (let change = 0; change < CHANGES / passes; change++) await walk.step();
      if (count % 5 === 2) await passInOutage();
      if (count % 3 === 0) await passBehind();
      else await pass();
    }
    await pass();
    expect(keeper.active().sort()).toEqual(await truthOneByOne());
    expect(new Set(keeper.all()).size).toBe(keeper.all().length);
    expect(proxy.failed).toBeGreaterThan(passes);
    await expectVariety();
  }

  /** That the walk met everything that it is about. */
  async function expectVariety(): Promise<void> {
    const actions = (await collect(server.store.listLedger({}))).map(({ action }) => action);
    for (const action of ['grant', 'revoke', 'extend', 'start', 'expire'] as const) {
      expect([action, actions.filter((other) => other === action).length > 20]).toEqual([
        action,
        true,
      ]);
    }
  }

  test(
    'the loop',
    async () => {
      const again = createRandom(SEED + 1);
      keeper = new Loop(proxy.url, () => again() < 0.8);
      await followWalk(50);
    },
    TIMEOUT,
  );

  testWith(isInstalled(['php', '-m'], 'soap'), 'php-cli php-soap')(
    'examples/php/cache-in-step.php',
    async () => {
      keeper = new Php(proxy.url, folder);
      await followWalk(10);
    },
    TIMEOUT,
  );

  testWith(isInstalled(['/usr/bin/python3', '-c', 'import zeep']), 'python3-zeep')(
    'examples/python-zeep/cache_in_step.py',
    async () => {
      keeper = new Python(proxy.url, folder);
      await followWalk(10);
    },
    TIMEOUT,
  );
});
