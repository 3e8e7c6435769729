/** Names that a call doesn't know: our own calls refuse them, Memberspot's go on to ignore them. */
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { ROUTES } from '../../src/api/routes';
import { ADMIN_KEY as KEY, type RestServer, startRestServer } from './rest';

/** The heads of the paths that are Memberspot's, by what its clients are known to call. */
const MEMBERSPOT = /^(\w+ \/users\/|get \/offers$|get \/api-auth$)/;

/** A body that is as it should be, for each call that must have one. */
const BODIES: Readonly<Record<string, object>> = {
  '/users/grant-user-offer-by-mail': { email: 'bob@example.com', grantOffer: 'none' },
  '/users/set-order-state': { email: 'bob@example.com', orderId: 'A1', active: false },
  '/users/set-offer-state': { email: 'bob@example.com', offerId: 'none', active: false },
  '/users/delete-users': { emails: ['bob@example.com'] },
  '/orders/{orderId}/revoke': { reason: 'refunded' },
  '/offers': { name: 'Course B', entitlements: ['lessons'] },
  '/offers/{offerId}': { name: 'Course B' },
  '/keys': { name: 'billing' },
  '/merchant': { graceDays: 3 },
};

const own = ROUTES.filter(({ method, path }) => !MEMBERSPOT.test(`${method} ${path}`));
const memberspots = ROUTES.filter(({ method, path }) => MEMBERSPOT.test(`${method} ${path}`));
const titled = (routes: typeof ROUTES) =>
  routes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const);
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, 'A1');

let server: RestServer;

beforeAll(async () => {
  server = await startRestServer();
});
afterAll(() => server.stop());

describe('our own calls', () => {
  test.each(titled(own))('%s refuses a query parameter by name', async (_title, route) => {
    const { path, method } = route;
    const answer = await server.call(method.toUpperCase(), `${filled(path)}?surprise=1`, {
      key: KEY,
      ...(route.body ? { body: BODIES[path] ?? {} } : {}),
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { statusCode: 400, message: expect.stringContaining('"surprise"') as string },
    });
  });

  // A batch refuses the line that has it: test/grants/batch.test.ts.
  test.each(titled(own.filter(({ body, access }) => body && access !== 'batch')))(
    '%s refuses a field by name',
    async (_title, { path, method }) => {
      const body = { ...BODIES[path], surprise: 1 };
      const answer = await server.call(method.toUpperCase(), filled(path), { key: KEY, body });
      expect(answer).toMatchObject({
        status: 400,
        body: { statusCode: 400, message: expect.stringContaining('"surprise"') as string },
      });
    },
  );

  test.each(titled(own.filter(({ body }) => !body)))(
    '%s refuses a body, which it does not read',
    async (_title, { path, method }) => {
      const { status, body } = await sendWithBody(method.toUpperCase(), filled(path));
      expect([status, body]).toEqual([400, expect.stringContaining('the body must be absent')]);
    },
  );
});

describe("Memberspot's calls", () => {
  test.each(titled(memberspots))('%s ignores both', async (_title, { path, method, ...route }) => {
    const call = (surprise: object, query: string) =>
      server.call(method.toUpperCase(), `${filled(path)}${query}`, {
        key: KEY,
        ...(route.body ? { body: { ...BODIES[path], ...surprise } } : {}),
      });
    const { status, body } = await call({}, '');
    expect(await call({ surprise: 1 }, '?surprise=1')).toMatchObject({ status, body });
    expect(status).not.toBe(400);
  });
});

test('the message names what is there', async () => {
  const { body } = await server.call('GET', '/audit?orderId=A1');
  expect(body).toHaveProperty(
    'message',
    'the query must not have "orderId": this call takes lastLoadedId, pageLength, order, account, email, soapId, from, to there',
  );
  const many = Array.from({ length: 40 }, (_, index) => [`x${index}${'y'.repeat(300)}`, 1]);
  const long = await server.call('POST', '/orders/A1/restore', { body: Object.fromEntries(many) });
  expect(long.status).toBe(400);
  expect(JSON.stringify(long.body).length).toBeLessThan(3000);
});

test('the document says which calls take more', () => {
  for (const [path, operations] of Object.entries(server.document.paths)) {
    for (const [method, { requestBody }] of Object.entries(operations)) {
      const schema = requestBody?.content?.['application/json']?.schema;
      if (!schema) continue;
      const more = schema.additionalProperties;
      expect([path, more !== false]).toEqual([path, MEMBERSPOT.test(`${method} ${path}`)]);
      expect([path, more]).not.toEqual([path, undefined]);
    }
  }
});

/** Fetch sends no body with GET; other clients do. */
async function sendWithBody(method: string, path: string) {
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const body = '{"order":"A1"}';
    const headers = { 'X-API-KEY': KEY, 'Content-Length': body.length };
    request(`${server.url}/v1${path}`, { method, headers }, resolve).on('error', reject).end(body);
  });
  return { status: reply.statusCode, body: await text(reply) };
}
