/** The calls of Memberspot's clients that order-access.test.ts leaves out. */
import { addOffer } from '../../src/orders/change-offer';
import { callAccount } from '../harness/soap-call';
import { addKey } from './rest';
import { grant, OPERATORS_WORK, type Shop, startShop } from './shop';

let shop: Shop;

beforeEach(async () => {
  shop = await startShop();
});

afterEach(() => shop.stop());

const BOB = 'bob@example.com';

const emailsOf = (page: Record<string, unknown>) =>
  (page.users as Array<{ email: string }>).map(({ email }) => email);

describe('set-order-state', () => {
  const set = (active: boolean | undefined, status = 200, orderId = 'A1', email = BOB) =>
    shop.post('/users/set-order-state', { email, orderId, active }, status);

  test('false revokes, true restores, absent removes', async () => {
    await grant(shop, 'A1', 'lab');
    await shop.newLines();
    expect((await set(false)).state).toBe('revoked');
    expect((await set(true)).state).toBe('active');
    expect((await set(undefined)).state).toBe('removed');
    const by = 'by Order A1, shop';
    expect((await shop.newLines()).filter((line) => line.includes('lab-access'))).toEqual([
      `${BOB}: revoke lab-access ${by} (other): 11:59:59– → 11:59:59–11:59:59`,
      `${BOB}: restore lab-access ${by}: 11:59:59–11:59:59 → 11:59:59–`,
      `${BOB}: revoke lab-access ${by} (removed): 11:59:59– → 11:59:59–11:59:59`,
    ]);
  });

  test.each([[true], [false], [undefined]])('%s twice: one answer', async (active) => {
    await grant(shop, 'A1');
    await set(false);
    const first = await set(active);
    await shop.newLines();
    expect(await set(active)).toEqual(first);
    expect(await shop.newLines()).toEqual([]);
  });

  test('true on an order that was removed → 409', async () => {
    await grant(shop, 'A1');
    await set(undefined);
    expect((await set(true, 409)).message).toMatch(/was removed and cannot be restored/);
  });

  test('an unknown user or order, or the order of another → 404', async () => {
    await grant(shop, 'A1');
    const unknown = await set(false, 404, 'A1', 'eve@example.com');
    expect(unknown.message).toBe('There is no user eve@example.com.');
    expect((await set(false, 404, 'A2')).message).toBe(`The user ${BOB} has no order A2.`);
    const other = await set(false, 404, 'A1', 'ada@example.com');
    expect(other.message).toBe('The user ada@example.com has no order A1.');
    expect((await shop.get('/orders/A1')).state).toBe('active');
  });

  test.each([
    [5, 'orderId must be a text, not a number'],
    [null, 'orderId must be a text, not null'],
    ['x'.repeat(1025), 'orderId must be no longer than 1024 bytes'],
  ])('an order of the id %p → 400 that says what is expected', async (orderId, message) => {
    const input = { email: BOB, firstname: 'Bob', name: 'Lee', grantOffer: 'course', orderId };
    const refused = await shop.post('/users/grant-user-offer-by-mail', input, 400);
    expect(refused.message).toBe(message);
  });

  test.each([
    [{ orderId: 'A1' }, 'email is missing'],
    [{ email: BOB, active: true }, 'orderId is missing'],
    [{ email: BOB, orderId: 'A1', active: 'false' }, /^active must be true or false/],
    [{ email: BOB, orderId: 17, active: false }, /^orderId must be a text, not a number$/],
    [{ email: BOB, orderId: '' }, /^orderId must not be empty/],
  ])('%j → 400 that names the field, and nothing changes', async (body, message) => {
    await grant(shop, 'A1');
    await shop.newLines();
    const refused = await shop.call('POST', '/users/set-order-state', {
      body: JSON.stringify(body),
    });
    expect([refused.status, refused.body]).toEqual([
      400,
      { statusCode: 400, error: 'Bad Request', message: expect.stringMatching(message) as string },
    ]);
    expect(await shop.newLines()).toEqual([]);
  });
});

describe('set-offer-state', () => {
  const set = (active: boolean | undefined, status = 200, offerId = 'lab') =>
    shop.post('/users/set-offer-state', { email: BOB, offerId, active }, status);

  test('changes the offer in every order, and nothing of the others', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A1', 'lab');
    await grant(shop, 'A2', 'lab');
    await shop.newLines();
    const answer = await set(false);
    expect(answer).toMatchObject({ email: BOB, offerId: 'lab', active: false });
    expect((await shop.newLines()).map((line) => line.split(', ')[0])).toEqual([
      `${BOB}: revoke lab-access by Order A1`,
      `${BOB}: revoke lab-access by Order A2`,
      `${BOB}: revoke videos by Order A2`,
    ]);
    expect((await shop.get('/orders/A1')).state).toBe('active');
    expect((await shop.get('/orders/A2')).state).toBe('revoked');
    expect(await set(false)).toEqual(answer);
    expect(await shop.newLines()).toEqual([]);
    expect((await set(true)).active).toBe(true);
    expect(await shop.newLines()).toHaveLength(3);
  });

  test('an unknown offer, or one that no order of the user holds → 404', async () => {
    await grant(shop, 'A1');
    expect((await set(false, 404, 'nothing')).message).toBe('There is no offer nothing.');
    expect((await set(false, 404)).message).toBe(`The user ${BOB} has no order of the offer lab.`);
  });
});

describe('offers and users', () => {
  test('GET offers is an array of id and name', async () => {
    expect((await shop.call('GET', '/offers')).body).toEqual([
      { id: 'course', name: 'The course' },
      { id: 'lab', name: 'The lab' },
    ]);
  });

  test('find-by-mail: a user with the offers, in whatever case', async () => {
    await grant(shop, 'A1');
    const user = await shop.get('/users/find-by-mail/BOB%40example.com');
    expect(user).toMatchObject({
      email: BOB,
      firstname: 'Bob',
      name: 'Lee',
      active: true,
      offers: [{ id: 'course', name: 'The course', active: true }],
    });
    const ada = await shop.get('/users/find-by-mail/ada@example.com');
    expect(ada).toMatchObject({ active: false, offers: [] });
    await shop.get('/users/find-by-mail/eve@example.com', 404);
  });

  test('users/list: page by page, each user once', async () => {
    await grant(shop, 'A1');
    const found: string[] = [];
    let next: unknown = undefined;
    do {
      const place = typeof next === 'string' ? `&lastLoadedId=${next}` : '';
      const page = await shop.get(`/users/list?pageLength=1${place}`);
      found.push(...emailsOf(page));
      next = page.next_page;
    } while (next !== null);
    expect(found).toEqual(emailsOf(await shop.get('/users/list')));
    expect(found).toEqual(['ada@example.com', 'grace@example.com', BOB]);
  });

  test('users/list: narrowed by offer and by whether they have access', async () => {
    await grant(shop, 'A1');
    await grant(shop, 'A2', 'lab');
    await grant(shop, 'A3', 'lab', 'cy@example.com');
    await shop.post('/orders/A2/revoke', { reason: 'refunded' });
    await shop.post('/orders/A3/revoke', { reason: 'refunded' });
    const list = async (query: string) => emailsOf(await shop.get(`/users/list?${query}`));
    expect(await list('active=true')).toEqual([BOB]);
    expect(await list('active=false')).toEqual([
      ...['ada@example.com', 'grace@example.com', 'cy@example.com'],
    ]);
    expect(await list('offerId=lab')).toEqual([BOB, 'cy@example.com']);
    expect(await list('offerId=lab&active=false')).toEqual([BOB, 'cy@example.com']);
    expect(await list('offerId=course&active=true')).toEqual([BOB]);
    expect(await list('offerId=lab&active=true')).toEqual([]);
    await shop.get('/users/list?offerId=nothing', 404);
  });

  test.each([['pageLength=0'], ['pageLength=x'], ['lastLoadedId=x'], ['courseId=c'], ['active=1']])(
    'users/list?%s → 400 that names it',
    async (query) => {
      const { status, body } = await shop.call('GET', `/users/list?${query}`);
      expect(status).toBe(400);
      expect((body as { message: string }).message).toContain(query.split('=')[0]);
    },
  );
});

describe('delete-users', () => {
  const body = { emails: [BOB, 'ada@example.com'] };

  test.each([['DELETE'], ['POST']])(
    '%s ends what orders gave and lists them no more',
    async (how) => {
      await grant(shop, 'A1');
      await grant(shop, 'A2', 'lab', 'ada@example.com');
      await shop.newLines();
      const { status, body: answer } = await shop.call(how, '/users/delete-users', { body });
      expect([status, answer]).toEqual([200, { deleted: body.emails }]);
      expect((await shop.newLines()).map((line) => line.split(':')[1])).toEqual([
        ...[' revoke lessons by Order A1, shop (user_deleted)'],
        ...[' revoke videos by Order A1, shop (user_deleted)'],
        ...[' revoke lab-access by Order A2, shop (user_deleted)'],
        ...[' revoke videos by Order A2, shop (user_deleted)'],
      ]);
      await shop.get(`/users/find-by-mail/${BOB}`, 404);
      expect(emailsOf(await shop.get('/users/list'))).toEqual(['grace@example.com']);
      const again = await shop.call(how, '/users/delete-users', { body });
      expect([again.status, again.body]).toEqual([200, answer]);
      expect(await shop.newLines()).toEqual([]);
      // Orders don't touch access granted by SOAP.
      const granted =
        '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
        '<merchantEntitlementId>archive</merchantEntitlementId>';
      const reply = await callAccount(shop.url, 'isEntitled', granted);
      expect(reply.body).toContain('<entitled xmlns="">1</entitled>');
    },
  );

  test('one unknown address → 404, and nobody is deleted', async () => {
    await grant(shop, 'A1');
    await shop.newLines();
    await shop.post('/users/delete-users', { emails: [BOB, 'eve@example.com'] }, 404);
    expect(await shop.newLines()).toEqual([]);
    expect((await shop.get(`/users/find-by-mail/${BOB}`)).active).toBe(true);
  });

  test('a new order makes a user again of who was deleted', async () => {
    await grant(shop, 'A1');
    await shop.post('/users/delete-users', { emails: [BOB] });
    await grant(shop, 'A2');
    const user = await shop.get(`/users/find-by-mail/${BOB}`);
    expect(user.offers).toEqual([{ id: 'course', name: 'The course', active: true }]);
  });
});

test('another merchant sees nothing, and changes nothing', async () => {
  await grant(shop, 'A1');
  const key = 'lk_key-of-another';
  await addKey(shop, 'plain_soap', 'other', key);
  const ask = async (method: string, path: string, body?: unknown) =>
    (await shop.call(method, path, body === undefined ? { key } : { key, body })).status;
  expect((await shop.call('GET', '/offers', { key })).body).toEqual([]);
  expect((await shop.call('GET', '/orders', { key })).body).toEqual({
    orders: [],
    next_page: null,
  });
  expect(await ask('GET', '/orders/A1')).toBe(404);
  expect(await ask('GET', '/orders/A1/history')).toBe(404);
  expect(await ask('GET', `/users/find-by-mail/${BOB}`)).toBe(404);
  expect(await ask('POST', '/orders/A1/revoke', { reason: 'other' })).toBe(404);
  expect(await ask('POST', '/users/set-order-state', { email: BOB, orderId: 'A1' })).toBe(404);
  const other = await shop.store.findMerchant('plain_soap');
  await shop.store.transact(other?.id ?? 0, (unit) =>
    addOffer(unit, OPERATORS_WORK, { offerId: 'course', name: 'x', merchantEntitlementIds: ['y'] }),
  );
  // The same ids and the same address are somebody else's there.
  const grantBody = { email: BOB, grantOffer: 'course', orderId: 'A1' };
  expect(await ask('POST', '/users/grant-user-offer-by-mail', grantBody)).toBe(200);
  expect((await shop.get('/orders/A1')).entitlements).toHaveLength(2);
});
