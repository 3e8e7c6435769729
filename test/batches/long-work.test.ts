/** Work on many rows: batches, order, and what calls see meanwhile. */
import { WORK_KINDS } from '../../src/background/loops';
import { carryOn } from '../../src/batches/long-work';
import type { LedgerRow } from '../../src/store/store';
import { collect } from '../harness/collect';
import { SEED } from '../harness/seed';
import { USER, callService } from '../harness/soap-call';
import { startRestServer, type RestServer } from '../orders/rest';

const ZONE = 'America/Los_Angeles';
const MANY = 80;

let server: RestServer;
let merchantId: number;

beforeEach(async () => {
  server = await startRestServer({ merchants: SEED });
  merchantId = (await server.store.findMerchant(USER.login))?.id ?? 0;
});

afterEach(() => server.stop());

async function call(service: string, operation: string, parts: string, returnCode = '200') {
  const reply = await callService(service, server.url, operation, parts);
  expect([reply.returnCode, reply.returnString]).toEqual([returnCode, expect.anything()]);
  return reply;
}

const product = (...ids: string[]) =>
  '<product><merchantProductId>news</merchantProductId>' +
  ids.map((id) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`).join('') +
  '</product>';

const plan = (periods: string) =>
  `<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId>${periods}</billingPlan>`;

const MONTHS = (cycles: number) =>
  `<periods><type>Month</type><quantity>1</quantity><cycles>${cycles}</cycles></periods>`;

const account = (name: string) =>
  `<account><merchantAccountId>${name}</merchantAccountId></account>`;

const autoBill = (name: string) =>
  `<autobill><merchantAutoBillId>${name}</merchantAutoBillId></autobill>`;

/** Starts many AutoBills of one product and one plan, each of an account of its own. */
async function subscribe(count = MANY): Promise<void> {
  await call('Product', 'update', product('news'));
  await call('BillingPlan', 'update', plan(MONTHS(0)));
  for (let index = 0; index < count; index += 1) {
    await call(
      'AutoBill',
      'update',
      `<autobill><merchantAutoBillId>b${index}</merchantAutoBillId>${account(`a${index}`)}` +
        '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
        '<items><product><merchantProductId>news</merchantProductId></product></items></autobill>',
    );
  }
}

/** One batch of all that is unfinished, as the background does it. @returns whether any was */
async function batch(): Promise<boolean> {
  const next = await server.store.longWork.next(0);
  if (!next) return false;
  const tools = { timeZone: ZONE, newId: () => 'x'.repeat(40) };
  await server.store.transact(next.merchantId, (unit) => carryOn(unit, tools, WORK_KINDS, next.id));
  return true;
}

async function finish(): Promise<number> {
  let batches = 0;
  while (await batch()) batches += 1;
  return batches;
}

const lines = (id: string): Promise<LedgerRow[]> =>
  collect(server.store.listLedger({})).then((rows) =>
    rows.filter(({ merchantEntitlementId }) => merchantEntitlementId === id),
  );

const works = async () => {
  const found = await server.store.longWork.list(merchantId, { after: 0, limit: 9 });
  return found.map(({ kind, name, done, total }) => `${kind} ${name}: ${done} of ${total}`);
};

async function isEntitled(name: string, id: string): Promise<boolean> {
  const parts = `${account(name)}<merchantEntitlementId>${id}</merchantEntitlementId>`;
  return /<entitled[^>]*>1</.test((await call('Account', 'isEntitled', parts)).body);
}

describe('a product that many AutoBills have', () => {
  beforeEach(() => subscribe());

  test('gets an id: the call does a batch, the background the others, each visit once', async () => {
    await call('Product', 'update', product('news', 'vault'));
    expect(await works()).toEqual([`product news: 50 of ${MANY}`]);
    expect(await lines('vault')).toHaveLength(50);
    expect(await server.call('GET', '/work')).toMatchObject({
      body: [{ kind: 'product', name: 'news', actor: USER.login, done: 50, total: MANY }],
    });
    expect(await finish()).toBe(1);
    const granted = await lines('vault');
    expect(new Set(granted.map(({ merchantAccountId: id }) => id)).size).toBe(MANY);
    expect(granted).toHaveLength(MANY);
    // All are the call's, whoever has carried them out.
    expect(new Set(granted.map(({ soapId, actor }) => `${actor} ${soapId}`)).size).toBe(1);
    expect(await works()).toEqual([]);
  });

  test('what access is, is what the ledger says: eventually, one AutoBill after the other', async () => {
    await call('Product', 'update', product('news', 'vault'));
    expect([await isEntitled('a0', 'vault'), await isEntitled('a79', 'vault')]).toEqual([
      true,
      false,
    ]);
    await finish();
    expect(await isEntitled('a79', 'vault')).toBe(true);
  });

  test('a call that changes an AutoBill does its share first, as the earlier call', async () => {
    await call('Product', 'update', product('news', 'vault'));
    const [first] = await lines('vault');
    const cancel = `${autoBill('b79')}<disentitle>1</disentitle>`;
    await call('AutoBill', 'cancel', cancel);
    const own = (await lines('vault')).filter(
      ({ merchantAccountId }) => merchantAccountId === 'a79',
    );
    expect(own.map(({ action }) => action)).toEqual(['grant', 'revoke']);
    expect(own[0]?.soapId).toBe(first?.soapId);
    expect(own[1]?.soapId).not.toBe(first?.soapId);
    expect(await works()).toEqual([`product news: 51 of ${MANY}`]);
    await finish();
    expect(await lines('vault')).toHaveLength(MANY + 1);
  });

  test('changed again meanwhile: what is left is visited once, and goes on as the later call', async () => {
    await call('Product', 'update', product('news', 'vault'));
    await call('Product', 'update', product('news', 'games'));
    expect(await works()).toEqual([`product news: 0 of ${MANY}`]);
    await finish();
    expect((await lines('vault')).map(({ action }) => action)).toEqual([
      ...Array<string>(50).fill('grant'),
      ...Array<string>(50).fill('revoke'),
    ]);
    const games = await lines('games');
    expect(games).toHaveLength(MANY);
    expect(new Set(games.map(({ soapId }) => soapId)).size).toBe(1);
  });

  test('a change with every batch starves no AutoBill', async () => {
    let last = '';
    for (let round = 0; round < 8; round += 1) {
      last = `id${round}`;
      await call('Product', 'update', product('news', last));
      await batch();
    }
    const visited = new Set<string | undefined>();
    for (let round = 0; round < 8; round += 1) {
      for (const { merchantAccountId } of await lines(`id${round}`)) visited.add(merchantAccountId);
    }
    expect(visited.size).toBe(MANY);
    await finish();
    expect(await isEntitled('a0', last)).toBe(true);
    expect(await isEntitled('a79', last)).toBe(true);
  });

  test('a plan: each AutoBill goes from the plan that it followed last, with one event of it', async () => {
    await call('BillingPlan', 'update', plan(MONTHS(6)));
    await call('BillingPlan', 'update', plan(MONTHS(12)));
    await call('AutoBill', 'delayBillingByDays', `${autoBill('b79')}<delayDays>3</delayDays>`);
    await finish();
    const counts = await server.ask(
      "SELECT count(*) AS events FROM auto_bill_event WHERE type = 'END_DATE_CHANGE' GROUP BY auto_bill_id ORDER BY auto_bill_id",
    );
    // The first twenty followed both changes, the others both at once.
    expect(counts.map(({ events }) => events)).toEqual([
      ...Array<number>(20).fill(2),
      ...Array<number>(60).fill(1),
    ]);
  });
});

test('few AutoBills follow within the call, and no work is left', async () => {
  await subscribe(5);
  await call('Product', 'update', product('news', 'vault'));
  expect(await lines('vault')).toHaveLength(5);
  expect(await works()).toEqual([]);
});
