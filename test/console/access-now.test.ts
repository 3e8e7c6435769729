/** What an account may do now, by id and page by page: complete for accounts of any size. */
import { NOW } from '../harness/server';
import { grant } from '../orders/shop';
import { KEY } from '../orders/rest';
import { type Browser, type Console, startConsole } from './console';

const MINUTE = 60_000;

/** More ids than one page looks at, and more lines than it reads. */
const MANY = 20_100;

let server: Console;
let vic: Browser;

beforeEach(async () => {
  server = await startConsole();
  vic = await server.signIn('vic', 'acme_soap');
});
afterEach(() => server.stop());

type Rows = Array<Record<string, unknown>>;

interface Page {
  readonly entitlements: Rows;
  readonly next_page: string | null;
  readonly completeSince?: string;
}

const bob = async (query: string) =>
  (await vic.get(`/accounts/bob@example.com/access?${query}`)) as unknown as Page;

/** The ids of all pages, and how long each page was. */
async function readAll(account: string, query: string) {
  const seen: unknown[] = [];
  const lengths: number[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&lastLoadedId=${next}`;
    const path = `/accounts/${account}/access?${query}${after}`;
    const page = (await vic.get(path)) as unknown as Page;
    const ids = page.entitlements.map((one) => one.merchantEntitlementId);
    seen.push(...ids);
    lengths.push(ids.length);
    next = page.next_page;
  }
  return { seen, lengths };
}

/** Grants many ids to ada, those of some until a moment. */
async function grantMany(ids: readonly string[], endTimestamp?: string): Promise<void> {
  const line = { action: 'grant', merchantAccountId: 'ada-1815', endTimestamp };
  const body = ids.map((id) => JSON.stringify({ ...line, merchantEntitlementId: id })).join('\n');
  const headers = { 'X-API-KEY': KEY, 'Content-Type': 'application/x-ndjson' };
  const url = `${server.url}/v1/entitlements:batch`;
  const reply = await fetch(url, { method: 'POST', headers, body });
  const results = (await reply.text()).trim().split('\n');
  expect(results.filter((result) => result.includes('"status":200'))).toHaveLength(ids.length);
}

const numbered = (count: number) =>
  Array.from({ length: count }, (_none, index) => `id-${String(index).padStart(6, '0')}`);

test('each id once, with every source that gives it and why', async () => {
  await grant(server, 'A1');
  await grant(server, 'A2', 'lab');
  server.setNow(NOW + MINUTE);
  await server.post('/orders/A1/revoke', { reason: 'refunded', note: 'ticket 7' });
  const page = await bob('');
  expect(page.next_page).toBeNull();
  expect(page).not.toHaveProperty('completeSince');
  expect(page.entitlements.map((one) => [one.merchantEntitlementId, one.active])).toEqual([
    ['lab-access', true],
    ['videos', true],
    ['lessons', false],
  ]);
  const [, videos, lessons] = page.entitlements;
  expect(lessons?.text).toBe('bob@example.com has no access to lessons any more.');
  expect((lessons?.sources as Rows)[0]?.text).toMatch(
    /^By order A1 \(offer course\) until .*: revoked by shop on .*, reason refunded, note "ticket 7", call /,
  );
  // The one that gives access is the first.
  expect(videos?.sources).toMatchObject([
    { orderId: 'A2', standing: 'active', lines: [{ action: 'grant' }] },
    { orderId: 'A1', standing: 'taken' },
  ]);
  expect(await bob('active=true')).toMatchObject({
    entitlements: [
      { merchantEntitlementId: 'lab-access' },
      { merchantEntitlementId: 'videos', sources: [{ orderId: 'A2' }, { orderId: 'A1' }] },
    ],
    next_page: null,
  });
  expect(await bob('active=false')).toMatchObject({
    entitlements: [{ merchantEntitlementId: 'lessons' }],
    next_page: null,
  });
});

test('what gives access comes first, whatever the length of a page', async () => {
  await grant(server, 'A1');
  await grant(server, 'A2', 'lab');
  server.setNow(NOW + MINUTE);
  await server.post('/orders/A1/revoke', { reason: 'refunded' });
  const seen = ['lab-access', 'videos', 'lessons'];
  const pages = [[1, 1, 1], [2, 1], [3], [3]];
  for (const [index, lengths] of pages.entries()) {
    const query = `pageLength=${index + 1}`;
    expect(await readAll('bob@example.com', query)).toEqual({ seen, lengths });
  }
  await server.post('/orders/A2/revoke', { reason: 'refunded' });
  expect(await readAll('bob@example.com', 'pageLength=3')).toMatchObject({ lengths: [3] });
  await server.post('/orders/A2/restore', {});
  await server.post('/orders/A1/restore', {});
  expect(await readAll('bob@example.com', 'pageLength=3')).toMatchObject({ lengths: [3] });
});

test('page by page, whatever is asked for', async () => {
  await grant(server, 'A1');
  await grant(server, 'A2', 'lab');
  const all = ['lab-access', 'lessons', 'videos'];
  expect(await readAll('bob@example.com', 'pageLength=1')).toEqual({
    seen: all,
    lengths: [1, 1, 1],
  });
  expect((await readAll('bob@example.com', 'pageLength=2&active=true')).seen).toEqual(all);
  expect((await readAll('bob@example.com', 'active=false')).seen).toEqual([]);
  for (const path of [
    'bob@example.com/access?lastLoadedId=nonsense',
    'bob@example.com/access?pageLength=201',
  ]) {
    expect((await vic.call('GET', `/accounts/${path}`)).status).toBe(400);
  }
  expect((await vic.call('GET', '/accounts/nobody/access')).status).toBe(404);
  const plain = await server.signIn('rob', 'plain_soap');
  expect((await plain.call('GET', '/accounts/bob@example.com/access')).status).toBe(404);
});

test('what gives access is found after more ids than a page looks at that give none', async () => {
  await grantMany(numbered(MANY), new Date(NOW + MINUTE).toISOString());
  await grantMany(['id-last']);
  server.setNow(NOW + 2 * MINUTE);
  const { seen, lengths } = await readAll('ada-1815', 'active=true');
  // She has the first of them by the common data.
  expect(seen).toEqual(['archive', 'id-last']);
  expect(lengths).toEqual([2]);
  // What gives none is passed over alike, and then comes in its order.
  const both = (await vic.get('/accounts/ada-1815/access?pageLength=3')) as unknown as Page;
  expect(both.entitlements.map((one) => one.merchantEntitlementId)).toEqual([
    'archive',
    'id-last',
    'id-000000',
  ]);
  const timeline = await vic.get('/accounts/ada-1815/timeline?active=true');
  expect(timeline).toMatchObject({
    rows: [{ merchantEntitlementId: 'archive' }, { merchantEntitlementId: 'id-last' }],
    next_page: null,
  });
  const first = (await vic.get(
    '/accounts/ada-1815/access?pageLength=1&active=false',
  )) as unknown as Page;
  // Its line lies further back than a page reads: what is kept says as much as it can.
  expect(first.completeSince).toEqual(expect.any(String));
  expect(first.entitlements).toMatchObject([
    {
      merchantEntitlementId: 'id-000000',
      active: false,
      sources: [{ standing: 'expired', lines: [] }],
    },
  ]);
}, 60_000);
