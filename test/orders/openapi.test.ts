/** The OpenAPI document and its page. */
import { ROUTES } from '../../src/api/routes';
import { type RestServer, startRestServer } from './rest';

let server: RestServer;

beforeAll(async () => {
  server = await startRestServer();
});
afterAll(() => server.stop());

test('every call is in the document, and nothing else', () => {
  expect(server.document.openapi).toBe('3.1.0');
  const listed = Object.entries(server.document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(listed).toEqual([...new Set(ROUTES.map(({ method, path }) => `${method} ${path}`))]);
  expect(listed).toHaveLength(ROUTES.length);
});

test('every call says what it refuses with, in the one shape', () => {
  for (const operations of Object.values(server.document.paths)) {
    for (const { responses } of Object.values(operations)) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '429', '500']));
      for (const [status, { content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        const { schema, example } = content?.['application/json'] ?? {};
        expect(schema).toEqual({ $ref: '#/components/schemas/Error' });
        expect(example).toMatchObject({ statusCode: Number(status) });
      }
    }
  }
});

test('operations have names of their own, made of plain words', () => {
  const names = Object.values(server.document.paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(ROUTES.length);
  for (const name of names)
    expect(name).toMatch(
      /^(get|list|find|add|change|remove|rotate|test|resend|replay|grant|set|revoke|restore|report|stop|end|erase)[A-Z][A-Za-z]+$/,
    );
});

test('a body is required where a call without one is refused', () => {
  const required = (path: string) => server.document.paths[path]?.post?.requestBody?.required;
  expect(required('/orders/{orderId}/revoke')).toBe(true);
  expect(required('/orders/{orderId}/restore')).toBe(false);
  expect(required('/autobills/{merchantAutoBillId}/payment-failed')).toBe(false);
});

test('the page has dark colours where the browser asks for them', async () => {
  const textOf = async (path: string) => (await fetch(`${server.url}/v1/docs/${path}`)).text();
  expect(await textOf('start.js')).toMatch(/prefers-color-scheme: dark[^]*toggle\('dark-mode'/);
  expect(await textOf('swagger-ui.css')).toContain('html.dark-mode .swagger-ui');
});

test('the page and all it loads come from this server', async () => {
  const page = await fetch(`${server.url}/v1/docs`);
  const policy = page.headers.get('Content-Security-Policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const html = await page.text();
  expect(html).not.toMatch(/https?:|\/\//);
  // Nothing inline: the policy would not run it.
  expect(html).not.toMatch(/<script>|<style|\son\w+=/);
  const linked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
  expect(linked).toHaveLength(8);
  for (const link of linked) {
    const reply = await fetch(new URL(link, `${server.url}/v1/docs`));
    expect([link, reply.status]).toEqual([link, 200]);
    expect((await reply.text()).length).toBeGreaterThan(50);
  }
});
