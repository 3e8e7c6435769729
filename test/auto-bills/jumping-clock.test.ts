/**
 * A random walk over all that changes access, on a machine whose wall clock is set ahead again and again: a jump that does
 * not last changes no answer; one that lasts is followed, as if the time between had passed. On PostgreSQL its clock dates
 * what is done.
 * `WALK_SEED=… WALK_STEPS=… npx jest auto-bills/jumping` walks another way, or further.
 */
import { createRandom } from '../delta/random-walk';
import { Machine } from '../harness/machine';
import { NOW, testOnSqlite } from '../harness/server';
import { type Shop, startShop } from '../orders/shop';
import { Walk } from './walk';

const STEPS = Number(process.env.WALK_STEPS ?? 100);
const SEEDS = process.env.WALK_SEED ? [Number(process.env.WALK_SEED)] : [1, 7];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far the wall clock is ahead for the time of one step; half of them it is right. */
const AHEAD = [0, 0, 0, 30 * SECOND, HOUR, 20 * DAY];

/** By how much it is set ahead for good, and how long it then takes to be believed at most. */
const FOR_GOOD = [10 * MINUTE, 3 * HOUR, DAY, 9 * DAY];
const BELIEVED = 6 * MINUTE;

/** A walk on a machine with such a clock. */
class JumpingWalk {
  readonly walk: Walk;
  jumps = 0;
  private ahead = 0;

  constructor(
    private readonly machine: Machine,
    private readonly shop: Shop,
    private readonly random: () => number,
  ) {
    this.walk = new Walk({ ...shop, setNow: (moment) => this.passTo(moment) }, random);
  }

  async step(): Promise<void> {
    this.setAhead(this.pick(AHEAD));
    await this.walk.step();
    await this.walk.compare();
    this.setAhead(0);
    if (this.random() < 0.15) await this.jumpForGood(this.pick(FOR_GOOD));
  }

  private passTo(moment: number): void {
    const { ahead } = this;
    // The clocks agree when the time has passed; else a small jump would look like slewing.
    this.setAhead(0);
    this.machine.pass(moment - this.walkNow);
    this.walkNow = moment;
    this.shop.store.now();
    this.setAhead(ahead);
  }

  private walkNow = NOW;

  private setAhead(ahead: number): void {
    this.machine.jump(ahead - this.ahead);
    if (ahead > 0) this.jumps += 1;
    this.ahead = ahead;
    this.shop.store.now();
  }

  private async jumpForGood(by: number): Promise<void> {
    const { walk, machine, shop } = this;
    machine.jump(by);
    for (let passed = 0; passed < BELIEVED; passed += MINUTE) {
      shop.store.now();
      machine.pass(MINUTE);
    }
    shop.store.now();
    walk.now += by + BELIEVED;
    this.walkNow = walk.now;
    walk.done.push(`the wall clock was set ahead by ${by / HOUR} hours`);
    await walk.compare();
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)] as T;
  }
}

for (const seed of SEEDS) {
  testOnSqlite(
    `answers are those of the naive model (seed ${seed})`,
    () => walkOnJumpingClock(seed),
    60_000 + STEPS * 400,
  );
}

async function walkOnJumpingClock(seed: number): Promise<void> {
  const machine = new Machine(NOW);
  const shop = await startShop({ time: machine.time, settings: { timeZone: 'UTC' } });
  const jumping = new JumpingWalk(machine, shop, createRandom(seed));
  const { walk } = jumping;
  await walk.prepare();
  try {
    for (let step = 0; step < STEPS; step += 1) await jumping.step();
  } catch (error) {
    const steps = walk.done.map((text, index) => `${index + 1}. ${text}`).join('\n');
    throw new Error(`seed ${seed}, after\n${steps}`, { cause: error });
  }
  expect(jumping.jumps).toBeGreaterThan(STEPS / 4);
  await shop.stop();
}
