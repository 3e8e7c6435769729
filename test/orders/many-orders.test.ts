/** One user with many orders: what an offer's change and the user's deletion leave to the background. */
import { WORK_KINDS } from '../../src/background/loops';
import { carryOn } from '../../src/batches/long-work';
import { changeOffer } from '../../src/orders/change-offer';
import { grant, OPERATORS_WORK, type Shop, startShop } from './shop';

const MANY = 130;

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
  for (let order = 0; order < MANY; order += 1) await grant(shop, `o${order}`);
  await shop.newLines();
});

afterEach(() => shop.stop());

async function finish(): Promise<void> {
  for (;;) {
    const next = await shop.store.longWork.next(0);
    if (!next) return;
    await shop.operate((unit) => carryOn(unit, OPERATORS_WORK, WORK_KINDS, next.id));
  }
}

const unfinished = async () => {
  const works = (await shop.call('GET', '/work')).body as Array<Record<string, unknown>>;
  return works.map(({ kind, done, total }) => [kind, done, total]);
};

test('an offer gets another id: each order follows once', async () => {
  const change = { offerId: 'course', merchantEntitlementIds: ['lessons', 'videos', 'chat'] };
  await shop.operate((unit) => changeOffer(unit, OPERATORS_WORK, change));
  expect(await unfinished()).toEqual([['offer', 100, MANY]]);
  // A call that changes one does its share first.
  await shop.post('/orders/o129/revoke', { reason: 'refunded' });
  const [share = '', ...revoked] = (await shop.newLines()).slice(100);
  expect(share).toMatch(/grant chat by Order o129, operator \(offer_changed, offer course\)/);
  expect(revoked.every((line) => line.includes('revoke'))).toBe(true);
  expect(revoked).toHaveLength(3);
  await finish();
  expect(await shop.newLines()).toHaveLength(29);
  expect(await unfinished()).toEqual([]);
});

test('a deleted user: listed no more at once, and every order ends', async () => {
  await shop.post('/users/delete-users', { emails: ['bob@example.com'] });
  await shop.get('/users/find-by-mail/bob@example.com', 404);
  expect(await unfinished()).toEqual([['deleted user', 100, MANY]]);
  await finish();
  expect(await shop.newLines()).toHaveLength(2 * MANY);
  expect(await shop.get('/orders/o129')).toMatchObject({ state: 'removed', active: false });
});

test('who is deleted and buys again meanwhile keeps what was bought', async () => {
  await shop.post('/users/delete-users', { emails: ['bob@example.com'] });
  await grant(shop, 'o129');
  const bought = (await grant(shop)) as { orderId: string };
  await finish();
  expect(await shop.get('/orders/o129')).toMatchObject({ state: 'active' });
  expect(await shop.get(`/orders/${bought.orderId}`)).toMatchObject({ state: 'active' });
  expect(await shop.get('/orders/o128')).toMatchObject({ state: 'removed' });
});
