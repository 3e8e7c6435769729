/** GET /v1/accounts/{account}/entitlements over the wire. */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../harness/server';
import { FIRST_PAGE, PAGE } from '../../src/base/pages';
import type { Demo } from '../../src/demo';
import { listAsOf } from '../../src/ledger/as-of';
import { accountId, merchantWith } from '../delta/calls';
import { createRandom, RandomWalk } from '../delta/random-walk';
import { callAccount } from '../harness/soap-call';
import { type RestServer, startRestServer } from '../orders/rest';

const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
const NOW = Date.parse('2026-01-31T23:00:00Z');
const LIST = '/accounts/xyz123/entitlements';
const SEED = Number(process.env.SEED ?? 1815);
const WALKERS = 4;

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

test('active: judged at the moment asked for', async () => {
  await grantBySoap('later', '2026-02-10T00:00:00Z');
  await grantBySoap('ends', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
  expect(ids(await list(`${LIST}?active=true`))).toEqual(['bac', 'ends', 'forum']);
  expect(ids(await list(`${LIST}?active=false`))).toEqual(['later']);
  const at = '2026-02-10T01:00:00%2B01:00';
  expect(ids(await list(`${LIST}?active=true&at=${at}`))).toEqual(['bac', 'forum', 'later']);
  expect(ids(await list(`${LIST}?active=false&at=${at}`))).toEqual(['ends']);
  await list(`${LIST}?activ=true`, 400);
});

test('a past moment: what was held then, whatever was done since', async () => {
  const before = `${LIST}?at=2026-01-31T22:59:59Z`;
  expect((await list(before)).entitlements).toEqual([]);
  const then = `${LIST}?at=${new Date(NOW + 5000).toISOString()}`;
  await grantBySoap('soon', '2026-01-31T23:00:10Z', '2026-01-31T23:00:20Z');
  server.setNow(NOW + 5000);
  const held = await list();
  server.setNow(NOW + 30_000);
  expect(ids(await list(`${LIST}?active=true`))).toEqual(['bac', 'forum']);
  const revoked =
    '<account><merchantAccountId>xyz123</merchantAccountId></account>' +
    '<merchantEntitlementId>bac</merchantEntitlementId>';
  expect((await callAccount(server.url, 'revokeEntitlement', revoked, DEMO)).returnCode).toBe(
    '200',
  );
  await grantBySoap('new', '2026-01-01T00:00:00Z');
  expect(await list(then)).toEqual(held);
  const between = new Date(NOW + 15_000).toISOString();
  expect(ids(await list(`${LIST}?active=true&at=${between}`))).toEqual(['bac', 'forum', 'soon']);
  expect(await list(before)).toMatchObject({ entitlements: [] });
});

test('whatever calls and the clock do, transfers too: asked later, the answer is that of then', async () => {
  const walked = await startRestServer({ merchants: [merchantWith(WALKERS)] });
  const random = createRandom(SEED);
  const territory = { accounts: WALKERS, ids: ['bac', 'forum', 'news'] };
  const walk = new RandomWalk(walked, territory, random);
  const paths = Array.from({ length: WALKERS }, (_, n) => `/accounts/${accountId(n)}/entitlements`);
  const ask = async (path: string) => {
    const { status, body, headers } = await walked.call('GET', path);
    return { status, body, tag: headers.get('ETag') };
  };
  const answers: Array<{ readonly path: string; readonly then: unknown }> = [];
  for (let step = 0; step < 80; step += 1) {
    await walk.step();
    // What is done at a moment counts from then on.
    walk.advance(1);
    const at = new Date(walk.now).toISOString();
    for (const path of paths) {
      answers.push({ path: `${path}?at=${at}`, then: (await ask(path)).body });
    }
    walk.advance(1);
  }
  const wrong: unknown[] = [];
  const tags = new Set<string>();
  for (const { path, then } of answers) {
    const { body, tag } = await ask(path);
    tags.add(tag ?? '');
    if (JSON.stringify(body) !== JSON.stringify(then)) wrong.push({ path, body, then });
  }
  expect(wrong.slice(0, 2)).toEqual([]);
  expect(tags.size).toBe(answers.length);
  const transfers = await walked.ask("SELECT id FROM ledger WHERE action = 'transfer'");
  expect(transfers.length).toBeGreaterThan(3);
  await walked.stop();
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
  let account: number;

  const change = (id: string, description: string) =>
    many.store.transact(merchantId, async (unit) => {
      const key = { merchantEntitlementId: id, source: 'Account', sourceId: '' } as const;
      const before = await unit.findEntitlement(account, key);
      const after = { start: NOW, end: undefined, description };
      const rest = { changesAccess: true, dueAt: undefined, actor: 'x', note: undefined };
      const line = {
        accountId: account,
        action: 'grant',
        at: NOW,
        soapId: undefined,
        ...rest,
      } as const;
      await unit.recordChange({ before, after, ...line, ...key });
    });

  const nameOf = (index: number) => `e${String(index).padStart(5, '0')}`;

  beforeAll(async () => {
    many = await startRestServer({ merchants: [DEMO], now: NOW, database: path });
    merchantId = (await many.store.findMerchant('demo'))?.id ?? 0;
    const reader = many.store.reader(merchantId);
    account = (await reader.findAccountByMerchantAccountId('nothing-yet'))?.id ?? 0;
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
    const { line } = await reader.standOf(account, NOW);
    const pages = await listAsOf(reader, account, line);
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

  test('a moment since when more has changed than is kept in mind: 422, and what to do', async () => {
    const { status, body } = await many.call(
      'GET',
      `/accounts/nothing-yet/entitlements?at=${new Date(NOW - 1).toISOString()}`,
    );
    expect([status, ids(body as Listed)]).toEqual([200, []]);
    await many.store.transact(merchantId, async (unit) => {
      for (let index = 0; index <= 10_000 - MANY; index += 1) {
        const key = {
          merchantEntitlementId: `g${index}`,
          source: 'Account',
          sourceId: '',
        } as const;
        const after = { start: NOW, end: undefined, description: undefined };
        const rest = { changesAccess: true, dueAt: undefined, actor: 'x', note: undefined };
        const line = { accountId: account, action: 'grant', at: NOW, soapId: undefined } as const;
        await unit.recordChange({ before: undefined, after, ...line, ...rest, ...key });
      }
    });
    const refused = await many.call(
      'GET',
      `/accounts/nothing-yet/entitlements?at=${new Date(NOW - 1).toISOString()}`,
    );
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { message: expect.stringContaining('ask for a later moment') as string },
    ]);
  });
});
