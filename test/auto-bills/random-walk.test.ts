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
import { startShop } from '../orders/shop';
import { Walk } from './walk';

const STEPS = Number(process.env.WALK_STEPS ?? 120);
const SEEDS = process.env.WALK_SEED ? [Number(process.env.WALK_SEED)] : [1, 2, 3];

test.each(SEEDS)(
  'after each step, answers are those of the naive model (seed %i)',
  async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-walk-'));
    const database = join(folder, 'test.db');
    const shop = await startShop({ database, settings: { timeZone: 'UTC' } });
    const walk = new Walk(shop, createRandom(seed));
    await walk.prepare();
    try {
      for (let step = 0; step < STEPS; step += 1) {
        await walk.step();
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
  },
  60_000 + STEPS * 200,
);
