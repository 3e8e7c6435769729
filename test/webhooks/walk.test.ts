/**
 * Grants with ends, revocations, AutoBills and steps of the clock at random, to a receiver that fails at random: once all has
 * arrived, the picture that it has made of it is the truth.
 */
import { catchUp } from '../../src/background/catch-up';
import { createDueLoops } from '../../src/background/loops';
import { cancel } from '../../src/cashbox/auto-bill/cancel';
import { update } from '../../src/cashbox/auto-bill/update';
import { isActive } from '../../src/entitlements/entitlement';
import { recordChange } from '../../src/ledger/record-change';
import { Random } from '../soap/random-value';
import { Post } from './post';
import { Receiver } from './receiver';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const STEPS = 60;
const IDS = ['a', 'b', 'c'];
const NAMES = ['ada', 'bob', 'eve'];

let post: Post;
let receiver: Receiver;

beforeEach(async () => {
  post = await Post.open();
  receiver = await new Receiver().start();
});
afterEach(async () => {
  await post.close();
  await receiver.stop();
});

/** What an account holds, with its source. */
type Held = string;
const held = (VID: string, id: string, source: string): Held => `${VID} ${id} ${source}`;

/** Makes a picture of what comes, as a consumer does: each message says how things are after it. */
function pictureOf({ events }: Receiver): Held[] {
  const active = new Map<string, Held>();
  for (const { data } of events) {
    const { account, entitlement, source } = data as {
      account: { VID: string };
      entitlement?: { merchantEntitlementId: string; active: boolean };
      source?: { type: string };
    };
    if (!entitlement || !source) continue;
    const { merchantEntitlementId: id } = entitlement;
    const key = JSON.stringify([account.VID, id, source]);
    if (entitlement.active) active.set(key, held(account.VID, id, source.type));
    else active.delete(key);
  }
  return [...active.values()].sort();
}

async function truth(rows: readonly number[]): Promise<Held[]> {
  const reader = post.store.reader(post.merchant);
  const found: Held[] = [];
  for (const row of rows) {
    const account = await reader.findAccount(row);
    for (const one of await reader.listAllEntitlements(row, { after: undefined, limit: 1000 })) {
      if (!isActive(one, post.time.now())) continue;
      found.push(held(account?.VID ?? '', one.merchantEntitlementId, one.source));
    }
  }
  return found.sort();
}

test.each(['1', '2', '3'])('walk %s', async (seed) => {
  const random = new Random(seed);
  let ids = 0;
  const tools = {
    store: post.store,
    timeZone: 'UTC',
    newId: () => (ids += 1).toString(16).padStart(40, '0'),
  };
  await post.endpoint('a', receiver.url);
  const rows: number[] = [];
  for (const name of NAMES) rows.push(await post.account(name));
  const merchant = await post.store.findMerchant('acme');
  if (!merchant) throw new Error('no merchant');
  const loops = createDueLoops(tools);
  const due = async () => {
    const course = { done: false };
    const caughtUp = catchUp(loops, { store: post.store, time: post.time, most: Infinity });
    void caughtUp.then(() => (course.done = true));
    // What falls due waits a moment for calls to be committed with, and time stands still here.
    while (!course.done) await post.pass(20);
    await caughtUp;
  };
  receiver.manner = (response) => response.writeHead(random.below(3) === 0 ? 500 : 204).end();

  const grant = async (row: number, id: string) => {
    const key = { merchantEntitlementId: id, source: 'Account', sourceId: '' } as const;
    await post.store.transact(post.merchant, async (unit) => {
      const before = await unit.findEntitlement(row, key);
      const now = unit.now();
      const start = now - DAY + random.below(2 * DAY);
      const end = random.below(3) === 0 ? undefined : start + random.below(2 * DAY);
      const after = { start, end, description: undefined };
      const work = { actor: 'x', callId: undefined, now, ...tools };
      const change = { accountId: row, ...key, note: undefined, before, after };
      await recordChange(unit, work, { ...change, action: 'grant' });
    });
  };
  const autoBill = (name: string, change: 'make' | 'cancel') => {
    const call = { ...tools, merchant, soapId: tools.newId(), selection: 'all' as const };
    const autobill = { merchantAutoBillId: `${name}-sub` };
    if (change === 'cancel') {
      return cancel({ ...call, input: { autobill, disentitle: true } }).catch(() => undefined);
    }
    const values = {
      ...autobill,
      account: { merchantAccountId: name },
      billingPlan: { merchantBillingPlanId: 'm', merchantEntitlementIds: [{ id: 'support' }] },
      items: [{ product: { merchantProductId: 'p', merchantEntitlementIds: [{ id: 'news' }] } }],
    };
    return update({ ...call, input: { autobill: values } });
  };

  for (let step = 0; step < STEPS; step += 1) {
    const which = random.below(NAMES.length);
    const kind = random.below(6);
    if (kind < 4) await grant(rows[which] ?? 0, random.pick(IDS));
    else await autoBill(NAMES[which] ?? '', kind === 4 ? 'make' : 'cancel');
    await post.pass(random.below(6 * HOUR));
    await due();
  }
  receiver.manner = 204;
  for (let hour = 0; hour < 12; hour += 1) {
    await post.pass(HOUR);
    await due();
  }
  await post.pass(11 * HOUR);
  await due();
  await post.pass();
  const { webhooks, events } = post.store.reader(post.merchant);
  const [endpoint] = await webhooks.list('webhook');
  expect(await webhooks.countWaiting(endpoint?.id ?? 0)).toBe(0);
  const got = new Set(receiver.events.map(({ sequence }) => sequence));
  expect(got.size).toBe(await events.last());
  expect(receiver.received.length).toBeGreaterThan(got.size);
  expect(pictureOf(receiver)).toEqual(await truth(rows));
});
