/** GET /v1/accounts/{account}/entitlements over the wire. */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../harness/server';
import { FIRST_PAGE, PAGE } from '../../src/base/pages';
import type { Demo } from '../../src/demo';
import { listAsOf } from '../../src/ledger/as-of';
import { callAccount } from '../harness/soap-call';
import { type RestServer, startRestServer } from '../orders/rest';

const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
const NOW = Date.parse('2026-01-31T23:00:00Z');
const LIST = '/accounts/xyz123/entitlements';

interface Listed {
  readonly VID: string;
  readonly merchantAccountId?: string;
  readonly entitlements: ReadonlyArray<Record<string, unknown>>;
}

let server: RestServer;

beforeEach(async () => {
  server = await startRestServer({ merchants: [DEMO], now: NOW });
});
afterEach(() => server.stop());

async function list(path = LIST, status = 200): Promise<Listed> {
  const answer = await server.call('GET', path);
  expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
  return answer.body as Listed;
}

const ids = ({ entitlements }: Listed) => entitlements.map((one) => one.merchantEntitlementId);

/** Grants by SOAP. @param end ISO 8601 */
async function grantBySoap(id: string, start: string, end?: string): Promise<void> {
  const parts =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    `<entitlement><merchantEntitlementId>${id}</merchantEntitlementId>` +
    `<startTimestamp>${start}</startTimestamp>` +
    `${end === undefined ? '' : `<endTimestamp>${end}</endTimestamp>`}</entitlement>`;
  expect((await callAccount(server.url, 'grantEntitlement', parts, DEMO)).returnCode).toBe('200');
}

test('all sources, each with its object', async () => {
  const offer = { email: 'xyz123@example.com', grantOffer: 'course-a', orderId: 'A1' };
  await server.call('POST', '/users/grant-user-offer-by-mail', { body: offer });
  const { entitlements } = await list();
  expect(entitlements.map((one) => [one.merchantEntitlementId, one.source, one.orderId])).toEqual([
    ['bac', 'Account', undefined],
    ['forum', 'Account', undefined],
    ['lessons', 'Order', 'A1'],
    ['videos', 'Order', 'A1'],
  ]);
});

test('by merchantAccountId or VID; another name, and an account of another merchant: 404', async () => {
  const { VID } = await list();
  expect(await list(`/accounts/${VID}/entitlements`)).toEqual(await list());
  expect(await list('/accounts/nobody/entitlements', 404)).toMatchObject({
    message: 'There is no account nobody.',
  });
});

test('active: judged at the moment asked for, which must not be past', async () => {
  await grantBySoap('later', '2026-02-10T00:00:00Z');
  await grantBySoap('ends', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
  expect(ids(await list(`${LIST}?active=true`))).toEqual(['bac', 'ends', 'forum']);
  expect(ids(await list(`${LIST}?active=false`))).toEqual(['later']);
  const at = '2026-02-10T01:00:00%2B01:00';
  expect(ids(await list(`${LIST}?active=true&at=${at}`))).toEqual(['bac', 'forum', 'later']);
  expect(ids(await list(`${LIST}?active=false&at=${at}`))).toEqual(['ends']);
  const past = await list(`${LIST}?at=2026-01-31T22:59:59Z`, 400);
  expect((past as { message?: string }).message).toMatch(/^at must not be in the past: /);
  await list(`${LIST}?activ=true`, 400);
});

describe('the ETag', () => {
  const tagOf = async (path = LIST) => (await server.call('GET', path)).headers.get('ETag') ?? '';
  const again = async (tag: string, path = LIST) =>
    (await server.call('GET', path, { headers: { 'If-None-Match': tag } })).status;

  test('the same state: 304, also among others and as a weak one', async () => {
    const tag = await tagOf();
    expect(tag).toMatch(/^"[\w-]{27}"$/);
    for (const sent of [tag, `"x", W/${tag}`, '*']) expect(await again(sent)).toBe(304);
    expect(await again('"x"')).toBe(200);
    server.setNow(NOW + 1000);
    expect(await again(tag)).toBe(304);
  });

  test('each answer has its own', async () => {
    const paths = [LIST, `${LIST}?active=true`, `${LIST}?active=false`];
    const tags = await Promise.all([...paths, '/accounts/abc456/entitlements'].map(tagOf));
    expect(new Set(tags).size).toBe(4);
  });

  test('a change, a start and an end by time alone make it another', async () => {
    const first = await tagOf();
    await grantBySoap('soon', '2026-01-31T23:00:10Z', '2026-01-31T23:00:20Z');
    const tags = [first, await tagOf()];
    expect(await again(first)).toBe(200);
    for (const second of [9, 10, 19, 20]) {
      server.setNow(NOW + second * 1000);
      const tag = await tagOf();
      const isNew = second % 10 === 0;
      expect([second, tags.includes(tag)]).toEqual([second, !isNew]);
      tags.push(tag);
    }
    expect(await tagOf(`${LIST}?at=2026-01-31T23:00:30Z`)).toBe(tags.at(-1));
  });
});

describe('an account of many entitlements', () => {
  const MANY = 3000;
  const path = join(tmpdir(), `latchkey-many-${process.pid}.db`);
  let many: RestServer;
  let merchantId: number;
  let accountId: number;

  const change = (id: string, description: string) =>
    many.store.transact(merchantId, async (unit) => {
      const key = { merchantEntitlementId: id, source: 'Account', sourceId: '' } as const;
      const before = await unit.findEntitlement(accountId, key);
      const after = { start: NOW, end: undefined, description };
      const rest = { changesAccess: true, dueAt: undefined, actor: 'x', note: undefined };
      const line = { accountId, action: 'grant', at: NOW, soapId: undefined, ...rest } as const;
      await unit.recordChange({ before, after, ...line, ...key });
    });

  const nameOf = (index: number) => `e${String(index).padStart(5, '0')}`;

  beforeAll(async () => {
    many = await startRestServer({ merchants: [DEMO], now: NOW, database: path });
    merchantId = (await many.store.findMerchant('demo'))?.id ?? 0;
    const reader = many.store.reader(merchantId);
    accountId = (await reader.findAccountByMerchantAccountId('nothing-yet'))?.id ?? 0;
    await Promise.all(Array.from({ length: MANY }, (_, index) => change(nameOf(index), 'first')));
  });
  afterAll(async () => {
    await many.stop();
    for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
  });

  test('comes whole, and no look-up reads more than a page', async () => {
    const { body } = await many.call('GET', '/accounts/nothing-yet/entitlements');
    expect(ids(body as Listed)).toEqual(Array.from({ length: MANY }, (_, index) => nameOf(index)));
  });

  test('comes as it was when the reading began, whatever changes meanwhile', async () => {
    const reader = many.store.reader(merchantId);
    const { line } = await reader.standOf(accountId, NOW);
    const pages = listAsOf(reader, accountId, line);
    const first = await pages.next();
    const seen = first.done === true ? [] : [...first.value];
    expect(seen).toHaveLength(FIRST_PAGE);
    await change(nameOf(0), 'changed');
    await change(nameOf(MANY - 1), 'changed');
    await change(nameOf(MANY - 1), 'changed again');
    await change('f-new', 'new');
    for await (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(PAGE);
      seen.push(...page);
    }
    expect(seen).toHaveLength(MANY);
    expect(new Set(seen.map(({ description }) => description))).toEqual(new Set(['first']));
  });
});
