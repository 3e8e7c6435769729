/** Users whose e-mail addresses have letters beyond ASCII: one user, however the address is written. */
import { type Shop, startShop } from './shop';

let shop: Shop;

beforeEach(async () => (shop = await startShop()));
afterEach(() => shop.stop());

const GRANT = '/users/grant-user-offer-by-mail';
const find = (email: string, status = 200) =>
  shop.get(`/users/find-by-mail/${encodeURIComponent(email)}`, status);

test('granted by one form, found and revoked by the others', async () => {
  const order = await shop.post(GRANT, {
    email: 'user@EXÄMPLE.de',
    grantOffer: 'lab',
    orderId: 'A1',
  });
  expect(order.email).toBe('user@exämple.de');
  for (const email of ['user@exämple.de', 'user@xn--exmple-cua.de', 'USER@Exa\u0308mple.de']) {
    expect((await find(email)).id).toBe(order.userId);
  }
  const revoked = { email: 'user@xn--exmple-cua.de', orderId: 'A1', active: false };
  expect((await shop.post('/users/set-order-state', revoked)).active).toBe(false);
  const again = { email: 'user@xn--exmple-cua.de', grantOffer: 'course', orderId: 'A2' };
  expect((await shop.post(GRANT, again)).userId).toBe(order.userId);
  await find('user@example.de', 404);
});

test('letters before the @', async () => {
  const { userId } = await shop.post(GRANT, { email: 'jürgen@example.de', grantOffer: 'lab' });
  expect((await find('ju\u0308rgen@example.de')).id).toBe(userId);
});

test.each([
  'user@exä mple.de',
  'a😀@example.de',
  'jürgen',
  '@exämple.de',
  `${'ü'.repeat(250)}@b.de`,
])('%j → 400', async (email) => {
  const { message } = await shop.post(GRANT, { email, grantOffer: 'lab' }, 400);
  expect(message).toMatch(/^email must /);
});
