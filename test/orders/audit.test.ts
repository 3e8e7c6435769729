/** The audit: over REST page by page, on the command line as a whole. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { addKey, READ_KEY } from './rest';
import { type Body, grant, type Shop, startShop } from './shop';
import { collect } from '../harness/collect';

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

type Line = Record<string, unknown>;

async function lines(query: string): Promise<Line[]> {
  const { lines: found } = await shop.get(`/audit?pageLength=1000&${query}`);
  return found as Line[];
}

/** Two orders: Bob's A1 is granted at 12:00, revoked at 12:01; Eve's B2 is granted at 12:02. */
async function sell(): Promise<void> {
  await grant(shop, 'A1');
  shop.setNow(NOW + MINUTE);
  await shop.post('/orders/A1/revoke', { reason: 'refunded', note: 'Ticket 17' });
  shop.setNow(NOW + 2 * MINUTE);
  await grant(shop, 'B2', 'lab', 'eve@example.com');
}

const named = (found: readonly Line[]) =>
  found.map(
    ({ action, merchantEntitlementId }) => `${String(action)} ${String(merchantEntitlementId)}`,
  );

const A1 = ['grant lessons', 'grant videos', 'revoke lessons', 'revoke videos'];
const B2 = ['grant lab-access', 'grant videos'];

describe('GET /audit', () => {
  test('says who, when, why, of which order, what was before and after', async () => {
    await sell();
    const found = await lines('order=A1');
    expect(named(found)).toEqual(A1);
    const [user] = found.map(({ userId }) => userId);
    expect(found[2]).toEqual({
      id: expect.stringMatching(/^\d+$/) as string,
      at: '2024-06-01T12:01:00.500Z',
      actor: 'shop',
      action: 'revoke',
      reason: 'refunded',
      note: 'Ticket 17',
      requestId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      orderId: 'A1',
      source: 'Order',
      userId: user,
      merchantAccountId: 'bob@example.com',
      merchantEntitlementId: 'lessons',
      before: { start: '2024-06-01T11:59:59.000Z' },
      after: { start: '2024-06-01T11:59:59.000Z', end: '2024-06-01T12:00:59.000Z' },
    });
  });

  test('by e-mail, in whatever case; with an order both must fit', async () => {
    await sell();
    expect(named(await lines('email=EVE@example.com'))).toEqual(B2);
    expect(named(await lines('email=bob@example.com&order=A1'))).toEqual(A1);
    await shop.get('/audit?email=eve@example.com&order=A1', 404);
  });

  test('by call, alone and with an order or a user', async () => {
    await sell();
    const [, , revoked] = await lines('order=A1');
    const soapId = `soapId=${String(revoked?.requestId)}`;
    expect(named(await lines(soapId))).toEqual(A1.slice(2));
    expect(named(await lines(`${soapId}&order=A1`))).toEqual(A1.slice(2));
    expect(await lines(`${soapId}&email=eve@example.com`)).toEqual([]);
    const { stdout } = await runLatchkey(database, 'ledger', '--soap-id', soapId.slice(7));
    expect(stdout.match(/refunded/g)).toHaveLength(2);
    const none = await runLatchkey(database, 'ledger', '--soap-id', 'x');
    expect([none.code, none.stderr]).toEqual([
      1,
      'latchkey: no line of the ledger is of the call x: it changed no access\n',
    ]);
  });

  test('by time: from a moment on, until just before another', async () => {
    await sell();
    const at = (seconds: number) => `2024-06-01T12:0${Math.floor(seconds / 60)}:00.500Z`;
    expect(named(await lines(`from=${at(0)}&to=${at(60)}`)).slice(-2)).toEqual(A1.slice(0, 2));
    expect(named(await lines(`from=${at(60)}&to=${at(120)}`))).toEqual(A1.slice(2));
    expect(named(await lines(`from=${at(60)}`))).toEqual([...A1.slice(2), ...B2]);
    expect(named(await lines(`order=A1&from=${at(60)}`))).toEqual(A1.slice(2));
    expect(named(await lines(`email=bob@example.com&to=${at(60)}`))).toEqual(A1.slice(0, 2));
    expect(await lines('from=2024-06-01T14:02:00.501%2B02:00')).toEqual([]);
  });

  test.each(['', 'order=A1&', 'email=bob@example.com&'])(
    'page by page with %s: each line once, in order',
    async (query) => {
      await sell();
      const all = await lines(query);
      const walked: Line[] = [];
      let place = '';
      for (let pages = 0; pages < 100; pages++) {
        const page: Body = await shop.get(`/audit?${query}pageLength=3${place}`);
        walked.push(...(page.lines as Line[]));
        if (page.next_page === null) break;
        expect(page.lines).toHaveLength(3);
        place = `&lastLoadedId=${page.next_page as string}`;
      }
      expect(walked).toEqual(all);
      expect(all.length).toBeGreaterThan(3);
    },
  );

  test('what was granted over SOAP is there, too, also after a merger', async () => {
    const account = (part: string, id: string) =>
      `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;
    await callAccount(
      shop.url,
      'grantEntitlement',
      `${account('account', 'alan-1912')}<entitlement><merchantEntitlementId>x</merchantEntitlementId></entitlement><note>A gift</note>`,
    );
    const merger = account('targetAccount', 'ada-1815') + account('sourceAccount', 'alan-1912');
    expect((await callAccount(shop.url, 'transfer', merger)).returnCode).toBe('200');
    const byName = (await lines('email=alan-1912')).filter(({ note }) => note === 'A gift');
    expect(byName).toMatchObject([{ action: 'grant', actor: 'acme_soap', source: 'Account' }]);
    expect(byName[0]).not.toHaveProperty('orderId');
  });

  test('has an end at its moment, though nobody asked for changes, and once', async () => {
    const end = '2024-06-01T12:05:00.000Z';
    const reply = await callAccount(
      shop.url,
      'grantEntitlement',
      '<account><merchantAccountId>alan-1912</merchantAccountId></account><entitlement>' +
        `<merchantEntitlementId>x</merchantEntitlementId><endTimestamp>${end}</endTimestamp></entitlement>`,
    );
    expect(reply.returnCode).toBe('200');
    const expired = async () =>
      (await lines('from=2024-06-01T12:00:00Z')).filter(({ action }) => action === 'expire');
    shop.setNow(Date.parse(end) - 1);
    expect(await expired()).toEqual([]);
    shop.setNow(Date.parse(end));
    const line = { at: end, actor: 'latchkey', merchantEntitlementId: 'x' };
    expect(await expired()).toMatchObject([line]);
    shop.setNow(Date.parse(end) + 10 * MINUTE);
    expect(await expired()).toMatchObject([line]);
  });

  test('a key that may only read may look; one of another merchant sees its own', async () => {
    await sell();
    expect((await shop.call('GET', '/audit', { key: READ_KEY })).status).toBe(200);
    const [, other] = await shop.store.listMerchants();
    if (!other) throw new Error('there is one merchant only');
    await addKey(shop, other.login, 'theirs', 'lk_theirs');
    const reply = await shop.call('GET', '/audit?order=A1', { key: 'lk_theirs' });
    expect(reply.status).toBe(404);
    const { body } = await shop.call('GET', '/audit?pageLength=1000', { key: 'lk_theirs' });
    expect(JSON.stringify(body)).not.toContain('bob@');
    const [mine] = await lines('order=A1');
    const place = `/audit?lastLoadedId=${String(mine?.id)}`;
    expect((await shop.call('GET', place, { key: 'lk_theirs' })).status).toBe(400);
  });

  test.each([
    ['from=yesterday', 400, 'from must be a moment: ISO 8601 with an offset'],
    ['from=2024-06-01T12:00:00', 400, 'from must be a moment: ISO 8601 with an offset'],
    ['to=2024-02-30T12:00:00Z', 400, 'to must be a moment: ISO 8601'],
    ['from=2024-06-02T00:00:00Z&to=2024-06-01T00:00:00Z', 400, 'to is before from.'],
    ['lastLoadedId=x', 400, 'lastLoadedId is not the next_page of a page before.'],
    ['lastLoadedId=999999', 400, 'lastLoadedId is not the next_page of a page before.'],
    ['pageLength=0', 400, 'pageLength must be at least 1'],
    ['order=A1&order=A2', 400, 'order must be a text, not a list'],
    ['order=Z9', 404, 'Z9'],
    ['soapId=Z9', 404, 'Z9'],
    ['soapid=Z9', 400, 'lastLoadedId, pageLength, order, account, email, soapId, from, to'],
    ['email=nobody@example.com', 404, 'nobody@example.com'],
  ])('%s → %d, %s', async (query, status, message) => {
    const body = await shop.get(`/audit?${query}`, status);
    expect(body.message).toContain(message);
  });
});

describe('latchkey', () => {
  test('ledger --order: its lines alone', async () => {
    await sell();
    const { stdout } = await runLatchkey(database, 'ledger', '--order', 'A1', '--json');
    const found = stdout.trim().split('\n');
    expect(named(found.map((line) => JSON.parse(line) as Line))).toEqual(A1);
  });

  test('audit export --format json: one document, every line', async () => {
    await sell();
    const { stdout, stderr } = await runLatchkey(database, 'audit', 'export', '--format', 'json');
    const found = JSON.parse(stdout) as Line[];
    expect(found).toHaveLength((await collect(shop.store.listLedger({}))).length);
    // With what time ended since, in the order of the moments.
    expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).sort());
    expect(found.at(-1)).toMatchObject({ action: 'expire', actor: 'latchkey' });
    expect(found.find(({ note }) => note === 'Ticket 17')).toMatchObject({
      at: '2024-06-01T12:01:00.500Z',
      reason: 'refunded',
      note: 'Ticket 17',
      sourceId: 'A1',
      before: { start: '2024-06-01T11:59:59.000Z' },
      after: { end: '2024-06-01T12:00:59.000Z' },
    });
    // No terminal, no progress.
    expect(stderr).toBe('');
  });

  test('audit export narrows by order, account, merchant and time; nothing is []', async () => {
    await sell();
    const count = async (...args: string[]) => {
      const { stdout } = await runLatchkey(
        database,
        'audit',
        'export',
        '--format',
        'json',
        ...args,
      );
      return (JSON.parse(stdout) as Line[]).length;
    };
    expect(await count('--order', 'A1')).toBe(4);
    expect(await count('--order', 'A1', '--from', '2024-06-01T12:01:00Z')).toBe(2);
    expect(await count('--account', 'eve@example.com', '--merchant', 'acme_soap')).toBe(2);
    expect(await count('--from', '2030-01-01T00:00:00Z')).toBe(0);
    const refused = async (...args: string[]) =>
      (await runLatchkey(database, 'audit', 'export', ...args)).stderr;
    expect(await refused('--merchant', 'nobody')).toBe('latchkey: there is no merchant nobody\n');
    expect(await refused('--order', 'Z9')).toBe('latchkey: there is no order Z9\n');
    expect(await refused('--account', 'x', '--merchant', 'acme_soap')).toBe(
      'latchkey: there is no account x of acme_soap\n',
    );
    const bad = await runLatchkey(database, 'audit', 'export', '--to', '2024-02-30T00:00:00Z');
    expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('2026-01-31T23:00:00Z')]);
  });

  test('audit export --format csv: RFC 4180, and no formula for a spreadsheet', async () => {
    const notes = [
      'plain',
      'a,b',
      'say "no"',
      'two\nlines',
      '=1+1',
      '+1',
      '-1',
      '@x',
      '\tx',
      'a;b',
      'a\tb',
    ];
    for (const [index, note] of notes.entries()) {
      await grant(shop, `C${index}`);
      await shop.post(`/orders/C${index}/revoke`, { reason: 'other', note });
    }
    const { stdout } = await runLatchkey(database, 'audit', 'export');
    expect(stdout).toMatch(/^id,at,merchant,VID,[^\n]+\r\n[^\n]+\r\n/);
    const [head = [], ...rows] = parseCsv(stdout);
    const column = head.indexOf('note');
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    const exported = new Set(rows.map((row) => row[column]));
    const safe = ['plain', 'a,b', 'say "no"', 'two\nlines', "'=1+1", "'+1", "'-1", "'@x", "'\tx"];
    // Other programs take these for separators.
    for (const note of ['a;b', 'a\tb']) expect(stdout).toContain(`,"${note}",`);
    for (const note of safe) expect([...exported]).toContain(note);
    expect([...exported].filter((note) => /^[=+\-@\t]/.test(note ?? ''))).toEqual([]);
  });
});

/** As RFC 4180 reads it: nothing but CRLF ends a record, and quotes are doubled within quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
