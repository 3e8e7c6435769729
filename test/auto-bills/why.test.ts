/**
 * Why, and all that an account holds: at each of a thousand moments of random walks, asked after the walk, the answer
 * from the ledger is the truth that the naive model had at that moment. `WALK_SEED=… npx jest auto-bills/why` walks another way.
 */
import { createRandom } from '../delta/random-walk';
import { type Shop, startShop } from '../orders/shop';
import { ACCOUNTS, Walk } from './walk';

const SEEDS = process.env.WALK_SEED ? [Number(process.env.WALK_SEED)] : [1, 2];
const STEPS = 120;
/** Moments between two steps: what begins and ends by itself then does so without a step. */
const BETWEEN = 30;

/** A moment with the access of an account: `ada-1815 news`, and until when. */
interface Truth {
  readonly at: number;
  readonly account: string;
  readonly active: ReadonlyMap<string, number | undefined>;
}

interface Answer {
  readonly accounts: ReadonlyArray<{
    readonly entitlements: ReadonlyArray<{
      readonly merchantEntitlementId: string;
      readonly active: boolean;
      readonly until?: string;
    }>;
  }>;
}

interface Listing {
  readonly entitlements: ReadonlyArray<{
    readonly merchantEntitlementId: string;
    readonly endTimestamp?: string;
  }>;
}

async function answered(shop: Shop, { at, account }: Truth): Promise<Truth['active']> {
  const moment = new Date(at).toISOString();
  const body = await shop.get(`/access?account=${account}&at=${moment}`);
  const [only] = (body as unknown as Answer).accounts;
  // The seed's grants are no part of the walk.
  const held = (only?.entitlements ?? []).filter(
    ({ active, merchantEntitlementId }) => active && merchantEntitlementId !== 'archive',
  );
  return new Map(
    held.map(({ merchantEntitlementId: id, until }) => {
      return [`${account} ${id}`, until === undefined ? undefined : Date.parse(until)];
    }),
  );
}

/** The same by the list of all that the account held. */
async function listed(shop: Shop, { at, account }: Truth): Promise<Truth['active']> {
  const moment = new Date(at).toISOString();
  const body = await shop.get(`/accounts/${account}/entitlements?active=true&at=${moment}`);
  const { entitlements } = body as unknown as Listing;
  const active = new Map<string, number | undefined>();
  for (const { merchantEntitlementId: id, endTimestamp } of entitlements) {
    if (id === 'archive') continue;
    const end = endTimestamp === undefined ? undefined : Date.parse(endTimestamp);
    addLatest(active, `${account} ${id}`, end);
  }
  return active;
}

/** Of several sources of an id the latest end counts; undefined: without end. */
function addLatest(active: Map<string, number | undefined>, name: string, end: number | undefined) {
  const other = active.has(name) ? active.get(name) : 0;
  const endless = end === undefined || other === undefined;
  active.set(name, endless ? undefined : Math.max(end, other));
}

/** The model's access of an account at a moment since the last change: the latest end of each id. */
function truthOf({ model }: Walk, account: string, at: number): Truth['active'] {
  const active = new Map<string, number | undefined>();
  for (const [key, { active: is, end }] of model.held(account, at)) {
    if (!is) continue;
    addLatest(active, `${account} ${key.slice(key.lastIndexOf('|') + 1)}`, end);
  }
  return active;
}

/** In words, in one order. */
function described(active: Truth['active']): string {
  return [...active]
    .map(([key, end]) => `${key} ${end ?? 'without end'}`)
    .sort()
    .join();
}

test.each(SEEDS)(
  'what was then, asked long after (seed %i)',
  async (seed) => {
    const shop = await startShop({ settings: { timeZone: 'UTC' } });
    const walk = new Walk(shop, createRandom(seed));
    const random = createRandom(seed + 1000);
    await walk.prepare();
    const truths: Truth[] = [];
    const note = (at: number) => {
      const account = ACCOUNTS[Math.floor(random() * ACCOUNTS.length)] ?? '';
      truths.push({ at, account, active: truthOf(walk, account, at) });
    };
    for (let step = 0; step < STEPS; step += 1) {
      const { now } = walk;
      await walk.step();
      for (let count = 0; count < BETWEEN && walk.now > now; count += 1) {
        // No whole second, at which things start and end.
        note((Math.floor((now + random() * (walk.now - now)) / 1000) + 0.5) * 1000);
      }
    }
    expect(truths.length).toBeGreaterThan(500);
    const wrong: string[] = [];
    for (const truth of truths) {
      const expected = described(truth.active);
      for (const answer of [answered, listed]) {
        const given = described(await answer(shop, truth));
        if (given !== expected) wrong.push(`${answer.name} ${truth.at}: ${given} ≠ ${expected}`);
      }
    }
    await shop.stop();
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(truths.filter(({ active }) => active.size > 0).length).toBeGreaterThan(100);
  },
  240_000,
);
