/** Lists of any length: read in parts, and written as they are read. */
import { exchange } from '../harness/connection';
import { SEED } from '../harness/seed';
import { NOW, startTestServer, type TestServer } from '../harness/server';
import { callAccount, USER } from '../harness/soap-call';
import { grantOf } from '../store-suite/subject';

/** More than three parts. */
const MANY = 1201;
const ID = /<merchantEntitlementId[^>]*>([^<]*)</g;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ merchants: SEED });
  const merchant = await server.store.findMerchant(USER.login);
  await server.store.transact(merchant?.id ?? 0, async (unit) => {
    const account = await unit.findAccountByMerchantAccountId('alan-1912');
    for (let n = 0; n < MANY; n += 1) {
      await unit.recordChange(grantOf(account?.id ?? 0, `many-${n}`, { at: NOW }));
    }
  });
});

afterAll(() => server.stop());

function fetchBy(id: string, protocol = 'HTTP/1.1') {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<v:fetchByAccount xmlns:v="http://soap.vindicia.com/v22_0/Entitlement">' +
    `<auth><login>${USER.login}</login><password>${USER.password}</password></auth>` +
    `<account><merchantAccountId>${id}</merchantAccountId></account><showAll>1</showAll>` +
    '</v:fetchByAccount></e:Body></e:Envelope>';
  return exchange(server.url, `POST /soap.pl ${protocol}`, ['Content-Type: text/xml'], body);
}

const idsIn = (xml: string) => [...xml.matchAll(ID)].map(([, id]) => id);
const MANY_IDS = Array.from({ length: MANY }, (_, n) => `many-${n}`);

test('a long one comes in chunks, each of its entitlements once and in order', async () => {
  const { headers, text } = await fetchBy('alan-1912');
  expect(headers).toMatchObject({ 'transfer-encoding': 'chunked' });
  expect(headers['content-length']).toBeUndefined();
  const ids = idsIn(text);
  expect(ids).toEqual([...ids].sort());
  expect(ids).toEqual(expect.arrayContaining(MANY_IDS));
  expect(new Set(ids).size).toBe(ids.length);
  expect(text.endsWith('</soap:Body></soap:Envelope>')).toBe(true);
});

test('no look-up of it reads more than a part', async () => {
  server.statements.length = 0;
  await fetchBy('alan-1912');
  const ofEntitlements = server.statements.filter((sql) => sql.includes('FROM entitlement'));
  expect(ofEntitlements.length).toBeGreaterThan(MANY / 250);
  expect(ofEntitlements.filter((sql) => !/LIMIT \+?(64|250)\b/.test(sql))).toEqual([]);
});

test('an account with its grants, after one more', async () => {
  const account = '<account><merchantAccountId>alan-1912</merchantAccountId></account>';
  const grant = `${account}<entitlement><merchantEntitlementId>zz-last</merchantEntitlementId></entitlement>`;
  const { body, returnCode } = await callAccount(server.url, 'grantEntitlement', grant);
  expect(returnCode).toBe('200');
  const ids = idsIn(body);
  expect(ids).toEqual(expect.arrayContaining(MANY_IDS));
  expect(ids.at(-1)).toBe('zz-last');
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('a short one has a length, and comes whole', async () => {
  const { headers } = await fetchBy('ada-1815');
  expect(Number(headers['content-length'])).toBeGreaterThan(0);
});
