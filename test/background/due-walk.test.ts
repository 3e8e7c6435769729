/** Grants and revocations at random while time passes: the ledger is what a naive model says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startBackground } from '../../src/background/background';
import { createDueLoops } from '../../src/background/loops';
import { TIME } from '../../src/base/work';
import type { EntitlementState } from '../../src/entitlements/entitlement';
import { recordChange } from '../../src/ledger/record-change';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { collect } from '../harness/collect';
import { Random } from '../soap/random-value';
import { ManualTime } from './manual-time';

const NOW = Date.UTC(2026, 0, 1);
const tools = { timeZone: 'UTC', newId: () => '0' };

const STEPS = 150;
const IDS = ['a', 'b', 'c', 'd'];
/** The longest pause between two calls, and the farthest start or end, in milliseconds. */
const PAUSE = 40;
const FAR = 120;

/** What the model keeps of each entitlement, and the lines that it expects: `MOMENT ACTION ID`. */
class Model {
  readonly lines: string[] = [];
  readonly states = new Map<string, EntitlementState>();

  /** Looks at every millisecond after one moment until another. */
  pass(from: number, until: number): void {
    for (let at = from + 1; at <= until; at += 1) {
      for (const [id, { start, end = Infinity }] of this.states) {
        if (end <= start) continue;
        if (at === start) this.lines.push(`${at} start ${id}`);
        if (at === end) this.lines.push(`${at} expire ${id}`);
      }
    }
  }

  call(at: number, id: string, state: EntitlementState): void {
    this.states.set(id, state);
    this.lines.push(`${at} grant ${id}`);
  }
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-walk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['1', '2', '3'])('walk %s', async (seed) => {
  const random = new Random(seed);
  const time = new ManualTime(NOW);
  const store = openSqliteStore(join(folder, 'test.db'), time);
  const { id: merchant } = await store.insertMerchant({
    login: 'a',
    passwordHash: '',
    createdAt: 0,
  });
  const account = await store.transact(merchant, async (unit) =>
    unit.insertAccount({ VID: '0'.repeat(40) }, NOW),
  );
  const background = startBackground({
    loops: createDueLoops({ store, ...tools }),
    holder: 'this',
    logger: pino({ level: 'silent' }),
    store,
    time,
  });
  const model = new Model();
  const key = { source: 'Account', sourceId: '' } as const;

  for (let step = 0; step < STEPS; step += 1) {
    const before = time.now();
    // Every third time no timer acts: the call comes first.
    const pause = random.below(PAUSE);
    if (random.below(3) === 0) time.set(before + pause);
    else await time.pass(pause);
    const now = time.now();
    model.pass(before, now);
    const id = random.pick(IDS);
    const start = now - FAR / 2 + random.below(FAR);
    const end = random.below(4) === 0 ? undefined : start + random.below(FAR);
    const after = { start, end, description: undefined };
    await store.transact(merchant, async (unit) => {
      const found = await unit.findEntitlement(account, { merchantEntitlementId: id, ...key });
      const work = { actor: 'x', callId: undefined, now: unit.now(), ...tools };
      const change = { accountId: account, merchantEntitlementId: id, ...key, note: undefined };
      await recordChange(unit, work, { ...change, action: 'grant', before: found, after });
    });
    model.call(now, id, after);
  }
  const last = time.now();
  await time.pass(2000);
  model.pass(last, last + 2000);
  await background.stop();

  const lines = await collect(store.listLedger({}));
  const found = lines.map(
    ({ at, action, merchantEntitlementId }) => `${at} ${action} ${merchantEntitlementId}`,
  );
  // By moment; what time did comes before what a call did, and otherwise those of a moment are in no order.
  expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort());
  expect([...found].sort()).toEqual([...model.lines].sort());
  for (const [index, { at, actor }] of lines.entries()) {
    if (lines[index - 1]?.at === at && actor === TIME) expect(lines[index - 1]?.actor).toBe(TIME);
  }
  await store.close();
});
