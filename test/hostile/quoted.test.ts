/**
 * Texts of requests that Faults, return strings, REST errors and the log quote: through each door a long one
 * comes back cut, and the log grows by little.
 */
import { MAX_QUOTED } from '../../src/base/quote';
import { KEY, type RestServer, startRestServer } from '../orders/rest';
import { USER } from '../harness/soap-call';
import { exchange } from '../harness/connection';

/** No name of XML may be longer. */
const NAME = 'x'.repeat(1000);
/** No line of a header may be much longer. */
const HEADER = 'x'.repeat(8000);
const TEXT = 'x'.repeat(100_000);
/** An id may be that long, in bytes. */
const ID = 'x'.repeat(1024);

/**
 * The longest line that the log may get for a request: a few fields and two texts that are cut, or the ten problems
 * that strict mode lists.
 */
const MOST_LOGGED = 1500;
const MOST_LOGGED_STRICT = 4500;

let lenient: RestServer;
let strict: RestServer;

beforeAll(async () => {
  lenient = await startRestServer();
  strict = await startRestServer({ settings: { validation: 'strict' } });
});

afterAll(async () => {
  await lenient.stop();
  await strict.stop();
});

const AUTH = `<auth><version>22.0</version><login>${USER.login}</login><password>${USER.password}</password></auth>`;
const namespaceOf = (service: string) => `http://soap.vindicia.com/v22_0/${service}`;
const envelope = (body: string, header = '') =>
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `${header}<e:Body>${body}</e:Body></e:Envelope>`;
const call = (service: string, operation: string, parts: string, auth = AUTH) =>
  envelope(`<v:${operation} xmlns:v="${namespaceOf(service)}">${auth}${parts}</v:${operation}>`);
const update = (account: string) => call('Account', 'update', `<account>${account}</account>`);

interface Sent {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly strict?: boolean;
}

const SOAP: Readonly<Record<string, Sent>> = {
  'the root': { body: `<${NAME}/>` },
  'a tag without end': { body: `<${NAME}>` },
  'an unknown entity': { body: `<a>&${TEXT};</a>` },
  'no XML': { body: TEXT },
  'a header that must be understood': {
    body: envelope('<a/>', `<e:Header><${NAME} e:mustUnderstand="1"/></e:Header>`),
  },
  'a namespace': { body: envelope(`<v:update xmlns:v="urn:${TEXT}"/>`) },
  'an operation': { body: call('Account', NAME, '') },
  'a second element': { body: envelope(`<v:${NAME} xmlns:v="urn:a"/><${NAME}/>`) },
  'SOAPAction, class': { body: envelope('<a/>'), headers: { SOAPAction: `"urn:${HEADER}#a"` } },
  'SOAPAction, operation': {
    body: envelope('<a/>'),
    headers: { SOAPAction: `"${namespaceOf('Account')}#${HEADER}"` },
  },
  'a charset': { body: update(''), headers: { 'Content-Type': `text/xml; charset=${HEADER}` } },
  'an encoding': { body: `<?xml version="1.0" encoding="${'x'.repeat(900)}"?>${update('')}` },
  'a User-Agent': { body: update(''), headers: { 'User-Agent': HEADER } },
  'a login': {
    body: call('Account', 'update', '', `<auth><login>${TEXT}</login></auth>`),
  },
  'a version': {
    body: call('Account', 'update', '', AUTH.replace('22.0', `22.${'0'.repeat(1000)}`)),
  },
  'a reference': { body: call('Account', 'update', `<account href="#${TEXT}"/>`) },
  'the element of a reference': { body: call('Account', 'update', `<${NAME} href="#a"/>`) },
  'two ids': {
    body: call(
      'Account',
      'update',
      `<account href="#a"><b id="${TEXT}"/><b id="${TEXT}"/></account>`,
    ),
  },
  'a number': { body: call('Account', 'fetchCreatedSince', `<page>${TEXT}</page>`) },
  'an element in a value': { body: update(`<name><${NAME}/></name>`) },
  'a date': {
    body: call('Account', 'fetchCreatedSince', `<timestamp>${TEXT}</timestamp>`),
  },
  'a date in an object': {
    body: call(
      'Account',
      'grantEntitlement',
      `<entitlement><startTimestamp>${TEXT}</startTimestamp></entitlement>`,
    ),
  },
  srd: { body: call('Account', 'update', `<srd>${TEXT}</srd>`) },
  'a merchantAccountId': {
    body: call(
      'Account',
      'fetchByMerchantAccountId',
      `<merchantAccountId>${ID}</merchantAccountId>`,
    ),
  },
  'a VID': { body: call('Account', 'fetchByVid', `<vid>${TEXT}</vid>`) },
  'an e-mail address': {
    body: call('Account', 'fetchByEmail', `<emailAddress>${TEXT}</emailAddress>`),
  },
  'a family': {
    body: call(
      'Account',
      'addChildren',
      `<parent><merchantAccountId>${ID}</merchantAccountId></parent>` +
        `<child><merchantAccountId>${ID}</merchantAccountId></child>`,
    ),
  },
  'a product': { body: call('Product', 'fetchByVid', `<vid>${TEXT}</vid>`) },
  'a product of an entitlement': {
    body: call(
      'Product',
      'fetchByMerchantEntitlementId',
      `<merchantEntitlementId>${ID}</merchantEntitlementId>`,
    ),
  },
  'a billing plan': {
    body: call(
      'BillingPlan',
      'fetchByMerchantBillingPlanId',
      `<merchantBillingPlanId>${ID}</merchantBillingPlanId>`,
    ),
  },
  'an AutoBill': {
    body: call(
      'AutoBill',
      'fetchByMerchantAutoBillId',
      `<merchantAutoBillId>${ID}</merchantAutoBillId>`,
    ),
  },
  'the VID of an AutoBill': { body: call('AutoBill', 'fetchByVid', `<vid>${TEXT}</vid>`) },
  'a campaign': {
    body: call(
      'AutoBill',
      'update',
      `<autobill><merchantAutoBillId>a</merchantAutoBillId></autobill><campaignCode>${TEXT}</campaignCode>`,
    ),
  },
  'a greeting': { body: call('Diagnostic', 'putHello', `<clientString>${TEXT}</clientString>`) },
  'strict: an attribute': {
    body: update('').replace('<account>', `<account ${NAME}="">`),
    strict: true,
  },
  'strict: elements': { body: update(`<${NAME}/>`.repeat(20)), strict: true },
  'strict: an element in a value': { body: update(`<name><${NAME}/></name>`), strict: true },
  'strict: a value': {
    body: update(`<warnBeforeAutobilling>${TEXT}</warnBeforeAutobilling>`),
    strict: true,
  },
  'strict: a type': {
    body: update(`<name xmlns:t="urn:${TEXT}" xsi:type="t:${TEXT}">a</name>`),
    strict: true,
  },
  'strict: a namespace': { body: update(`<name xmlns="urn:${TEXT}">a</name>`), strict: true },
};

const json = { 'X-API-KEY': KEY, 'Content-Type': 'application/json' };
const order = (fields: object) => JSON.stringify(fields);

const REST: ReadonlyArray<[string, string, string, { headers?: object; body?: string }?]> = [
  ['a path', 'GET', `/${HEADER}`],
  ['a path that is none', 'GET', `/orders/%zz${HEADER}`],
  ['a query', 'GET', `/users/list?lastLoadedId=${HEADER}`],
  ['a number', 'GET', `/users/list?pageLength=${HEADER}`],
  ['an order', 'GET', `/orders/${ID}`],
  ['an address', 'GET', `/users/find-by-mail/${'x'.repeat(254)}`],
  ['an AutoBill', 'GET', `/autobills/${ID}`],
  ['a key', 'GET', '/api-auth', { headers: { 'X-API-KEY': HEADER } }],
  ['no JSON', 'POST', '/orders', { body: TEXT }],
  [
    'an offer',
    'POST',
    '/users/grant-user-offer-by-mail',
    { body: order({ email: 'ada@example.com', grantOffer: ID }) },
  ],
  [
    'a field of another type',
    'POST',
    '/users/grant-user-offer-by-mail',
    { body: order({ email: TEXT, grantOffer: [TEXT], [TEXT]: TEXT }) },
  ],
  ['a method', 'POST', '/api-auth', { body: TEXT }],
];

function expectCut({ log }: RestServer, reply: string, mostLogged = MOST_LOGGED): void {
  const longest = 'x'.repeat(MAX_QUOTED);
  expect(reply.replaceAll(/x{257,}/g, 'MORE')).not.toContain('MORE');
  const lines = log.splice(0).map((line) => JSON.stringify(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]?.length).toBeLessThan(mostLogged);
  expect(lines[0]).not.toContain(`${longest}x`);
}

beforeEach(() => {
  lenient.log.length = 0;
  strict.log.length = 0;
});

test.each(Object.entries(SOAP))('SOAP: %s', async (_title, { body, headers, ...sent }) => {
  const server = sent.strict ? strict : lenient;
  const reply = await fetch(`${server.url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', ...headers },
    body,
  });
  const text = await reply.text();
  expect(text.length).toBeLessThan(4000 + 10 * MAX_QUOTED * 3);
  expectCut(server, text, sent.strict ? MOST_LOGGED_STRICT : MOST_LOGGED);
});

test.each(REST)('REST: %s', async (_title, method, path, { headers, body } = {}) => {
  const reply = await fetch(`${lenient.url}/v1${path}`, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  expectCut(lenient, await reply.text());
});

test('a path that is none, beside the REST calls', async () => {
  const reply = await exchange(lenient.url, `GET /%zz${HEADER}/Account.wsdl`);
  expect(reply.status).toBe(400);
  expect(reply.text).toBe('The path is not encoded as a URL.\n');
  expectCut(lenient, reply.text);
});
