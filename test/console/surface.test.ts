/** The console's calls as a whole: their document, examples, and where they are. */
import type { z } from 'zod';
import { CONSOLE_ROUTES } from '../../src/console/routes';
import { startConsole } from './console';

test('the OpenAPI document has every call, under the cookie', async () => {
  const server = await startConsole();
  const reply = await fetch(`${server.url}/console/api/openapi.json`);
  const document = (await reply.json()) as {
    paths: Record<string, Record<string, unknown>>;
    security: unknown;
    components: { securitySchemes: unknown };
  };
  expect(document.security).toEqual([{ session: [] }]);
  expect(document.components.securitySchemes).toMatchObject({
    session: { in: 'cookie', name: 'latchkey_session' },
  });
  const missing = CONSOLE_ROUTES.filter(({ path, method }) => !document.paths[path]?.[method]);
  expect(missing.map(({ name }) => name)).toEqual([]);
  const names = CONSOLE_ROUTES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test.each(CONSOLE_ROUTES.map((route) => [route.name, route] as const))(
  '%s: its example is as its schemas have it',
  (_name, { params, query, body, answers, example }) => {
    const parse = (schema: z.ZodType | undefined, value: unknown) => schema?.parse(value);
    parse(params, example.params);
    parse(query, example.query ?? {});
    parse(body, example.body);
    const { status, body: answer } = example.answer;
    const shown = JSON.parse(JSON.stringify(answer)) as unknown;
    expect(answers[status]?.schema?.parse(shown)).toEqual(shown);
  },
);

test('without a session each call is 401, but for those that make one, or ask for it', async () => {
  const server = await startConsole();
  for (const { method, path, name } of CONSOLE_ROUTES) {
    if (['signIn', 'getSignInWays', 'getSession'].includes(name)) continue;
    const { status } = await server.callAs(
      undefined,
      method.toUpperCase(),
      path.replaceAll(/\{\w+\}/g, 'x'),
      method === 'post' ? { body: {} } : {},
    );
    expect([name, status]).toEqual([name, 401]);
  }
});

test('a path that nothing is at is 404, an unknown method 405', async () => {
  const server = await startConsole();
  expect((await server.callAs(undefined, 'GET', '/nothing')).status).toBe(404);
  expect((await server.callAs(undefined, 'PUT', '/session')).status).toBe(405);
});
