/** Why an account has access, or hasn't: the same answer over REST and on the command line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_IDS, MAX_LINES, MAX_SOURCES } from '../../src/ledger/access-at';
import { runLatchkey } from '../harness/run-latchkey';
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { grant, SELLER, type Shop, startShop } from '../orders/shop';
import { READ_KEY } from '../orders/rest';

const MINUTE = 60_000;

let folder: string;
let database: string;
let shop: Shop;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  shop = await startShop({ database });
});
afterEach(async () => {
  await shop.stop();
  rmSync(folder, { recursive: true });
});

/** The answer's sentences, with every id of a call or account as `ID`. */
async function asked(query: string): Promise<string[]> {
  const { text } = await shop.get(`/access?${query}`);
  return blurred(String(text));
}

function blurred(text: string): string[] {
  return text
    .replace(/\b[0-9a-f]{40}\b/g, 'ID')
    .replace(/Line \d+/g, 'Line N')
    .trim()
    .split('\n');
}

async function why(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runLatchkey(
    database,
    'why',
    ...args,
    '--merchant',
    SELLER,
  );
  expect([code, stderr]).toEqual([0, '']);
  return blurred(stdout);
}

async function refund(): Promise<void> {
  await grant(shop, 'A1');
  shop.setNow(NOW + MINUTE);
  await shop.post('/orders/A1/revoke', { reason: 'refunded', note: 'Ticket 17' });
  shop.setNow(NOW + 2 * MINUTE);
}

const named = (part: string, id: string) =>
  `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;

async function soap(name: string, ...parts: string[]): Promise<void> {
  expect((await callAccount(shop.url, name, parts.join(''))).returnCode).toBe('200');
}

const entitlement = (id: string, end?: string) =>
  `<entitlement><merchantEntitlementId>${id}</merchantEntitlementId>` +
  `${end === undefined ? '' : `<endTimestamp>${end}</endTimestamp>`}</entitlement>`;

const GRANT = '    Line N: granted by shop on 2024-06-01T12:00:00.500Z, call ID; without end.';

test('an order that was refunded: not any more, since when, by whom, why', async () => {
  await refund();
  const taken =
    'revoked by shop on 2024-06-01T12:01:00.500Z, reason refunded, note "Ticket 17", call ID';
  expect(await asked('order=A1&entitlement=lessons')).toEqual([
    'Account bob@example.com (ID) at 2024-06-01T12:02:00.500Z:',
    'bob@example.com has no access to lessons any more.',
    `  By order A1 (offer course) until 2024-06-01T12:00:59.000Z: ${taken}.`,
    GRANT,
    `    Line N: ${taken}; until 2024-06-01T12:00:59.000Z.`,
  ]);
});

test('a moment before the revocation: what was then', async () => {
  await refund();
  const then = await asked('email=BOB@example.com&at=2024-06-01T12:00:59.999Z&entitlement=lessons');
  expect(then).toEqual([
    'Account bob@example.com (ID) at 2024-06-01T12:00:59.999Z:',
    'bob@example.com had access to lessons without end.',
    '  By order A1 (offer course) since 2024-06-01T11:59:59.000Z, without end.',
    GRANT,
  ]);
  const before = await asked('email=bob@example.com&at=2024-06-01T12:00:00.499Z&entitlement=x');
  expect(before.join(' ')).toContain('had never had access to x: no line of the ledger');
  const [first] = await asked('email=bob@example.com&at=2024-06-01T12:00:00.499Z');
  expect(first).toContain('The first line about it is of 2024-06-01T12:00:00.500Z.');
});

test('one that ran out, with and without a line by time alone; one to come; a moment to come', async () => {
  await soap(
    'grantEntitlement',
    named('account', 'ada-1815'),
    entitlement('x', '2024-06-02T00:00:00Z'),
  );
  const late = 'account=ada-1815&entitlement=x&at=2024-06-03T00:00:00Z';
  const ended =
    '  By a grant until 2024-06-02T00:00:00.000Z, when it ran out; that end was set when it was ' +
    'granted by acme_soap on 2024-06-01T12:00:00.500Z, call ID.';
  const future = await asked(late);
  expect(future.slice(0, 3)).toEqual([
    'Account ada-1815 (ID, ada@example.com) at 2024-06-03T00:00:00.000Z, as far as is known now:',
    'ada-1815 will have no access to x any more.',
    ended,
  ]);
  shop.setNow(Date.parse('2024-06-04T00:00:00.500Z'));
  expect((await asked(late)).slice(1, 3)).toEqual(['ada-1815 had no access to x any more.', ended]);
  // Asking for changes writes the line down.
  await soap('grantEntitlement', named('account', 'ada-1815'), entitlement('x'));
  const active = await asked('account=ada-1815&entitlement=x&at=2024-06-01T23:00:00Z');
  expect(active[1]).toBe('ada-1815 had access to x until 2024-06-02T00:00:00.000Z.');
  expect((await asked(late)).at(-1)).toBe(
    '    Line N: ran out by itself on 2024-06-02T00:00:00.000Z; until 2024-06-02T00:00:00.000Z.',
  );
});

test('transferred: the old name says who has it now', async () => {
  await soap('grantEntitlement', named('account', 'alan-1912'), entitlement('x'));
  await soap('transfer', named('targetAccount', 'ada-1815'), named('sourceAccount', 'alan-1912'));
  const old = await asked('account=alan-1912&entitlement=x');
  expect(old[0]).toContain('What it had was transferred to ada-1815: ask about that account, too.');
  expect(old[2]).toContain('transferred by acme_soap');
  expect(old[2]).toContain('note "to ada-1815"');
  const own = await asked('account=ada-1815&entitlement=x');
  expect(own[1]).toBe('ada-1815 has access to x without end.');
});

test('the command answers as REST does, in the zone of the settings, by any name', async () => {
  await refund();
  const at = ['--at', '2024-06-01T12:00:30Z', '--entitlement', 'lessons'];
  const [head = '', ...rest] = await why('bob@example.com', ...at);
  expect(head).toBe('Account bob@example.com (ID) at 2024-06-01T12:00:30+00:00:');
  expect(rest[0]).toBe('bob@example.com had access to lessons without end.');
  expect(await why('A1', ...at)).toEqual(['Order A1 is of this account:', head, ...rest]);
  const { accounts } = await shop.get('/access?order=A1');
  const [{ userId }] = accounts as [{ userId: string }];
  expect(await why(userId, ...at)).toEqual([head, ...rest]);
  const json = await runLatchkey(database, 'why', userId, ...at, '--merchant', SELLER, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    at: '2024-06-01T12:00:30+00:00',
    accounts: [{ userId, entitlements: [{ active: true, sources: [{ orderId: 'A1' }] }] }],
  });
});

test.each([
  ['account=nobody', 404, 'There is no account nobody.'],
  ['email=nobody@example.com', 404, 'nobody@example.com'],
  ['order=Z9', 404, 'Z9'],
  ['', 400, 'Name the account by one of account, email and order.'],
  ['account=ada-1815&order=A1', 400, 'Name the account by one of'],
  ['account=ada-1815&at=yesterday', 400, 'at must be a moment: ISO 8601 with an offset'],
  ['account=ada-1815&when=now', 400, 'must not have "when"'],
])('%s → %d, %s', async (query, status, message) => {
  expect((await shop.get(`/access?${query}`, status)).message).toContain(message);
});

test('a key that may only read may ask; another merchant is not seen', async () => {
  await refund();
  expect((await shop.call('GET', '/access?order=A1', { key: READ_KEY })).status).toBe(200);
  const none = await runLatchkey(database, 'why', 'nobody', '--merchant', SELLER);
  expect([none.code, none.stdout, none.stderr]).toEqual([
    1,
    '',
    'latchkey: There is no account, e-mail address or order nobody.\n',
  ]);
  const which = await runLatchkey(database, 'why', 'A1');
  expect([which.code, which.stderr]).toEqual([
    1,
    'latchkey: there are several merchants; name one with --merchant\n',
  ]);
});

test('an account with more than is shown: cut, and said; the access to one id is whole', async () => {
  const count = MAX_IDS + 3;
  await shop.operate(async (unit) => {
    const account = await unit.findAccountByMerchantAccountId('alan-1912');
    const record = (id: string, sourceId: string, soapId: string) =>
      unit.recordChange({
        ...{ accountId: account?.id ?? 0, merchantEntitlementId: id, sourceId, soapId },
        ...{ source: 'Order', action: 'grant', before: undefined, at: NOW, actor: 'shop' },
        after: { start: NOW, end: undefined, description: undefined },
        ...{ changesAccess: true, dueAt: undefined, note: undefined },
      });
    for (let id = 0; id < count; id += 1) await record(`id-${id}`, '', 's');
    for (let order = 0; order < MAX_SOURCES + 2; order += 1)
      await record('many', `o-${order}`, 's');
    for (let line = 0; line < MAX_LINES + 2; line += 1) {
      const state = { start: NOW, end: undefined, description: String(line) };
      await unit.recordChange({
        ...{ accountId: account?.id ?? 0, merchantEntitlementId: 'often', source: 'Account' },
        ...{ sourceId: '', action: 'grant', at: NOW, actor: 'shop', changesAccess: true },
        ...{ before: line === 0 ? undefined : state, after: state },
        ...{ dueAt: undefined, note: undefined, soapId: 's' },
      });
    }
  });
  const all = await asked('account=alan-1912');
  expect(all[0]).toContain(`Only ${MAX_IDS} of its entitlements are shown`);
  const whole = async (id: string) => {
    const { accounts } = await shop.get(`/access?account=alan-1912&entitlement=${id}`);
    return accounts as unknown[];
  };
  const sources = { length: MAX_SOURCES };
  expect(await whole(`id-${count - 1}`)).toMatchObject([{ isCut: false, entitlements: [{}] }]);
  expect(await whole('many')).toMatchObject([
    { entitlements: [{ active: true, moreSources: 2, sources }] },
  ]);
  expect(await whole('often')).toMatchObject([
    { entitlements: [{ sources: [{ moreLines: 2, lines: { length: MAX_LINES } }] }] },
  ]);
});
