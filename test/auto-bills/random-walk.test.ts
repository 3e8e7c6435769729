/**
 * A random walk over everything that changes access: after every step the server's answers are
 * compared with those of a naive model. `WALK_SEED=… WALK_STEPS=… npx jest random-walk` walks
 * another way, or further.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '../../src/store/sqlite/check';
import { createRandom } from '../delta/random-walk';
import { Machine } from '../harness/machine';
import { NOW } from '../harness/server';
import { type Shop, startShop } from '../orders/shop';
import { Walk } from './walk';

const STEPS = Number(process.env.WALK_STEPS ?? 120);
const SEEDS = process.env.WALK_SEED ? [Number(process.env.WALK_SEED)] : [1, 2, 3];

const LIMIT = 60_000 + STEPS * 200;

test.each(SEEDS)(
  'after each step, answers are those of the naive model (seed %i)',
  (seed) => walkOn(seed, (step) => step()),
  LIMIT,
);

/** By how much the wall clock jumps ahead while a step is taken; mostly not at all. */
const JUMPS = [0.3, 30, 3600, 24 * 3600];

test.each(SEEDS)(
  'the same where the wall clock jumps ahead and comes back (seed %i)',
  async (seed) => {
    const random = createRandom(seed + 1000);
    const clock = { machine: new Machine(NOW), ahead: 0 };
    let jumped = 0;
    const jumpTo = (ahead: number) => {
      clock.machine.jump(ahead - clock.ahead);
      clock.ahead = ahead;
    };
    const around = async (step: () => Promise<void>) => {
      const seconds = JUMPS[Math.floor(random() * 2 * JUMPS.length)] ?? 0;
      if (seconds > 0) jumped += 1;
      jumpTo(seconds * 1000);
      await step();
      jumpTo(0);
    };
    await walkOn(seed, around, clock);
    expect(jumped).toBeGreaterThan(STEPS / 4);
  },
  LIMIT,
);

/** A machine's clocks, and by how much its wall clock is ahead at present, in milliseconds. */
interface JumpingClock {
  readonly machine: Machine;
  ahead: number;
}

/** A shop whose time is a machine's. Its wall clock is right while time passes: for long, it would be believed. */
async function startOn(clock: JumpingClock | undefined, database: string): Promise<Shop> {
  const shared = { database, settings: { timeZone: 'UTC' } };
  if (!clock) return startShop(shared);
  const { machine } = clock;
  const shop = await startShop({ ...shared, time: machine.time });
  let shown = NOW;
  const setNow = (moment: number) => {
    machine.jump(-clock.ahead);
    machine.pass(moment - shown);
    shown = moment;
    shop.store.now();
    machine.jump(clock.ahead);
  };
  return { ...shop, setNow };
}

/** @param around takes a step */
async function walkOn(
  seed: number,
  around: (step: () => Promise<void>) => Promise<void>,
  clock?: JumpingClock,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-walk-'));
  const database = join(folder, 'test.db');
  const shop = await startOn(clock, database);
  const walk = new Walk(shop, createRandom(seed));
  await walk.prepare();
  try {
    for (let step = 0; step < STEPS; step += 1) {
      await around(() => walk.step());
      await walk.compare();
    }
  } catch (error) {
    const steps = walk.done.map((text, index) => `${index + 1}. ${text}`).join('\n');
    throw new Error(`seed ${seed}, after\n${steps}`, { cause: error });
  }
  expect(walk.done.length).toBeGreaterThan(STEPS / 2);
  await shop.stop();
  const findings: string[] = [];
  checkDatabase(database, ({ text }) => findings.push(text));
  rmSync(folder, { recursive: true });
  expect(findings).toEqual([]);
}
