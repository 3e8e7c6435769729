/** What the page of an account asks: search, ledger, timeline, family. */
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { grant } from '../orders/shop';
import { type Browser, type Console, startConsole } from './console';

const MINUTE = 60_000;

let server: Console;
let vic: Browser;

beforeAll(async () => {
  server = await startConsole({ settings: { calls: 'off' } });
  await grant(server, 'A1');
  server.setNow(NOW + MINUTE);
  await server.post('/orders/A1/revoke', { reason: 'refunded', note: 'ticket 7' });
  server.setNow(NOW + 2 * MINUTE);
  await server.post('/orders/A1/restore', {});
  await grant(server, 'A2', 'lab');
  vic = await server.signIn('vic', 'acme_soap');
});
afterAll(() => server.stop());

type Rows = Array<Record<string, unknown>>;

const find = async (text: string) => {
  const { found, isCut } = await vic.get(`/search?text=${encodeURIComponent(text)}`);
  expect(isCut).toBe(false);
  return (found as Rows).map(({ kind, by, name }) => [kind, (by as string[]).join(' and '), name]);
};

test('search: the first letters of each name', async () => {
  expect(await find('BOB@')).toEqual([['account', 'email', 'bob@example.com']]);
  expect(await find('A')).toEqual([
    ['account', 'email', 'ada@example.com'],
    ['order', 'orderId', 'A1'],
    ['order', 'orderId', 'A2'],
  ]);
  expect(await find('ada')).toEqual([
    ['account', 'email and merchantAccountId', 'ada@example.com'],
  ]);
  expect(await find('ada-1')).toEqual([['account', 'merchantAccountId', 'ada-1815']]);
  expect(await find('lab-')).toEqual([['entitlement', 'entitlementId', 'lab-access']]);
  expect(await find('no such thing')).toEqual([]);
  const { found } = await vic.get('/search?text=vid');
  expect(found).toEqual([
    {
      kind: 'entitlement',
      by: ['entitlementId'],
      name: 'videos',
      giver: 'offer',
      text: 'given by offer course, offer lab',
    },
  ]);
});

test('search: a VID by four letters, a call that is kept no more by its soapId, or the first letters of it', async () => {
  const { accounts } = await vic.get('/v1/access?email=bob@example.com');
  const [{ userId } = {}] = accounts as Array<{ userId?: string }>;
  const found = await find(String(userId).slice(0, 39));
  expect(found).toContainEqual(['account', 'VID', userId]);
  const { lines } = await vic.get('/ledger?pageLength=1');
  const [{ requestId } = {}] = lines as Array<{ requestId?: string }>;
  const call = ['call', 'soapId', requestId];
  expect(await find(String(requestId))).toEqual([call]);
  expect(await find(String(requestId).slice(0, 38))).toContainEqual(call);
  expect(await find(String(requestId).slice(0, 3))).not.toContainEqual(call);
  const rob = await server.signIn('rob', 'plain_soap');
  const letters = String(requestId).slice(0, 38);
  expect((await rob.get(`/search?text=${letters}`)).found).toEqual([]);
});

test('search: an entitlement that was only ever granted, by its first letters', async () => {
  for (const id of ['gift-1', 'gift-2', 'lessons-plus']) {
    const parts =
      '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
      `<entitlement><merchantEntitlementId>${id}</merchantEntitlementId></entitlement>`;
    await callAccount(server.url, 'grantEntitlement', parts);
  }
  const granted = {
    kind: 'entitlement',
    by: ['entitlementId'],
    account: { merchantAccountId: 'ada-1815' },
    text: 'in the ledger, last of ada-1815',
  };
  expect(await vic.get('/search?text=gift')).toMatchObject({
    found: [
      { ...granted, name: 'gift-2' },
      { ...granted, name: 'gift-1' },
    ],
    isCut: false,
  });
  expect(await vic.get('/search?text=gift&limit=1')).toMatchObject({
    found: [{ name: 'gift-2' }],
    isCut: true,
  });
  // What an offer gives is found by the offer alone, although lines are about it.
  expect((await vic.get('/search?text=lessons')).found).toMatchObject([
    { name: 'lessons', text: 'given by offer course' },
    { name: 'lessons-plus', text: 'in the ledger, last of ada-1815' },
  ]);
  const rob = await server.signIn('rob', 'plain_soap');
  expect((await rob.get('/search?text=gift')).found).toEqual([]);
});

test('the ledger: the newest first, in words, page by page', async () => {
  const seen: unknown[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&lastLoadedId=${next}`;
    const page = await vic.get(`/ledger?account=bob@example.com&pageLength=3${after}`);
    seen.push(...(page.lines as Rows).map(({ id }) => Number(id)));
    next = page.next_page as string | null;
  }
  expect(seen).toHaveLength(8);
  expect(seen).toEqual([...seen].sort((one, other) => Number(other) - Number(one)));
  const { lines } = await vic.get('/ledger?order=A1&pageLength=10');
  expect((lines as Rows).map(({ action }) => action)).toEqual([
    'restore',
    'restore',
    'revoke',
    'revoke',
    'grant',
    'grant',
  ]);
  expect((lines as Rows)[2]?.text).toMatch(
    /^Line \d+: videos of bob@example\.com: revoked by shop on 2024-06-01T12:01:00\.500Z, reason refunded, note "ticket 7", call /,
  );
  const until = new Date(NOW + MINUTE).toISOString();
  const early = await vic.get(`/ledger?account=bob@example.com&to=${until}`);
  expect((early.lines as Rows).map(({ action }) => action)).toEqual(['grant', 'grant']);
});

test('the timeline: a bar for each span in which a source gave access, with why', async () => {
  const { rows, next_page: next } = await vic.get(
    '/accounts/bob@example.com/timeline?entitlement=lessons',
  );
  expect(next).toBeNull();
  expect(rows).toMatchObject([
    {
      merchantEntitlementId: 'lessons',
      source: 'Order',
      sourceId: 'A1',
      text: 'order A1 (offer course)',
      active: true,
      bars: [
        {
          from: new Date(NOW).toISOString(),
          to: new Date(NOW + MINUTE).toISOString(),
          why: expect.stringMatching(/^granted by shop on 2024-06-01T12:00:00\.500Z/) as unknown,
          whyEnd: expect.stringMatching(/^revoked by shop on .*, reason refunded/) as unknown,
        },
        { from: new Date(NOW + 2 * MINUTE).toISOString() },
      ],
    },
  ]);
  const [{ bars }] = rows as [{ bars: Rows }];
  expect(bars).toHaveLength(2);
  expect(bars[1]).not.toHaveProperty('to');
});

test('the timeline: page by page, one row a source', async () => {
  const seen: unknown[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&lastLoadedId=${next}`;
    const page = await vic.get(`/accounts/bob@example.com/timeline?pageLength=2${after}`);
    seen.push(...(page.rows as Rows).map((row) => [row.merchantEntitlementId, row.sourceId]));
    next = page.next_page as string | null;
  }
  expect(seen).toEqual([
    ['lab-access', 'A2'],
    ['lessons', 'A1'],
    ['videos', 'A1'],
    ['videos', 'A2'],
  ]);
  const ended = await vic.get('/accounts/bob@example.com/timeline?active=false');
  expect(ended).toMatchObject({ rows: [], next_page: null });
  for (const place of ['nonsense', 'W10']) {
    const path = `/accounts/bob@example.com/timeline?lastLoadedId=${place}`;
    expect((await vic.call('GET', path)).status).toBe(400);
  }
});

test('a grant that ran out, and one that comes', async () => {
  const end = '2024-06-01T12:30:00Z';
  const parts =
    '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
    '<entitlement><merchantEntitlementId>trial</merchantEntitlementId>' +
    `<endTimestamp>${end}</endTimestamp></entitlement>`;
  await callAccount(server.url, 'grantEntitlement', parts);
  const path = '/accounts/ada-1815/timeline?entitlement=trial';
  const { rows } = await vic.get(path);
  const bar = {
    to: '2024-06-01T12:30:00.000Z',
    whyEnd: expect.stringMatching(/^will run out/) as unknown,
  };
  expect(rows).toMatchObject([{ active: true, text: 'a grant', bars: [bar] }]);
  server.setNow(NOW + 31 * MINUTE);
  const later = await vic.get(path);
  const over = {
    ...bar,
    whyEnd: expect.stringMatching(/^ran out on .*; that end was set/) as unknown,
  };
  expect(later.rows).toMatchObject([{ active: false, bars: [over] }]);
});

test('the account, its orders, AutoBills and children', async () => {
  const account = await vic.get('/accounts/bob@example.com');
  expect(account).toMatchObject({
    email: 'bob@example.com',
    name: expect.anything() as unknown,
    hasChildren: false,
    forerunners: [],
  });
  const first = await vic.get('/accounts/bob@example.com/orders?pageLength=1');
  expect((first.orders as Rows).map(({ orderId }) => orderId)).toEqual(['A1']);
  const next = String(first.next_page);
  const second = await vic.get(`/accounts/bob@example.com/orders?lastLoadedId=${next}`);
  expect((second.orders as Rows).map(({ orderId }) => orderId)).toEqual(['A2']);
  expect(await vic.get('/accounts/bob@example.com/auto-bills')).toEqual({
    autoBills: [],
    next_page: null,
  });
  expect(await vic.get('/accounts/bob@example.com/children')).toEqual({
    accounts: [],
    next_page: null,
  });
  for (const path of ['', '/orders', '/auto-bills', '/children', '/timeline']) {
    expect((await vic.call('GET', `/accounts/nobody${path}`)).status).toBe(404);
  }
});
