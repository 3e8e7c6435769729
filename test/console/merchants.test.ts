/** The merchants that a person sees, and making one. */
import { type Console, startConsole } from './console';

let server: Console;

beforeAll(async () => {
  server = await startConsole();
});
afterAll(() => server.stop());

test('each person sees those that it may', async () => {
  const logins = async (name: string) => {
    const { merchants } = await (await server.signIn(name)).get('/merchants');
    return (merchants as Array<{ login: string }>).map(({ login }) => login);
  };
  expect(await logins('vic')).toEqual(['acme_soap']);
  expect(await logins('rob')).toEqual(['plain_soap']);
  expect(await logins('ada')).toEqual(['acme_soap', 'plain_soap']);
});

test('a new one: for admins of all merchants; its password is shown once and opens SOAP', async () => {
  const ada = await server.signIn('ada');
  const rob = await server.signIn('rob');
  expect((await rob.call('POST', '/merchants', { body: { login: 'new' } })).status).toBe(403);
  const { status, body } = await ada.call('POST', '/merchants', { body: { login: 'new' } });
  expect([status, body]).toEqual([
    200,
    { login: 'new', password: expect.stringMatching(/^[\w-]{24}$/) as unknown },
  ]);
  expect(await server.store.findMerchant('new')).toBeDefined();
  for (const login of ['new', ' x', 'latchkey']) {
    const refused = await ada.call('POST', '/merchants', { body: { login } });
    expect([login, refused.status]).toEqual([login, login === 'new' ? 409 : 400]);
  }
});

test('the last event: from where a page follows the feed', async () => {
  const vic = await server.signIn('vic');
  const { last } = await vic.get('/events/last');
  const { events } = await vic.get(`/v1/events?after=${Number(last) - 1}`);
  expect((events as Array<{ sequence: number }>).map(({ sequence }) => sequence)).toEqual([last]);
});
