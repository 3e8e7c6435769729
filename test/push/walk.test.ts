/** A random walk over all that changes access: what a receiver makes of the messages is the access that there is. */
import { createRandom } from '../delta/random-walk';
import { NOW } from '../harness/server';
import { Walk } from '../auto-bills/walk';
import { type PushShop, startPushShop } from './push-shop';
import type { Parsed } from './samples';

const SEEDS = [1, 2, 3];
const STEPS = 60;

let shop: PushShop;
beforeEach(async () => {
  shop = await startPushShop({ settings: { timeZone: 'UTC' } });
});
afterEach(() => shop.stop());

/** How often each id of an account is given, by the messages. */
function pictureOf(messages: readonly Parsed[]): Map<string, number> {
  const given = new Map<string, number>();
  for (const { content, header } of messages) {
    const [id = ''] = content['merchantEntitlementId'] as string[];
    const key = `${String(content['merchantAccountId'])} ${id}`;
    given.set(key, (given.get(key) ?? 0) + (header['event_name'] === 'start' ? 1 : -1));
  }
  return given;
}

/**
 * What breaks the order of an AutoBill's messages: it starts before anything that it gives, and ends after all of it.
 * @param messages of all classes, in their order
 */
function misplacedOf(messages: readonly Parsed[]): string[] {
  const started = new Set<string>();
  const given = new Map<string, number>();
  const misplaced: string[] = [];
  for (const { content, header } of messages) {
    const { class_name: name, event_name: event } = header;
    const { merchantAutoBillId, merchantAutobillId } = content as Record<string, string>;
    const id = merchantAutoBillId ?? merchantAutobillId ?? '';
    if (name === 'autobills' && event === 'start') started.add(id);
    const left = given.get(id) ?? 0;
    if (name === 'autobills' && event === 'stop' && left > 0) {
      misplaced.push(`${id} stops before ${left} of what it gives`);
    }
    if (name !== 'entitlement' || id === '') continue;
    if (event === 'start' && !started.has(id)) misplaced.push(`${id} starts after what it gives`);
    given.set(id, left + (event === 'start' ? 1 : -1));
  }
  return misplaced;
}

/** The sources that give each id of an account now. */
async function truthOf({ ask, store }: PushShop): Promise<Map<string, number>> {
  const now = store.now();
  const rows = await ask(
    `SELECT account.merchant_account_id || ' ' || merchant_entitlement_id AS key, count(*) AS sources
     FROM entitlement JOIN account ON account.id = entitlement.account_id
     WHERE entitlement.merchant_id = 1 AND start_at <= ${now} AND (end_at IS NULL OR end_at > ${now})
     GROUP BY 1`,
  );
  return new Map(rows.map(({ key, sources }) => [String(key), Number(sources)]));
}

const positive = (counts: ReadonlyMap<string, number>) =>
  [...counts].filter(([, count]) => count !== 0).sort();

test.each(SEEDS)('seed %i', async (seed) => {
  const walk = new Walk(shop, createRandom(seed));
  const acts = createRandom(seed + SEEDS.length);
  await walk.prepare();
  for (let step = 0; step < STEPS; step += 1) {
    await walk.step();
    // Every other time the background comes after the next call.
    if (acts() < 0.5) await shop.passTo(walk.now);
    if (step % 10 !== 9) continue;
    await shop.passTo(walk.now);
    expect([walk.done, misplacedOf(await shop.all({}))]).toEqual([walk.done, []]);
    const truth = await truthOf(shop);
    const each = pictureOf(await shop.all({ class: 'entitlement' }));
    expect([walk.done, positive(each)]).toEqual([walk.done, positive(truth)]);
    const coalesced = pictureOf(await shop.all({ class: 'entitlement', coalesce: true }));
    const once = [...truth.keys()].sort().map((key) => [key, 1]);
    expect([walk.done, positive(coalesced)]).toEqual([walk.done, once]);
  }
  expect(walk.now).toBeGreaterThan(NOW);
});
