/** Failed payments, offers that change, requests that are repeated, listings of orders. */
import { changeOffer } from '../../src/orders/change-offer';
import { NOW } from '../harness/server';
import { type Body, grant, OPERATORS_WORK, type Shop, startShop } from './shop';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

const fail = (orderId = 'A1') => shop.post(`/orders/${orderId}/payment-failed`, {});
const succeed = (orderId = 'A1') => shop.post(`/orders/${orderId}/payment-succeeded`, {});
const reasonOf = ({ offers }: Body) => (offers as Array<{ reason?: string }>)[0]?.reason;

describe('payments', () => {
  test('the third that fails revokes, the next that succeeds restores', async () => {
    await grant(shop, 'A1', 'lab');
    await shop.newLines();
    expect(await fail()).toMatchObject({ failedPayments: 1, state: 'active' });
    expect(await fail()).toMatchObject({ failedPayments: 2, state: 'active' });
    expect(await shop.newLines()).toEqual([]);
    const revoked = await fail();
    expect(revoked).toMatchObject({ failedPayments: 3, state: 'revoked' });
    expect(reasonOf(revoked)).toBe('payment_failed');
    expect(await fail()).toMatchObject({ failedPayments: 4, state: 'revoked' });
    expect(await succeed()).toMatchObject({ failedPayments: 0, state: 'active' });
    expect((await shop.newLines()).map((line) => line.split(':')[1])).toEqual([
      ' revoke lab-access by Order A1, shop (payment_failed)',
      ' revoke videos by Order A1, shop (payment_failed)',
      ' restore lab-access by Order A1, shop (payment_succeeded)',
      ' restore videos by Order A1, shop (payment_succeeded)',
    ]);
  });

  test('one that succeeds sets the count to 0', async () => {
    await grant(shop, 'A1');
    await fail();
    await fail();
    await succeed();
    expect(await fail()).toMatchObject({ failedPayments: 1, state: 'active' });
  });

  test("the merchant's own limit counts", async () => {
    await shop.operate(async ({ orders }) => orders.updatePaymentFailureLimit(1));
    await grant(shop, 'A1');
    expect((await fail()).state).toBe('revoked');
  });

  test('what was revoked for another reason stays revoked, with that reason', async () => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    for (let count = 0; count < 3; count += 1) await fail();
    const settled = await succeed();
    expect([settled.state, reasonOf(settled)]).toEqual(['revoked', 'refunded']);
  });

  test('a refund after failed payments is not undone by a payment', async () => {
    await grant(shop, 'A1');
    for (let count = 0; count < 3; count += 1) await fail();
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    expect((await succeed()).state).toBe('revoked');
  });

  test('restoring counts from 0 again', async () => {
    await grant(shop, 'A1');
    for (let count = 0; count < 3; count += 1) await fail();
    expect(await shop.post('/orders/A1/restore', {})).toMatchObject({ failedPayments: 0 });
    expect(await fail()).toMatchObject({ failedPayments: 1, state: 'active' });
  });

  test.each([
    ['revoke', { reason: 'other' }],
    ['restore', {}],
    ['payment-failed', {}],
    ['payment-succeeded', {}],
  ])('%s of an unknown order → 404', async (call, body) => {
    await shop.post(`/orders/none/${call}`, body, 404);
  });

  test('a reason that is none → 400 that names it', async () => {
    await grant(shop, 'A1');
    const { status, body } = await shop.call('POST', '/orders/A1/revoke', {
      body: JSON.stringify({ reason: 'bored' }),
    });
    expect(status).toBe(400);
    expect((body as { message: string }).message).toMatch(/^reason must be /);
  });
});

describe('an offer that changes', () => {
  const change = (merchantEntitlementIds: string[]) =>
    shop.operate((unit) =>
      changeOffer(unit, OPERATORS_WORK, { offerId: 'course', merchantEntitlementIds }),
    );

  test('changes what its active orders give; revoked ones follow when they are restored', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A2', 'course', 'cy@example.com');
    await shop.post('/orders/A2/revoke', { reason: 'refunded' });
    await shop.newLines();
    await change(['lessons', 'forum']);
    expect(await shop.newLines()).toEqual([
      'bob@example.com: grant forum by Order A1, operator (offer_changed, offer course): ' +
        'none → 11:59:59–',
      'bob@example.com: revoke videos by Order A1, operator (offer_changed, offer course): ' +
        '11:59:59– → 11:59:59–11:59:59',
    ]);
    await shop.post('/orders/A2/restore', {});
    expect((await shop.newLines()).map((line) => line.split(' by ')[0])).toEqual([
      'cy@example.com: grant forum',
      'cy@example.com: restore lessons',
    ]);
    await change(['forum', 'lessons']);
    expect(await shop.newLines()).toEqual([]);
  });

  test('what another offer of the order holds, too, stays', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A1', 'lab');
    await shop.newLines();
    await change(['lessons']);
    expect(await shop.newLines()).toEqual([]);
  });
});

describe('Idempotency-Key', () => {
  const send = async (path: string, body: unknown, key = 'k1') => {
    const answer = await shop.call('POST', path, { body, headers: { 'Idempotency-Key': key } });
    return [answer.status, answer.body] as const;
  };

  test('a repeat gets the first answer, whatever happened since, and changes nothing', async () => {
    await grant(shop, 'A1');
    const first = await send('/orders/A1/payment-failed', {});
    expect(first).toMatchObject([200, { failedPayments: 1 }]);
    expect(await send('/orders/A1/payment-failed', {})).toEqual(first);
    const revoked = await send('/orders/A1/revoke', { reason: 'refunded' }, 'k2');
    await shop.post('/orders/A1/restore', {});
    await shop.newLines();
    expect(await send('/orders/A1/revoke', { reason: 'refunded' }, 'k2')).toEqual(revoked);
    expect(await shop.newLines()).toEqual([]);
    expect(await shop.get('/orders/A1')).toMatchObject({ state: 'active', failedPayments: 0 });
  });

  test('requests that come at once count once', async () => {
    await grant(shop, 'A1');
    const sent = Array.from({ length: 5 }, () => send('/orders/A1/payment-failed', {}));
    const answers = await Promise.all(sent);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await shop.get('/orders/A1')).toMatchObject({ failedPayments: 1 });
  });

  test('without an orderId, a repeat gets the order that was made', async () => {
    const body = { email: 'bob@example.com', grantOffer: 'course' };
    const [, first] = await send('/users/grant-user-offer-by-mail', body);
    const { orderId } = first as { orderId: string };
    await shop.post(`/orders/${orderId}/revoke`, { reason: 'other' });
    expect(await send('/users/grant-user-offer-by-mail', body)).toEqual([200, first]);
  });

  test('a refusal is repeated, too', async () => {
    const first = await send('/orders/A1/revoke', { reason: 'refunded' });
    expect(first[0]).toBe(404);
    await grant(shop, 'A1');
    expect(await send('/orders/A1/revoke', { reason: 'refunded' })).toEqual(first);
    expect((await shop.get('/orders/A1')).state).toBe('active');
  });

  test.each([
    ['/orders/A1/revoke', { reason: 'policy_violation' }],
    ['/orders/A2/revoke', { reason: 'refunded' }],
    ['/orders/A1/restore', {}],
  ])('another request with the same key, %s %j → 422', async (path, body) => {
    await grant(shop, 'A1');
    await grant(shop, 'A2');
    await send('/orders/A1/revoke', { reason: 'refunded' });
    await shop.newLines();
    expect(await send(path, body)).toMatchObject([422, { error: 'Unprocessable Entity' }]);
    expect(await shop.newLines()).toEqual([]);
  });

  test('is kept for 30 days', async () => {
    const DAYS = 24 * 60 * 60 * 1000;
    await grant(shop, 'A1');
    await send('/orders/A1/payment-failed', {});
    shop.setNow(NOW + 30 * DAYS);
    await send('/orders/A1/payment-failed', {}, 'k2');
    expect(await send('/orders/A1/payment-failed', {})).toMatchObject([200, { failedPayments: 1 }]);
    shop.setNow(NOW + 30 * DAYS + 1);
    await send('/orders/A1/payment-failed', {}, 'k3');
    expect(await send('/orders/A1/payment-failed', {})).toMatchObject([200, { failedPayments: 4 }]);
  });
});

describe('GET orders', () => {
  const ids = (page: Body) => (page.orders as Array<{ orderId: string }>).map((one) => one.orderId);

  test('narrowed by user and by state, page by page', async () => {
    for (const id of ['A1', 'A2', 'A3']) await grant(shop, id);
    await grant(shop, 'C1', 'lab', 'cy@example.com');
    await shop.post('/orders/A2/revoke', { reason: 'refunded' });
    expect(ids(await shop.get('/orders'))).toEqual(['A1', 'A2', 'A3', 'C1']);
    expect(ids(await shop.get('/orders?state=revoked'))).toEqual(['A2']);
    expect(ids(await shop.get('/orders?email=cy@example.com'))).toEqual(['C1']);
    const active = '/orders?email=bob@example.com&state=active&pageLength=1';
    const first = await shop.get(active);
    expect([ids(first), first.next_page]).toEqual([['A1'], 'A1']);
    const second = await shop.get(`${active}&lastLoadedId=A1`);
    expect([ids(second), second.next_page]).toEqual([['A3'], null]);
    await shop.get('/orders?email=eve@example.com', 404);
    await shop.get('/orders?lastLoadedId=A9', 400);
  });
});
