/** Long lists are read while they are written, in parts: none lies in memory as a whole. */
import { request } from 'node:http';
import { NOW } from '../harness/server';
import { USER } from '../harness/soap-call';
import { KEY } from '../orders/rest';
import { type Shop, startShop } from '../orders/shop';
import { startCourse } from '../../src/entitlements/subscription';
import { grantOf, vidOf } from '../store-suite/subject';

const MANY = 3001;
const BEFORE = NOW - 1000;
const SHARED = 'shared@example.com';

let shop: Shop;

beforeAll(async () => {
  shop = await startShop();
  await shop.operate(async (unit) => {
    const { catalogue, orders } = unit;
    const owner = await unit.findAccountByMerchantAccountId('ada-1815');
    for (let n = 0; n < MANY; n += 1) {
      const name = `many-${n}`;
      const accountId = await unit.insertAccount(
        {
          VID: vidOf(name),
          merchantAccountId: name,
          emailAddress: n % 2 ? SHARED : `${name}@example.com`,
        },
        BEFORE,
      );
      await unit.recordChange(grantOf(owner?.id ?? 0, name, { at: BEFORE }));
      if (n % 2) continue;
      await unit.recordChange(grantOf(accountId, 'one', { at: BEFORE }));
      await catalogue.products.insert({ VID: vidOf(`p${n}`), merchantProductId: name }, NOW);
      await catalogue.billingPlans.insert(
        { VID: vidOf(`b${n}`), merchantBillingPlanId: name },
        NOW,
      );
      await orders.insertOffer({ offerId: name, name: 'x'.repeat(1000), createdAt: NOW });
      const autoBill = await unit.autoBills.insert({
        VID: vidOf(`a${n}`),
        merchantAutoBillId: name,
        accountId,
        billingPlan: vidOf('b0'),
        course: startCourse(BEFORE),
        items: [],
        values: {},
        createdAt: BEFORE,
        dueAt: undefined,
      });
      await unit.autoBills.insertEvent({ autoBill, type: 'STATUS_CHANGE', at: BEFORE });
    }
  });
}, 60_000);

afterAll(() => shop.stop());

function soap(service: string, operation: string, parts: string) {
  const auth = `<auth><login>${USER.login}</login><password>${USER.password}</password></auth>`;
  return (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    `<v:${operation} xmlns:v="http://soap.vindicia.com/v22_0/${service}">${auth}${parts}</v:${operation}>` +
    '</e:Body></e:Envelope>'
  );
}

const PAGE = '<page>0</page><pageSize>10000</pageSize>';
const ADA =
  '<account><merchantAccountId>ada-1815</merchantAccountId></account><showAll>1</showAll>';
const SINCE = `<timestamp>${new Date(BEFORE).toISOString()}</timestamp>${PAGE}`;

/** Asks, and looks at what was read when the first bytes of the answer have come, and at its end. */
function ask(path: string, body: string | undefined, table: RegExp) {
  const count = () => shop.statements.filter((sql) => table.test(sql));
  const headers = body === undefined ? { 'X-API-KEY': KEY } : { 'Content-Type': 'text/xml' };
  shop.statements.length = 0;
  return new Promise<{ early: number; all: string[]; text: string }>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(shop.url + path, { method, agent: false, headers }, (reply) => {
      let early: number | undefined;
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (piece: string) => {
        early ??= count().length;
        text += piece;
      });
      reply.on('end', () => resolve({ early: early ?? 0, all: count(), text }));
      reply.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const HALF = Math.ceil(MANY / 2);

test.each([
  ['fetchByAccount', soap('Entitlement', 'fetchByAccount', ADA), /FROM entitlement\b/, MANY],
  [
    'fetchDeltaSince',
    soap('Entitlement', 'fetchDeltaSince', SINCE),
    /FROM ledger\b.*\bLIMIT/s,
    MANY + HALF,
  ],
  [
    'AutoBill.fetchDeltaSince',
    soap('AutoBill', 'fetchDeltaSince', SINCE),
    /FROM auto_bill_event\b.*\bLIMIT/s,
    HALF,
  ],
  [
    'Account.fetchCreatedSince',
    soap('Account', 'fetchCreatedSince', SINCE),
    /FROM account\b.*created_at\b.*\bLIMIT/s,
    MANY,
  ],
  [
    'fetchByEmail',
    soap('Account', 'fetchByEmail', `<emailAddress>${SHARED}</emailAddress>${PAGE}`),
    /FROM account\b.*email_address/s,
    MANY - HALF,
  ],
  ['Product.fetchAll', soap('Product', 'fetchAll', PAGE), /FROM product\b/, HALF],
  ['BillingPlan.fetchAll', soap('BillingPlan', 'fetchAll', PAGE), /FROM billing_plan\b/, HALF],
])('%s: what comes first is sent before the last is read', async (_, body, table, many) => {
  const { early, all, text } = await ask('/soap.pl', body, table);
  expect(text.match(/<VID[ >]|<merchantEntitlementId[ >]/g)?.length).toBeGreaterThanOrEqual(many);
  expectInParts(early, all, many);
});

test('/v1/offers: what comes first is sent before the last is read', async () => {
  const { early, all, text } = await ask('/v1/offers', undefined, /FROM offer\b/);
  expect(text.match(/"name":/g)?.length).toBeGreaterThanOrEqual(HALF);
  expectInParts(early, all, HALF);
});

test('/v1/users/list: a page by its length, and what its users have for fifty at a time', async () => {
  const path = '/v1/users/list?pageLength=1000';
  const { all, text } = await ask(path, undefined, /\border_line\b/);
  expect(text.match(/"email":/g)).toHaveLength(1000);
  expect(all).toHaveLength(1000 / 50);
  // None of them has access: all of them are looked at.
  const looked = await ask(`${path}&active=true`, undefined, /FROM account\b.*\bLIMIT\b/s);
  const limits = looked.all.map(limitOf);
  expect(limits[0]).toBe(1001);
  expect(new Set(limits.slice(1))).toEqual(new Set([250]));
  expect(limits.length).toBeGreaterThan((MANY - 1001) / 250);
});

/** The rows that a statement asks for: the last limit in it is of the whole of it. */
function limitOf(sql: string): number {
  const [, limit] = /.*\bLIMIT \+?(\d+)/s.exec(sql) ?? [];
  return limit === undefined ? Infinity : Number(limit);
}

function expectInParts(early: number, all: readonly string[], many: number) {
  expect(all.length).toBeGreaterThan(many / 251);
  expect(all.filter((sql) => limitOf(sql) > 250)).toEqual([]);
  expect(early).toBeLessThan(all.length);
}
