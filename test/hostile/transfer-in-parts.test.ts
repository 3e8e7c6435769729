/** A transfer of any number of belongings: in units of work between which others' calls are answered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '../../src/store/sqlite/check';
import { NOW, testOnSqlite } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { type Shop, startShop } from '../orders/shop';
import { vidOf } from '../store-suite/subject';
import {
  addOwner,
  type Belongings,
  callBesideOthers,
  commits,
  kindsOf,
  longestUnit,
  named,
  numbered,
  until,
} from './belongings';

const FEW: Belongings = { grants: 2, ended: 2, autoBills: 2, orders: 2, children: 2 };
const MANY: Belongings = { grants: 3000, ended: 20, autoBills: 300, orders: 150, children: 300 };

/** Statements with which a unit moves 250 entitlements or 100 orders, with room for some more. */
const MOST_WRITTEN = 1200;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

const transfer = (source: string, target: string) =>
  callAccount(
    shop.url,
    'transfer',
    named('targetAccount', target) + named('sourceAccount', source),
  );

const addAccount = (name: string, more = '') =>
  callAccount(
    shop.url,
    'update',
    `<account><merchantAccountId>${name}</merchantAccountId>${more}</account>`,
  );

const nameValues = (from: number, count: number) =>
  Array.from(
    { length: count },
    (_, n) => `<nameValues><name>n${from + n}</name><value>v</value></nameValues>`,
  ).join('');

/** How many of each an account has now; its children by the name that they give. */
async function countsOf(account: string): Promise<Record<string, number>> {
  const all = {
    entitlements: 'SELECT count(*) AS n FROM entitlement WHERE account_id = a.id',
    open: 'SELECT count(*) AS n FROM entitlement WHERE account_id = a.id AND end_at IS NULL',
    autoBills: 'SELECT count(*) AS n FROM auto_bill WHERE account_id = a.id',
    orders: 'SELECT count(*) AS n FROM customer_order WHERE account_id = a.id',
    lines: 'SELECT count(*) AS n FROM order_line WHERE account_id = a.id',
    children:
      'SELECT count(*) AS n FROM account AS c WHERE c.parent_merchant_account_id = a.merchant_account_id',
  };
  const columns = Object.entries(all).map(([name, sql]) => `(${sql}) AS "${name}"`);
  const sql = `SELECT ${columns.join(', ')} FROM account AS a WHERE merchant_account_id = ?`;
  const [row = {}] = await shop.ask(sql, account);
  return Object.fromEntries(Object.entries(row).map(([name, n]) => [name, Number(n)]));
}

const MOVED = {
  ...{ entitlements: 3020 + 600 + 300, open: 3000 + 600 + 300 },
  ...{ autoBills: 300, orders: 150, lines: 150, children: 300 },
};
const NONE = { open: 0, autoBills: 0, orders: 0, lines: 0, children: 0 };

test('each is moved as it is of an account with little, and others come between', async () => {
  await addOwner(shop, 'few', FEW);
  await addOwner(shop, 'huge', MANY);
  for (const name of ['heir', 'heiress']) await addAccount(name);
  await shop.newLines();
  expect((await transfer('few', 'heir')).returnString).toBe('OK');
  const few = (await shop.newLines()).map((line) => line.replaceAll('few', 'huge'));
  const { reply, first } = await callBesideOthers(shop, () => transfer('huge', 'heiress'));
  expect([reply.returnString, first]).toEqual(['OK', 'other']);
  expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
  const lines = (await shop.newLines()).map((line) => line.replaceAll('heiress', 'heir'));
  expect(kindsOf(lines, 'huge')).toEqual(kindsOf(few, 'huge'));
  expect(lines).toHaveLength(2 * MOVED.open + 20);
  expect(await countsOf('heiress')).toEqual(MOVED);
  expect(await countsOf('huge')).toMatchObject(NONE);
  const types = 'SELECT count(*) AS n FROM event WHERE type = ?';
  const modified = await shop.ask(types, 'autobill.modified');
  expect(modified.map(({ n }) => Number(n))).toEqual([300 + 2]);
});

test('the answer is that of a transfer in one unit', async () => {
  await addOwner(shop, 'huge', { grants: 1001 });
  await addAccount('heir');
  shop.statements.length = 0;
  const { body, returnString } = await transfer('huge', 'heir');
  expect(returnString).toBe('OK');
  expect(commits(shop)).toBeGreaterThan(4);
  expect(body.match(/<merchantEntitlementId[^>]*>granted-\d+</g)).toHaveLength(1001);
  expect(body.match(/<active[^>]*>1</g)).toHaveLength(1001);
});

test('what is not much is moved in one unit', async () => {
  await addOwner(shop, 'some', { grants: 300, autoBills: 100, orders: 250, children: 100 });
  await addAccount('heir');
  shop.statements.length = 0;
  expect((await transfer('some', 'heir')).returnString).toBe('OK');
  expect(commits(shop)).toBe(1);
});

test('what changes while parts are done is moved, too, and an AutoBill finds what it gave', async () => {
  const huge = await addOwner(shop, 'huge', MANY);
  await addAccount('heir');
  shop.statements.length = 0;
  const all = transfer('huge', 'heir');
  await until(() => commits(shop) > 0, all);
  const cancelled = await callService(
    'AutoBill',
    shop.url,
    'cancel',
    `<autobill><merchantAutoBillId>${numbered('huge', 0)}</merchantAutoBillId></autobill>` +
      '<disentitle>1</disentitle>',
  );
  expect(cancelled.returnString).toBe('OK');
  await until(() => shop.statements.some((sql) => sql.includes("'granted-0100'")), all);
  const again = await callAccount(
    shop.url,
    'grantEntitlement',
    `${named('account', 'huge')}<entitlement><merchantEntitlementId>granted-0000</merchantEntitlementId></entitlement>`,
  );
  expect(again.returnString).toBe('OK');
  expect((await all).returnString).toBe('OK');
  const sql =
    'SELECT action, merchant_entitlement_id AS of FROM ledger WHERE account_id = ? ORDER BY id';
  const lines = (await shop.ask(sql, huge)).map(
    ({ action, of }) => `${String(action)} ${String(of)}`,
  );
  const granted = lines.lastIndexOf('grant granted-0000');
  expect(granted).toBeGreaterThan(lines.indexOf('transfer granted-0000'));
  expect(granted).toBeLessThan(lines.indexOf('transfer granted-2999'));
  expect(await countsOf('huge')).toMatchObject(NONE);
  expect(await countsOf('heir')).toMatchObject({ ...MOVED, open: MOVED.open - 2 });
});

test('a refusal comes before any part', async () => {
  await addOwner(shop, 'huge', { children: 300, autoBills: 300 });
  await addAccount('parent');
  await addAccount('heir', '<parentMerchantAccountId>parent</parentMerchantAccountId>');
  await shop.newLines();
  const before = await countsOf('huge');
  const reasons = ['the source has children and the target is a child itself'];
  expect((await transfer('huge', 'heir')).returnString).toBe(
    `Account transfer failed: ${reasons[0]}.`,
  );
  await addAccount('huge', nameValues(0, 600));
  await addAccount('named', nameValues(600, 600));
  expect((await transfer('huge', 'named')).returnString).toBe(
    'Account transfer failed: together they have more than 1000 nameValues.',
  );
  expect(await shop.newLines()).toEqual([]);
  expect(await countsOf('huge')).toEqual(before);
});

test('one that is refused midway stops, and goes on when it is repeated', async () => {
  await addOwner(shop, 'few', FEW);
  await addOwner(shop, 'huge', MANY);
  await addAccount('huge', nameValues(0, 600));
  for (const name of ['heir', 'heiress']) await addAccount(name);
  await shop.newLines();
  expect((await transfer('few', 'heir')).returnString).toBe('OK');
  const few = (await shop.newLines()).map((line) => line.replaceAll('few', 'huge'));
  shop.statements.length = 0;
  const cutOff = transfer('huge', 'heiress');
  await until(() => commits(shop) > 0, cutOff);
  await addAccount('heiress', nameValues(600, 600));
  expect((await cutOff).returnString).toBe(
    'Account transfer failed: together they have more than 1000 nameValues.',
  );
  const [kept, moved] = [await countsOf('huge'), await countsOf('heiress')];
  for (const key of ['open', 'autoBills', 'orders', 'children'] as const) {
    expect((kept[key] ?? 0) + (moved[key] ?? 0)).toBe(MOVED[key]);
  }
  expect(kept.autoBills).toBeGreaterThan(0);
  await shop.operate(async (unit) => {
    const heiress = await unit.findAccountByMerchantAccountId('heiress');
    for (let n = 600; n < 1200; n += 1) await unit.deleteNameValue(heiress?.id ?? 0, `n${n}`);
  });
  expect((await transfer('huge', 'heiress')).returnString).toBe('OK');
  const lines = (await shop.newLines()).map((line) => line.replaceAll('heiress', 'heir'));
  expect(kindsOf(lines, 'huge')).toEqual(kindsOf(few, 'huge'));
  expect(lines).toHaveLength(2 * MOVED.open + 20);
  expect(await countsOf('heiress')).toEqual(MOVED);
});

testOnSqlite('`latchkey check` finds nothing wrong with what was moved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-transfer-'));
  try {
    const database = join(folder, 'latchkey.db');
    await shop.stop();
    shop = await startShop({ database });
    await addOwner(shop, 'huge', MANY);
    await addAccount('heir');
    expect((await transfer('huge', 'heir')).returnString).toBe('OK');
    await shop.stop();
    const found: string[] = [];
    checkDatabase(database, ({ kind, text }) => found.push(`${kind}: ${text}`));
    expect(found).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('children of one that is called as the target is are children of both: the transfer ends', async () => {
  const vid = vidOf('nameless');
  await shop.operate(async (unit) => {
    await unit.insertAccount({ VID: vid }, NOW);
    await unit.insertAccount({ VID: vidOf('b'), merchantAccountId: vid }, NOW);
    for (let n = 0; n < 150; n += 1) {
      await unit.insertAccount({ VID: vidOf(`k${n}`), parentMerchantAccountId: vid }, NOW);
    }
  });
  const byVid = (part: string, VID: string) => `<${part}><VID>${VID}</VID></${part}>`;
  const names = byVid('targetAccount', vid) + byVid('sourceAccount', vidOf('b'));
  expect(await callAccount(shop.url, 'transfer', names)).toMatchObject({ returnCode: '200' });
  const { body } = await callAccount(shop.url, 'fetchFamily', byVid('account', vid));
  expect(body.match(/<parentMerchantAccountId/g)).toHaveLength(150);
});
