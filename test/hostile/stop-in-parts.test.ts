/** The cancellation of all AutoBills of an account that has many: in units of work between which others' calls are answered. */
import { MOST_NAMED } from '../../src/cashbox/account/stop-auto-billing';
import { callAccount } from '../harness/soap-call';
import { type Shop, startShop } from '../orders/shop';
import {
  addOwner,
  callBesideOthers,
  commits,
  kindsOf,
  longestUnit,
  named,
  numbered,
  until,
} from './belongings';

/** Statements with which a unit cancels 50 AutoBills that give two entitlements each. */
const MOST_WRITTEN = 700;

/** Far more than the periods that are over. */
const BOUND = new Map([[299, 12]]);

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

const stop = (account: string, more: string) =>
  callAccount(shop.url, 'stopAutoBilling', named('account', account) + more);

const DISENTITLE = '<disentitle>1</disentitle>';
const FORCE = '<force>1</force>';

/** How many AutoBills of an account are cancelled. */
async function cancelled(owner: number): Promise<number> {
  const sql =
    'SELECT count(*) AS n FROM auto_bill WHERE account_id = ? AND cancelled_at IS NOT NULL';
  const [row] = await shop.ask(sql, owner);
  return Number(row?.n);
}

test('each is cancelled as one of few, and others come between', async () => {
  await addOwner(shop, 'few', { autoBills: 3 });
  const huge = await addOwner(shop, 'huge', { autoBills: 300 });
  await shop.newLines();
  expect((await stop('few', DISENTITLE)).returnString).toBe('OK');
  const few = (await shop.newLines()).map((line) => line.replaceAll('few', 'huge'));
  const { reply, first } = await callBesideOthers(shop, () => stop('huge', DISENTITLE));
  expect([reply.returnString, first]).toEqual(['OK', 'other']);
  expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
  const lines = await shop.newLines();
  expect(kindsOf(lines, 'huge')).toEqual(kindsOf(few, 'huge'));
  expect([lines.length, await cancelled(huge)]).toEqual([600, 300]);
});

test('one at the end that is bound: none is cancelled', async () => {
  const huge = await addOwner(shop, 'huge', { autoBills: 300 }, BOUND);
  await shop.newLines();
  expect((await stop('huge', DISENTITLE)).returnString).toBe(
    'Unable to cancel AutoBill: its minimum commitment runs until 2025-06-01T00:00:00-07:00, and force is not set.',
  );
  expect([await shop.newLines(), await cancelled(huge)]).toEqual([[], 0]);
});

test('one at the end that is bound: with force all are cancelled', async () => {
  const huge = await addOwner(shop, 'huge', { autoBills: 300 }, BOUND);
  const { reply, first } = await callBesideOthers(shop, () => stop('huge', DISENTITLE + FORCE));
  expect([reply.returnString, first]).toEqual(['OK', 'other']);
  expect(await cancelled(huge)).toBe(300);
});

describe('many that are named', () => {
  const one = (n: number) =>
    `<autobills><merchantAutoBillId>${numbered('huge', n)}</merchantAutoBillId></autobills>`;
  const all = Array.from({ length: 300 }, (_, n) => one(n)).join('');

  test('each is cancelled, and others come between', async () => {
    const huge = await addOwner(shop, 'huge', { autoBills: 301 });
    const { reply, first } = await callBesideOthers(shop, () => stop('huge', all + DISENTITLE));
    expect([reply.returnString, first]).toEqual(['OK', 'other']);
    expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
    expect(await cancelled(huge)).toBe(300);
    expect((await stop('huge', all + all)).returnString).toBe('OK');
  });

  test.each([
    ['bound', '', /^Unable to cancel AutoBill: its minimum commitment runs/],
    ['not there', one(999), /^Unable to load AutoBill: {2}\.$/],
    ['of another account', one(1).replace('huge', 'few'), /^Unable to load AutoBill: {2}\.$/],
  ])('one that is %s refuses all', async (_, more, refusal) => {
    await addOwner(shop, 'few', { autoBills: 2 });
    const huge = await addOwner(shop, 'huge', { autoBills: 300 }, more ? new Map() : BOUND);
    expect((await stop('huge', all + more)).returnString).toMatch(refusal);
    expect(await cancelled(huge)).toBe(0);
  });
});

test('one that becomes bound meanwhile is refused in its turn, and what came before stays', async () => {
  const huge = await addOwner(shop, 'huge', { autoBills: 300 });
  shop.statements.length = 0;
  const stopping = stop('huge', '');
  await until(() => commits(shop) > 0, stopping);
  await shop.operate(async (unit) => {
    const last = await unit.autoBills.findByMerchantAutoBillId(numbered('huge', 299));
    if (!last) throw new Error('there is no such AutoBill');
    await unit.autoBills.update({ ...last, values: { ...last.values, minimumCommitment: 12 } });
  });
  expect((await stopping).returnString).toMatch(
    /^Unable to cancel AutoBill: its minimum commitment runs/,
  );
  expect(await cancelled(huge)).toBe(250);
});

test('few are cancelled in one unit, and of many that are named none is looked up', async () => {
  const some = await addOwner(shop, 'some', { autoBills: 100 });
  shop.statements.length = 0;
  expect((await stop('some', '')).returnString).toBe('OK');
  expect([commits(shop), await cancelled(some)]).toEqual([1, 100]);
  const one = `<autobills><merchantAutoBillId>${numbered('some', 0)}</merchantAutoBillId></autobills>`;
  shop.statements.length = 0;
  expect((await stop('some', one.repeat(MOST_NAMED + 1))).returnString).toBe(
    'autobills: there may be 1000 at most.',
  );
  expect(shop.statements.filter((sql) => sql.includes('auto_bill'))).toEqual([]);
  expect((await stop('some', one.repeat(MOST_NAMED))).returnString).toBe('OK');
});
