/** Merchants that are made for a test, and taken away. */
import { grant, isEntitled, makeMerchant, startSimulation } from './control';

test('a merchant is made with all that a client needs', async () => {
  const server = await startSimulation();
  const made = await makeMerchant(server, 'test-1');
  expect(made).toMatchObject({
    login: 'test-1',
    endpoint: `${server.url}/soap.pl`,
    wsdl: `${server.url}/22.0/Account.wsdl`,
    control: `${server.url}/_latchkey/merchants/test-1`,
  });
  await grant(server, made);
  expect(await isEntitled(server, made)).toBe('1');
  const offers = await fetch(`${server.url}/v1/keys`, { headers: { 'X-API-KEY': made.apiKey } });
  expect(offers.status).toBe(200);
});

test('a login and a password are made up where none are given', async () => {
  const server = await startSimulation();
  const [one, other] = [await makeMerchant(server), await makeMerchant(server)];
  expect(one.login).not.toBe(other.login);
  expect(one.password).not.toBe(other.password);
  const { body } = await server.control('POST', '/merchants', { login: 'x', password: 'mine' });
  expect(await isEntitled(server, { login: 'x', password: 'mine' })).toBe('400');
  expect(body.password).toBe('mine');
});

test('removed, it is gone with its data, and one of its login starts anew', async () => {
  const server = await startSimulation();
  const made = await makeMerchant(server, 'test-1');
  const kept = await makeMerchant(server, 'test-2');
  await grant(server, made);
  await grant(server, kept);
  expect((await server.control('DELETE', '/merchants/test-1')).status).toBe(204);
  expect(await isEntitled(server, made)).toBe('403');
  expect(await isEntitled(server, kept)).toBe('1');
  const again = await makeMerchant(server, 'test-1');
  expect(await isEntitled(server, again)).toBe('400');
  expect(await isEntitled(server, made)).toBe('403');
  const { body } = await server.control('GET', '/merchants');
  expect(body).toContainEqual({ login: 'test-1' });
});

test.each([
  [{ login: 'acme_soap' }, 409, 'There is a merchant "acme_soap" already.'],
  [{ login: 'latchkey' }, 400, 'login must not be how the ledger calls time itself'],
  [{ login: ' x' }, 400, 'login must be visible characters, without a space at its ends'],
  [{ login: 7 }, 400, /^login/],
  [
    { name: 'x' },
    400,
    'the body must not have "name": this call takes login, password, scope there',
  ],
  [{ scope: 'all' }, 400, /^scope/],
])('%j is refused, and nothing is made', async (body, status, message) => {
  const server = await startSimulation();
  const before = await server.control('GET', '/merchants');
  expect(await server.control('POST', '/merchants', body)).toMatchObject({
    status,
    body: {
      message: (typeof message === 'string' ? message : expect.stringMatching(message)) as unknown,
    },
  });
  expect((await server.control('GET', '/merchants')).body).toEqual(before.body);
});

test('a merchant that is not there is 404', async () => {
  const { control } = await startSimulation();
  for (const [method, path] of [
    ['DELETE', '/merchants/none'],
    ['GET', '/merchants/none/clock'],
  ] as const) {
    const { status, body } = await control(method, path);
    expect([status, body.message]).toEqual([404, 'There is no merchant none.']);
  }
  const { status, body } = await control('GET', '/clock');
  expect([status, body.message]).toEqual([404, expect.stringContaining('start with --demo')]);
});
