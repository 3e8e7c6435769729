/** Granting, revoking and restoring by order, seen by REST, by SOAP and in the ledger. */
import { NOW } from '../harness/server';
import { callAccount, callEntitlement } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { grant, type Shop, startShop } from './shop';

const MINUTE = 60_000;
const BOB = '<account><merchantAccountId>bob@example.com</merchantAccountId></account>';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

async function isEntitled(id: string, account = BOB): Promise<string | undefined> {
  const parts = `${account}<merchantEntitlementId>${id}</merchantEntitlementId>`;
  return textOf((await callAccount(shop.url, 'isEntitled', parts)).body, 'entitled');
}

const BOB_HAS = [
  'bob@example.com: grant lessons by Order A1, shop: none → 11:59:59–',
  'bob@example.com: grant videos by Order A1, shop: none → 11:59:59–',
];

describe('grant', () => {
  test('makes the user and the order, and gives what the offer holds', async () => {
    const order = await grant(shop, 'A1');
    expect(order).toEqual({
      orderId: 'A1',
      email: 'bob@example.com',
      userId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      active: true,
      state: 'active',
      failedPayments: 0,
      createdAt: '2024-06-01T12:00:00.500Z',
      changedAt: '2024-06-01T12:00:00.500Z',
      offers: [{ id: 'course', name: 'The course', state: 'active' }],
      entitlements: ['lessons', 'videos'].map((merchantEntitlementId) => ({
        merchantEntitlementId,
        active: true,
        start: '2024-06-01T11:59:59.000Z',
      })),
    });
    expect(await shop.newLines()).toEqual(BOB_HAS);
  });

  test('the same call twice: the same answer, and nothing more in the ledger', async () => {
    const first = await grant(shop, 'A1');
    await shop.newLines();
    shop.setNow(NOW + MINUTE);
    expect(await grant(shop, 'A1')).toEqual(first);
    expect(await shop.newLines()).toEqual([]);
  });

  test('the same call five times at once makes one order', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => grant(shop)));
    expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1);
    expect(await shop.newLines()).toHaveLength(2);
  });

  test('an id may hold what a path cannot', async () => {
    await grant(shop, 'A/1 ü?');
    const path = `/orders/${encodeURIComponent('A/1 ü?')}`;
    expect((await shop.post(`${path}/revoke`, { reason: 'other' })).state).toBe('revoked');
    expect((await shop.get(path)).orderId).toBe('A/1 ü?');
  });

  test('without an orderId: one id is made, and found again', async () => {
    const first = await grant(shop);
    expect(first.orderId).toMatch(/^[0-9a-f]{40}$/);
    expect(await grant(shop)).toEqual(first);
    expect(await grant(shop, '')).toEqual(first);
    expect(await shop.newLines()).toHaveLength(2);
    await shop.post(`/orders/${String(first.orderId)}/revoke`, { reason: 'refunded' });
    expect((await grant(shop)).orderId).not.toBe(first.orderId);
  });

  test('an account that SOAP made is found by its address, in whatever case', async () => {
    await grant(shop, 'A1', 'course', 'ADA@Example.com');
    const entitled = await isEntitled(
      'lessons',
      '<account><merchantAccountId>ada-1815</merchantAccountId></account>',
    );
    expect(entitled).toBe('1');
    expect((await shop.newLines())[0]).toMatch(/^ada-1815: grant lessons/);
  });

  test('an order may hold several offers; an entitlement of two of them is one', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A1', 'lab');
    expect((await shop.newLines()).slice(2)).toEqual([
      'bob@example.com: grant lab-access by Order A1, shop: none → 11:59:59–',
    ]);
  });

  test('an order of another user → 409, and no user is made', async () => {
    await grant(shop, 'A1');
    const input = { email: 'eve@example.com', grantOffer: 'course', orderId: 'A1' };
    const refused = await shop.post('/users/grant-user-offer-by-mail', input, 409);
    expect(refused.message).toBe('The order A1 belongs to another user.');
    await shop.get('/users/find-by-mail/eve@example.com', 404);
  });

  test('a revoked order → 409; one that was removed is granted anew', async () => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    const input = { email: 'bob@example.com', grantOffer: 'course', orderId: 'A1' };
    const refused = await shop.post('/users/grant-user-offer-by-mail', input, 409);
    expect(refused.message).toMatch(/restore it instead/);
    await shop.post('/users/set-order-state', { email: 'bob@example.com', orderId: 'A1' });
    await shop.newLines();
    shop.setNow(NOW + MINUTE);
    expect((await grant(shop, 'A1')).state).toBe('active');
    expect((await shop.newLines())[0]).toBe(
      'bob@example.com: grant lessons by Order A1, shop: 11:59:59–11:59:59 → 12:00:59–',
    );
  });

  test('an unknown offer → 404', async () => {
    const input = { email: 'bob@example.com', grantOffer: 'nothing' };
    const { message } = await shop.post('/users/grant-user-offer-by-mail', input, 404);
    expect(message).toBe('There is no offer nothing.');
  });
});

describe('revoke and restore', () => {
  test('end the access at once, and bring the same back', async () => {
    await grant(shop, 'A1');
    await shop.newLines();
    shop.setNow(NOW + MINUTE);
    const revoked = await shop.post('/orders/A1/revoke', { reason: 'refunded', note: 'ticket 7' });
    expect(revoked).toMatchObject({
      active: false,
      state: 'revoked',
      changedAt: '2024-06-01T12:01:00.500Z',
      offers: [{ id: 'course', state: 'revoked', reason: 'refunded' }],
    });
    expect(await isEntitled('lessons')).toBe('0');
    shop.setNow(NOW + 2 * MINUTE);
    const restored = await shop.post('/orders/A1/restore', {});
    expect(restored).toMatchObject({ active: true, offers: [{ state: 'active' }] });
    expect(await isEntitled('lessons')).toBe('1');
    const by = 'by Order A1, shop';
    expect(await shop.newLines()).toEqual([
      `bob@example.com: revoke lessons ${by} (refunded, ticket 7): 11:59:59– → 11:59:59–12:00:59`,
      `bob@example.com: revoke videos ${by} (refunded, ticket 7): 11:59:59– → 11:59:59–12:00:59`,
      `bob@example.com: restore lessons ${by}: 11:59:59–12:00:59 → 11:59:59–`,
      `bob@example.com: restore videos ${by}: 11:59:59–12:00:59 → 11:59:59–`,
    ]);
  });

  test.each([
    ['revoke', { reason: 'refunded' }],
    ['restore', {}],
  ])('%s twice: the same answer and no further line', async (call, body) => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    const first = await shop.post(`/orders/A1/${call}`, body);
    await shop.newLines();
    shop.setNow(NOW + MINUTE);
    const again = await shop.post(`/orders/A1/${call}`, body);
    expect(again).toEqual(first);
    expect(await shop.newLines()).toEqual([]);
  });

  test('another reason that says more is written down, and ends nothing twice', async () => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'other' });
    await shop.newLines();
    await shop.post('/orders/A1/revoke', { reason: 'policy_violation' });
    expect((await shop.newLines())[0]).toBe(
      'bob@example.com: revoke lessons by Order A1, shop (policy_violation): ' +
        '11:59:59–11:59:59 → 11:59:59–11:59:59',
    );
    const { offers } = await shop.post('/orders/A1/revoke', { reason: 'payment_failed' });
    expect(offers).toMatchObject([{ reason: 'policy_violation' }]);
    expect(await shop.newLines()).toEqual([]);
  });

  test('access ends only when every source has ended', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A2', 'lab');
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    expect(await isEntitled('lessons')).toBe('0');
    expect(await isEntitled('videos')).toBe('1');
    await shop.post('/orders/A2/revoke', { reason: 'refunded' });
    expect(await isEntitled('videos')).toBe('0');
  });

  test('the history lists each change once, page by page', async () => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'refunded', note: 'ticket 7' });
    const first = await shop.get('/orders/A1/history?pageLength=3');
    const [entry] = (first.history as unknown[]).slice(2);
    expect(entry).toMatchObject({
      action: 'revoke',
      merchantEntitlementId: 'lessons',
      actor: 'shop',
      reason: 'refunded',
      note: 'ticket 7',
      at: '2024-06-01T12:00:00.500Z',
      before: { start: '2024-06-01T11:59:59.000Z' },
      after: { start: '2024-06-01T11:59:59.000Z', end: '2024-06-01T11:59:59.000Z' },
    });
    const next = String(first.next_page);
    const last = await shop.get(`/orders/A1/history?pageLength=3&lastLoadedId=${next}`);
    expect(last).toMatchObject({ next_page: null, history: [{ merchantEntitlementId: 'videos' }] });
  });
});

describe('SOAP', () => {
  test('fetchByAccount shows what an order gives, account.entitlements does not', async () => {
    await grant(shop, 'A1');
    const held = await callEntitlement(shop.url, 'fetchByAccount', BOB);
    expect(held.body).toContain('<merchantEntitlementId>lessons</merchantEntitlementId>');
    const id = '<merchantAccountId>bob@example.com</merchantAccountId>';
    const { body, returnCode } = await callAccount(shop.url, 'fetchByMerchantAccountId', id);
    expect(returnCode).toBe('200');
    expect(body).not.toContain('lessons');
    expect(textOf(body, 'name')).toBe('Bob Lee');
  });

  test('revokeEntitlement leaves it alone', async () => {
    await grant(shop, 'A1');
    const parts = `${BOB}<merchantEntitlementId>lessons</merchantEntitlementId>`;
    const reply = await callAccount(shop.url, 'revokeEntitlement', parts);
    expect(reply.returnString).toMatch(/Could not find active entitlement/);
    expect(await isEntitled('lessons')).toBe('1');
  });

  test('what it granted itself stays when the order is revoked', async () => {
    await grant(shop, 'A1');
    const granted =
      '<entitlement><merchantEntitlementId>lessons</merchantEntitlementId></entitlement>';
    await callAccount(shop.url, 'grantEntitlement', BOB + granted);
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    expect(await isEntitled('lessons')).toBe('1');
    expect(await isEntitled('videos')).toBe('0');
    const parts = `${BOB}<merchantEntitlementId>lessons</merchantEntitlementId>`;
    await callAccount(shop.url, 'revokeEntitlement', parts);
    expect(await isEntitled('lessons')).toBe('0');
  });

  test('fetchDeltaSince lists the revocation', async () => {
    await grant(shop, 'A1');
    shop.setNow(NOW + MINUTE);
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    shop.setNow(NOW + 2 * MINUTE);
    const span =
      '<timestamp>2024-06-01T12:00:30Z</timestamp><endTimestamp>2024-06-01T12:02:00Z</endTimestamp>';
    const parts = `${span}<page>0</page><pageSize>10</pageSize>`;
    const { body } = await callEntitlement(shop.url, 'fetchDeltaSince', parts);
    expect(body.match(/<merchantEntitlementId>\w+/g)).toEqual([
      '<merchantEntitlementId>lessons',
      '<merchantEntitlementId>videos',
    ]);
    expect(textOf(body, 'active')).toBe('0');
  });

  test('transfer moves orders: their user is then the target, and restoring works', async () => {
    await grant(shop, 'A1');
    await shop.post('/orders/A1/revoke', { reason: 'refunded' });
    await grant(shop, 'A2', 'lab');
    const named = (part: string, id: string) =>
      `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;
    const parts = named('targetAccount', 'ada-1815') + named('sourceAccount', 'bob@example.com');
    expect((await callAccount(shop.url, 'transfer', parts)).returnCode).toBe('200');
    expect(await isEntitled('lab-access', named('account', 'ada-1815'))).toBe('1');
    const state = { email: 'ada@example.com', orderId: 'A1', active: true };
    expect((await shop.post('/users/set-order-state', state)).email).toBe('ada@example.com');
    expect(await isEntitled('lessons', named('account', 'ada-1815'))).toBe('1');
    // Shops go on using the address that they know.
    const old = { email: 'bob@example.com', orderId: 'A2', active: false };
    await shop.post('/users/set-order-state', old);
    expect(await isEntitled('lab-access', named('account', 'ada-1815'))).toBe('0');
  });
});
