/** The people admin, and that what is changed counts at once. */
import { type Browser, type Console, PASSWORD, startConsole } from './console';

let server: Console;
let ada: Browser;

beforeEach(async () => {
  server = await startConsole();
  ada = await server.signIn('ada');
});
afterEach(() => server.stop());

const namesOf = async () =>
  ((await ada.get('/people')).people as Array<{ name: string }>).map(({ name }) => name);

test('are listed by name', async () => {
  expect(await namesOf()).toEqual(['ada', 'rob', 'sam', 'vic']);
  const { people } = await ada.get('/people');
  expect((people as unknown[])[2]).toMatchObject({
    name: 'sam',
    role: 'support',
    allMerchants: false,
    merchants: ['acme_soap'],
    createdBy: 'operator',
  });
});

test('a new one gets a password that is shown once, and signs in with it', async () => {
  const made = await ada.call('POST', '/people', { body: { name: 'eve', role: 'viewer' } });
  expect([made.status, made.body]).toMatchObject([200, { allMerchants: true, createdBy: 'ada' }]);
  const { password } = made.body;
  const body = { name: 'eve', password };
  expect((await server.callAs(undefined, 'POST', '/session', { body })).status).toBe(200);
  const { people } = await ada.get('/people');
  expect(JSON.stringify(people)).not.toContain(String(password));
  expect(JSON.stringify(server.log)).not.toContain(String(password));
});

test.each([
  [{ name: 'eve', role: 'viewer', password: 'short' }, 400],
  [{ name: 'eve', role: 'boss' }, 400],
  [{ name: 'latchkey', role: 'viewer' }, 400],
  [{ name: ' eve', role: 'viewer' }, 400],
  [{ name: 'eve', role: 'viewer', merchants: [] }, 400],
  [{ name: 'eve', role: 'viewer', merchants: ['nobody'] }, 404],
  [{ name: 'sam', role: 'viewer' }, 409],
])('%j → %d, and nobody is made', async (body, status) => {
  expect((await ada.call('POST', '/people', { body })).status).toBe(status);
  expect(await namesOf()).toEqual(['ada', 'rob', 'sam', 'vic']);
});

test('a change ends the sessions of the person, and counts at the next sign-in', async () => {
  const sam = await server.signIn('sam');
  const body = { role: 'viewer', merchants: ['plain_soap'], password: 'another horse' };
  expect((await ada.call('PATCH', '/people/sam', { body })).status).toBe(200);
  expect((await sam.call('GET', '/session')).status).toBe(204);
  const old = { name: 'sam', password: PASSWORD };
  expect((await server.callAs(undefined, 'POST', '/session', { body: old })).status).toBe(401);
  const now = { name: 'sam', password: body.password };
  const again = await server.callAs(undefined, 'POST', '/session', { body: now });
  expect(again.body).toMatchObject({ role: 'viewer', merchants: [{ login: 'plain_soap' }] });
});

test('who changes the own password goes on, in this browser alone', async () => {
  const other = await server.signIn('ada');
  const body = { password: 'another horse' };
  expect((await ada.call('PATCH', '/people/ada', { body })).status).toBe(200);
  expect((await ada.call('GET', '/session')).status).toBe(200);
  expect((await other.call('GET', '/session')).status).toBe(204);
});

test('a removed one is out at once, and its name is not given again', async () => {
  const sam = await server.signIn('sam');
  const { status, body } = await ada.call('DELETE', '/people/sam');
  expect([status, body]).toMatchObject([200, { removedBy: 'ada' }]);
  expect((await sam.call('GET', '/session')).status).toBe(204);
  const again = { name: 'sam', role: 'viewer' };
  expect((await ada.call('POST', '/people', { body: again })).status).toBe(409);
  expect((await ada.call('DELETE', '/people/sam')).status).toBe(404);
});

test('the last admin of all merchants stays, and nobody removes oneself', async () => {
  expect((await ada.call('DELETE', '/people/ada')).status).toBe(409);
  for (const body of [{ role: 'support' }, { merchants: ['acme_soap'] }]) {
    expect((await ada.call('PATCH', '/people/ada', { body })).status).toBe(409);
  }
  await ada.call('PATCH', '/people/rob', { body: { merchants: null } });
  expect((await ada.call('PATCH', '/people/ada', { body: { role: 'support' } })).status).toBe(200);
  expect((await ada.call('GET', '/people')).status).toBe(403);
});
