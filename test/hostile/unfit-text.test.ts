/** Characters that no reply can hold, at each door: refused there, and nothing is changed. */
import { Readable } from 'node:stream';
import { readPassword } from '../../src/commands/actions/read-password';
import { exchange } from '../harness/connection';
import { callAccount, USER } from '../harness/soap-call';
import { ADMIN_KEY, KEY } from '../orders/rest';
import { type Shop, startShop } from '../orders/shop';

/** U+… in hexadecimal. Halves of surrogate pairs among them. */
const UNFIT = ['0', '1', '8', 'B', 'C', 'E', '1F', 'D800', 'DBFF', 'DC00', 'DFFF', 'FFFE', 'FFFF'];

const characterOf = (code: string) => String.fromCharCode(parseInt(code, 16));
const nameOf = (code: string) => `U+${code.padStart(4, '0')}`;
/** Half a surrogate pair as its three bytes, too. */
function bytesOf(code: string): Buffer {
  const number = parseInt(code, 16);
  if (number < 0x80) return Buffer.from([number]);
  const [second, third] = [0x80 | ((number >> 6) & 0x3f), 0x80 | (number & 0x3f)];
  return Buffer.from([0xe0 | (number >> 12), second, third]);
}
const isHalf = (code: string) => /^D/.test(code);

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop.stop());

/** The rows of every table that a door of this table could reach. */
async function state(): Promise<unknown> {
  const tables = [
    'account',
    'name_value',
    'user_profile',
    'customer_order',
    'kept_answer',
    'ledger',
    'entitlement',
    'endpoint',
    'offer',
  ];
  const rows = await Promise.all(tables.map((table) => shop.ask(`SELECT * FROM ${table}`)));
  // PostgreSQL gives them in any order.
  return rows.map((ofTable) => ofTable.map((row) => JSON.stringify(row)).sort());
}

let before: unknown;
beforeEach(async () => (before = await state()));
afterEach(async () => expect(await state()).toEqual(before));

const NOT_WELL_FORMED = /not well-formed XML: \d+:\d+/;

describe.each(UNFIT)('U+%s', (code) => {
  const raw = isHalf(code) ? undefined : characterOf(code);

  test.each([`&#x${code};`, `&#${parseInt(code, 16)};`])('SOAP: %s', async (reference) => {
    const text = await callAccount(
      shop.url,
      'update',
      `<account><merchantAccountId>a${reference}</merchantAccountId></account>`,
    );
    expect(text.body).toMatch(NOT_WELL_FORMED);
    const attribute = await callAccount(shop.url, 'update', `<account id="a${reference}"/>`);
    expect(attribute.body).toMatch(NOT_WELL_FORMED);
    const login = await callAccount(shop.url, 'update', '<account/>', {
      ...USER,
      login: reference,
    });
    expect(login.body).toMatch(NOT_WELL_FORMED);
  });

  if (raw !== undefined) {
    test('SOAP: the character itself', async () => {
      const account = `<merchantAccountId>a${raw}</merchantAccountId>`;
      const cdata = `<merchantAccountId><![CDATA[${raw}]]></merchantAccountId>`;
      for (const parts of [account, cdata]) {
        const reply = await callAccount(shop.url, 'update', `<account>${parts}</account>`);
        expect(reply.body).toMatch(NOT_WELL_FORMED);
      }
    });
  }

  test('SOAP: bytes of UTF-8 that stand for it', async () => {
    const [start = '', end = ''] =
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>|</e:Body></e:Envelope>'.split(
        '|',
      );
    const body = Buffer.concat([Buffer.from(start), bytesOf(code), Buffer.from(end)]);
    const reply = await fetch(`${shop.url}/soap.pl`, { method: 'POST', body });
    expect(await reply.text()).toMatch(/not well-formed XML: \d+:\d+|not valid UTF-8/);
  });

  const ORDER = { email: 'eve@example.com', firstname: 'E', name: 'E', grantOffer: 'lab' };
  const GRANT = '/users/grant-user-offer-by-mail';

  test.each(['email', 'firstname', 'name', 'grantOffer', 'orderId'])('REST: %s', async (field) => {
    const body = { ...ORDER, [field]: `a${characterOf(code)}@example.com` };
    const { message } = await shop.post(GRANT, body, 400);
    // An address is refused as none before.
    if (field === 'email') expect(message).toBe('email must be an e-mail address');
    else expect(message).toContain(`${field}: character 2 is ${nameOf(code)}`);
  });

  test('REST: a path', async () => {
    const percent = bytesOf(code).toString('hex').replace(/../g, '%$&');
    const { status, body } = await shop.call('GET', `/orders/a${percent}`);
    expect(status).toBe(400);
    if (!isHalf(code))
      expect(JSON.stringify(body)).toContain(`orderId: character 2 is ${nameOf(code)}`);
  });

  test('REST: bytes of UTF-8 that stand for it', async () => {
    const [start = '', end = ''] = JSON.stringify({ ...ORDER, orderId: '|' }).split('|');
    const reply = await fetch(`${shop.url}/v1${GRANT}`, {
      method: 'POST',
      headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/json' },
      body: Buffer.concat([Buffer.from(start), bytesOf(code), Buffer.from(end)]),
    });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toMatch(/not UTF-8|not JSON|orderId: character 1 is/);
  });

  test('REST: a query', async () => {
    const percent = bytesOf(code).toString('hex').replace(/../g, '%$&');
    const { status, body } = await shop.call('GET', `/audit?account=a${percent}`);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(
      isHalf(code) ? 'not encoded as a URL' : `account: character 2 is ${nameOf(code)}`,
    );
  });

  test.each([
    ['/webhooks', 'description', { url: 'https://example.com/' }],
    ['/offers', 'name', { id: 'new', entitlements: ['x'] }],
  ])('REST: %s, %s', async (path, field, others) => {
    const body = { ...others, [field]: `a${characterOf(code)}` };
    const answer = await shop.call('POST', path, { body, key: ADMIN_KEY });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([
      400,
      expect.stringContaining(`${field}: character 2 is ${nameOf(code)}`),
    ]);
  });

  test('REST: a line of a batch', async () => {
    const grant = { action: 'grant', merchantAccountId: 'ada-1815', merchantEntitlementId: 'x' };
    const line = JSON.stringify({ ...grant, note: `a${characterOf(code)}` });
    const reply = await fetch(`${shop.url}/v1/entitlements:batch`, {
      method: 'POST',
      headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/x-ndjson' },
      body: `${line}\n`,
    });
    const { status, message } = (await reply.json()) as { status: number; message: string };
    expect([status, message]).toEqual([400, expect.stringContaining(nameOf(code))]);
  });

  if (parseInt(code, 16) < 0x20) {
    test('REST: an Idempotency-Key', async () => {
      const body = JSON.stringify({ ...ORDER, orderId: 'never' });
      const head = `POST /v1${GRANT} HTTP/1.1\r\nHost: a\r\nX-API-KEY: ${KEY}\r\nConnection: close\r\n`;
      const reply = await exchange(
        shop.url,
        `${head}Idempotency-Key: a${raw}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
      // Node.js refuses such a header; any other byte is a character of ISO-8859-1.
      expect(reply.status).toBe(400);
    });
  }

  test('a command: --password-stdin', async () => {
    const input = Readable.from([bytesOf(code), Buffer.from('\n')]);
    await expect(readPassword(input)).rejects.toThrow(
      isHalf(code) ? 'not UTF-8' : `--password-stdin: character 1 is ${nameOf(code)}`,
    );
  });
});

test('REST: bytes that are no UTF-8 at all', async () => {
  const reply = await fetch(`${shop.url}/v1/users/set-order-state`, {
    method: 'POST',
    headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/json' },
    body: Buffer.from('{"email":"a@b.example","orderId":"\xff","active":false}', 'latin1'),
  });
  expect([reply.status, await reply.json()]).toEqual([
    400,
    { statusCode: 400, message: 'The request body is not UTF-8.', error: 'Bad Request' },
  ]);
});
