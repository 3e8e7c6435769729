/** Parts of the catalogue that the wire doesn't show: reads, kept values, durability. */
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callService } from '../harness/soap-call';
import { find, textOf } from '../harness/xml';
import { parseXml } from '../../src/soap/parser';

const NEWS = '<merchantProductId>news</merchantProductId>';
const MONTHLY = '<merchantBillingPlanId>monthly</merchantBillingPlanId>';
const PRODUCT =
  `<product>${NEWS}<status>Active</status>` +
  `<defaultBillingPlan>${MONTHLY}</defaultBillingPlan>` +
  '<merchantEntitlementIds><id>archive</id></merchantEntitlementIds></product>';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ merchants: SEED });
});

afterEach(() => server.stop());

async function call(service: string, operation: string, parts: string, returnCode = '200') {
  server.statements.length = 0;
  const reply = await callService(service, server.url, operation, parts);
  expect(reply.returnCode).toBe(returnCode);
  return reply;
}

/** The tables of the catalogue that the last call read. */
function tablesRead(): string[] {
  const selects = server.statements.filter((sql) => /^\s*SELECT/.test(sql));
  return ['product', 'billing_plan'].filter((table) =>
    selects.some((sql) => new RegExp(`FROM ${table}\\s`).test(sql)),
  );
}

const rowsOf = (table: string) => server.database.prepare(`SELECT * FROM ${table}`).all();

const TABLES = ['product', 'product_entitlement', 'billing_plan', 'billing_plan_entitlement'];

describe('srd', () => {
  beforeEach(() => call('Product', 'update', PRODUCT));

  test.each([
    ['', ['product', 'billing_plan']],
    ['{"product":["status"]}', ['product']],
    ['{"product":{"defaultBillingPlan":["status"]}}', ['product', 'billing_plan']],
    ['{"return":true}', ['product']],
  ])('a product fetched with %p: %p are read', async (srd, tables) => {
    await call('Product', 'fetchByMerchantProductId', `<srd>${srd}</srd>${NEWS}`);
    expect(tablesRead()).toEqual(tables);
  });

  test.each(['Product', 'BillingPlan'])(
    '%s.fetchAll that wants no list reads none',
    async (name) => {
      await call(name, 'fetchAll', '<srd>{"return":true}</srd>');
      expect(tablesRead()).toEqual([]);
    },
  );
});

test('a refused update keeps nothing, not even the plan that it had created', async () => {
  const parts = `${PRODUCT.replace('</product>', '')}<bundledProducts>
    <merchantProductId>none</merchantProductId></bundledProducts></product>`;
  await call('Product', 'update', parts, '400');
  expect(TABLES.flatMap(rowsOf)).toEqual([]);
});

test('payment data and credit are not kept', async () => {
  const credit =
    '<creditGranted><currencyAmounts><amount>77.77</amount></currencyAmounts></creditGranted>';
  await call('Product', 'update', PRODUCT.replace('</product>', `${credit}</product>`));
  expect(rowsOf('product')).toHaveLength(1);
  expect(JSON.stringify(TABLES.flatMap(rowsOf))).not.toContain('77.77');
});

test('what a product entitles to is found again when it is changed', async () => {
  const entitlements = () => rowsOf('product_entitlement');
  await call('Product', 'update', PRODUCT);
  expect(entitlements()).toMatchObject([{ merchant_entitlement_id: 'archive' }]);
  await call('Product', 'update', PRODUCT.replace('archive', 'lab'));
  expect(entitlements()).toMatchObject([{ merchant_entitlement_id: 'lab' }]);
  // Not given: it stays.
  await call('Product', 'update', `<product>${NEWS}</product>`);
  expect(entitlements()).toMatchObject([{ merchant_entitlement_id: 'lab' }]);
});

test('a long catalogue is read page by page, each offer once, also after a failed change', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `plan-${index}`);
  for (const name of names) {
    const plan = `<merchantBillingPlanId>${name}</merchantBillingPlanId>`;
    await call('BillingPlan', 'update', `<billingPlan>${plan}</billingPlan>`);
  }
  const pages: string[][] = [];
  for (let page = 0; page < 4; page++) {
    const parts = `<page>${page}</page><pageSize>10</pageSize>`;
    const { body } = await call('BillingPlan', 'fetchAll', parts, page < 3 ? '200' : '404');
    const plans = find(parseXml(body), 'fetchAllResponse')?.children ?? [];
    pages.push(
      plans
        .filter(({ name }) => name === 'billingPlans')
        .map(({ children }) => children.find(({ name }) => name === 'merchantBillingPlanId'))
        .map((element) => element?.text ?? ''),
    );
    await call('Product', 'update', '<product><VID>none</VID></product>', '404');
  }
  expect(pages.map(({ length }) => length)).toEqual([10, 10, 5, 0]);
  expect(pages.flat()).toEqual(names);
});

test('a database that fails → 500 in plain words, and nothing is kept', async () => {
  server.database.exec(
    `CREATE TRIGGER frozen BEFORE INSERT ON product_entitlement
     BEGIN SELECT RAISE(ABORT, 'the catalogue is frozen'); END;`,
  );
  const reply = await call('Product', 'update', PRODUCT, '500');
  expect(textOf(reply.body, 'returnString')).toBe('The store failed: the catalogue is frozen.');
  expect(TABLES.flatMap(rowsOf)).toEqual([]);
});
