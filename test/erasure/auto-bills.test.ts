/** The erasure of an account with more AutoBills than one unit of work changes, and what comes meanwhile. */
import { recordDue } from '../../src/ledger/record-due';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { ErasureShop } from './erasure-shop';
import { FORMER, ID, makePerson } from './person';

/** More than are done at once. */
const MANY = 210;
const AT_ONCE = 200;

let shop: ErasureShop;

beforeEach(async () => {
  shop = new ErasureShop();
  await shop.start();
  await makePerson(shop.server);
});
afterEach(() => shop.stop());

async function must(reply: Promise<{ returnCode: string | undefined; body: string }>) {
  const { returnCode, body } = await reply;
  expect([returnCode, body]).toEqual(['200', body]);
}

const named = (id: string, element: string) =>
  `<${element}><merchantAccountId>${id}</merchantAccountId></${element}>`;
const pair = (name: string, value: string) =>
  `<nameValues><name>${name}</name><value>${value}</value></nameValues>`;

const update = (parts: string) =>
  must(callService('AutoBill', shop.server.url, 'update', `<autobill>${parts}</autobill>`));

async function addAutoBills(account: string, name: string, plan = 'monthly'): Promise<void> {
  for (let n = 0; n < MANY; n += 1) {
    await update(
      `<merchantAutoBillId>${name}-${n}</merchantAutoBillId>${named(account, 'account')}` +
        `<billingPlan><merchantBillingPlanId>${plan}</merchantBillingPlanId></billingPlan>` +
        '<items><product><merchantProductId>news</merchantProductId></product></items>' +
        pair('for', name),
    );
  }
}

/** Finds one that is left to the background. */
async function findLast(account: string): Promise<string> {
  const reader = shop.server.store.reader(1);
  const { id = 0 } = (await reader.findAccountByVid(account)) ?? {};
  const all = await reader.autoBills.listByAccount(id, { after: 0, limit: 999 });
  return all.at(-1)?.VID ?? '';
}

const transfer = (from: string, to: string) =>
  must(
    callAccount(
      shop.server.url,
      'transfer',
      named(to, 'targetAccount') + named(from, 'sourceAccount'),
    ),
  );

async function works(): Promise<unknown> {
  return (await shop.server.call('GET', '/work')).body;
}

test('they are done in batches, and nothing is finished before the last', async () => {
  await addAutoBills(ID, 'zanzibar');
  shop.server.statements.length = 0;
  const { VID } = await shop.erase(ID);
  const changed = shop.server.statements.filter((sql) => sql.startsWith('UPDATE auto_bill SET'));
  expect(changed).toHaveLength(AT_ONCE);
  expect(await works()).toMatchObject([
    { kind: 'erasure of AutoBills', done: AT_ONCE, total: MANY + 1 },
  ]);
  expect(await shop.server.store.erasures.nextUnfinished()).toBeUndefined();
  await shop.finish();
  expect(shop.marked()).toEqual([]);
  expect(shop.findings()).toEqual([]);
  const { erasures } = await shop.erase(VID);
  expect(erasures[0]).toHaveProperty('finishedAt');
});

test('one that is changed meanwhile is erased before, and keeps what is said of it then', async () => {
  await addAutoBills(ID, 'zanzibar');
  const { VID } = await shop.erase(ID);
  const last = await findLast(VID);
  await update(`<VID>${last}</VID>${pair('seat', 'window')}`);
  const read = async () =>
    (await shop.server.store.reader(1).autoBills.findByVid(last))?.values.nameValues;
  expect(await read()).toEqual([{ name: 'seat', value: 'window' }]);
  await shop.finish();
  expect(await read()).toEqual([{ name: 'seat', value: 'window' }]);
  expect(shop.marked()).toEqual([]);
});

test('those that are transferred meanwhile are erased before', async () => {
  await addAutoBills(ID, 'zanzibar');
  const { merchantAccountId = '' } = await shop.erase(ID);
  await must(callAccount(shop.server.url, 'update', named('heir', 'account')));
  await transfer(merchantAccountId, 'heir');
  await shop.finish();
  expect(shop.marked()).toEqual([]);
});

test('what time alone did to them meanwhile is erased again', async () => {
  const plan =
    '<merchantBillingPlanId>short</merchantBillingPlanId>' +
    '<periods><type>Month</type><quantity>1</quantity><cycles>1</cycles></periods>';
  await must(
    callService('BillingPlan', shop.server.url, 'update', `<billingPlan>${plan}</billingPlan>`),
  );
  await addAutoBills(ID, 'zanzibar', 'short');
  await shop.erase(ID);
  shop.server.setNow(NOW + 100 * 86_400_000);
  const due = () => shop.server.store.transact(1, (unit) => recordDue(unit, 'UTC'));
  while (!(await due()));
  const ended = shop.marked().filter(([place]) => place === 'event.document');
  expect(ended.length).toBeGreaterThan(0);
  await shop.finish();
  expect(shop.marked()).toEqual([]);
});

test('AutoBills of the account that got them name the former owner by the pseudonym', async () => {
  await addAutoBills(FORMER, 'f');
  await transfer(FORMER, ID);
  const { VID } = await shop.erase(FORMER);
  expect(await works()).toMatchObject([{ kind: 'erasure of owners', done: AT_ONCE }]);
  await shop.finish();
  expect(shop.texts().filter(([, text]) => text.includes(FORMER))).toEqual([]);
  const pseudonyms = shop
    .texts()
    .filter(([place, text]) => place === 'auto_bill.document' && text.includes(`erased-${VID}`));
  expect(pseudonyms).toHaveLength(MANY);
});
