/** The new name of an account that has very many children: they follow it in several units of work. */
import { WORK_KINDS } from '../../src/background/loops';
import { carryOn } from '../../src/batches/long-work';
import { vidOf } from '../store-suite/subject';
import { callAccount } from '../harness/soap-call';
import { pathOf } from '../erasure/erasure-shop';
import { renameParent } from '../../src/ledger/rename-parent';
import { NOW } from '../harness/server';
import { ADMIN_KEY } from '../orders/rest';
import { OPERATORS_WORK, type Shop, startShop } from '../orders/shop';
import { addOwner, callBesideOthers, commits, longestUnit, named, until } from './belongings';

const MANY = 4200;

/** Statements with which a unit gives 200 children another parent. */
const MOST_WRITTEN = 1000;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  // Until the first reply of a kind is known to be small, others of its kind wait for it.
  await callAccount(shop.url, 'update', named('account', 'first'));
});

afterEach(() => shop.stop());

/** Renames the account that was made under a name. */
const rename = (made: string, to: string) =>
  callAccount(
    shop.url,
    'update',
    `<account><merchantAccountId>${to}</merchantAccountId><VID>${vidOf(made)}</VID></account>`,
  );

/** How many accounts name one as their parent. */
async function childrenOf(parent: string): Promise<number> {
  const sql = 'SELECT count(*) AS n FROM account WHERE parent_merchant_account_id = ?';
  const [row] = await shop.ask(sql, parent);
  return Number(row?.n);
}

test('all have followed when it is answered, and others come between', async () => {
  await addOwner(shop, 'huge', { children: MANY });
  const { reply, first } = await callBesideOthers(shop, () => rename('huge', 'giant'));
  expect([reply.returnString, first]).toEqual(['OK', 'other']);
  expect(longestUnit(shop)).toBeLessThan(MOST_WRITTEN);
  expect([await childrenOf('huge'), await childrenOf('giant')]).toEqual([0, MANY]);
});

test('few follow in the unit of the call', async () => {
  await addOwner(shop, 'small', { children: 150 });
  shop.statements.length = 0;
  await rename('small', 'little');
  expect([commits(shop), await childrenOf('little')]).toEqual([1, 150]);
});

test('two new names at once: all have the second', async () => {
  await addOwner(shop, 'huge', { children: MANY });
  shop.statements.length = 0;
  const first = rename('huge', 'giant');
  await until(() => commits(shop) > 0, first);
  const replies = await Promise.all([first, rename('huge', 'titan')]);
  expect(replies.map(({ returnString }) => returnString)).toEqual(['OK', 'OK']);
  expect([await childrenOf('giant'), await childrenOf('titan')]).toEqual([0, MANY]);
});

test('one whose server ended midway: a transfer takes all of them', async () => {
  const huge = await addOwner(shop, 'huge', { children: 300 });
  await addOwner(shop, 'taker', {});
  await shop.operate(async (unit) => {
    await unit.updateAccount(huge, { merchantAccountId: 'giant' }, NOW);
    const account = await unit.findAccount(huge);
    if (!account) throw new Error('it is gone');
    await renameParent(unit, OPERATORS_WORK, account, { from: 'huge', to: 'giant' });
  });
  expect([await childrenOf('huge'), await childrenOf('giant')]).toEqual([100, 200]);
  const parts = named('targetAccount', 'taker') + named('sourceAccount', 'giant');
  expect((await callAccount(shop.url, 'transfer', parts)).returnString).toBe('OK');
  expect(await childrenOf('taker')).toBe(300);
});

test('an erasure meanwhile leaves none with the name', async () => {
  await addOwner(shop, 'other-parent', { children: MANY });
  await shop.post('/users/grant-user-offer-by-mail', {
    firstname: 'Ada',
    name: 'Lee',
    email: 'other-parent@example.com',
    grantOffer: 'course',
  });
  shop.statements.length = 0;
  const again = rename('other-parent', 'Ada Lee');
  await until(() => commits(shop) > 0, again);
  const path = pathOf(vidOf('other-parent'));
  expect((await shop.call('DELETE', path, { key: ADMIN_KEY })).status).toBe(200);
  await again;
  for (;;) {
    const next = await shop.store.longWork.next(0);
    if (!next) break;
    await shop.store.transact(next.merchantId, (unit) =>
      carryOn(unit, OPERATORS_WORK, WORK_KINDS, next.id),
    );
  }
  expect([await childrenOf('other-parent'), await childrenOf('Ada Lee')]).toEqual([0, 0]);
});
