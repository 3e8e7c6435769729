/** Where the control of a simulation is, and that a server without --simulate has none. */
import { z } from 'zod';
import { CONTROL_ROUTES } from '../../src/simulation/routes';
import { startTestServer } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { SEED } from '../harness/seed';
import { startSimulation } from './control';

const PATHS = ['/', '/clock', '/merchants', '/openapi.json', '/docs', '/merchants/acme_soap/clock'];

test.each(PATHS)('without --simulate there is nothing at /_latchkey%s', async (path) => {
  const server = await startTestServer({ merchants: SEED });
  for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
    const response = await fetch(`${server.url}/_latchkey${path}`, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Latchkey-Simulation')).toBeNull();
  }
});

test('each reply of a simulation says that it is one: SOAP, REST, pages, errors', async () => {
  const server = await startSimulation();
  const paths = [
    '/',
    '/v1/offers',
    '/healthz',
    '/nothing',
    '/22.0/Account.wsdl',
    '/_latchkey/clock',
  ];
  for (const path of paths) {
    const { headers } = await fetch(`${server.url}${path}`);
    expect([path, headers.get('X-Latchkey-Simulation')]).toEqual([path, 'on']);
  }
  const soap = await fetch(`${server.url}/soap.pl`, { method: 'POST', body: 'no XML' });
  expect(soap.headers.get('X-Latchkey-Simulation')).toBe('on');
  expect((await callAccount(server.url, 'isEntitled', '')).returnCode).toBe('400');
});

test('the index names the control, as a page and as JSON', async () => {
  const { url } = await startSimulation();
  const page = await (await fetch(url)).text();
  expect(page).toContain('This is a simulation for tests');
  const json = await (await fetch(url, { headers: { Accept: 'application/json' } })).json();
  expect(json).toMatchObject({ simulation: `${url}/_latchkey` });
});

test('the OpenAPI document has every call, and asks for no key', async () => {
  const { control } = await startSimulation();
  const { status, body } = await control('GET', '/openapi.json');
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain('apiKey"]');
  const paths = body.paths as Record<string, Record<string, unknown>>;
  const missing = CONTROL_ROUTES.filter(({ path, method }) => paths[path]?.[method] === undefined);
  expect(missing.map(({ name }) => name)).toEqual([]);
  const names = CONTROL_ROUTES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each(CONTROL_ROUTES.map((route) => [route.name, route] as const))(
  '%s: its example is as its schemas have it',
  (_name, { params, query, body, answers, example }) => {
    const parse = (schema: z.ZodType | undefined, value: unknown) => schema?.parse(value);
    parse(params, example.params);
    parse(query, example.query ?? {});
    parse(body, example.body);
    const { status, body: answer } = example.answer;
    const schema = answers[status]?.schema;
    if (schema) expect(schema.parse(answer)).toEqual(answer);
    else expect(answer).toBeUndefined();
  },
);

test('what a proxy has found is described, and asked of the proxy', async () => {
  const { control } = await startSimulation();
  const { status, body } = await control('GET', '/diff');
  expect([status, body.message]).toEqual([
    404,
    expect.stringContaining('latchkey proxy --mode diff'),
  ]);
});

test('a path that nothing is at is 404, an unknown method 405', async () => {
  const { control } = await startSimulation();
  expect((await control('GET', '/clocks')).status).toBe(404);
  expect((await control('POST', '/clock', {})).status).toBe(405);
});
