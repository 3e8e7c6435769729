/**
 * Sign-in by OpenID Connect: the built server between a browser, which the tests play, and a small provider of their own.
 * openid-client is an ES module, which Jest doesn't load: the server has a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLIENT, Provider, type Wrong } from '../harness/oidc-provider';
import { type RunningCommand, runLatchkeyWith, startServe } from '../harness/run-latchkey';

let folder: string;
let provider: Provider;
let server: RunningCommand;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  provider = new Provider();
  await provider.start();
  const all = [...provider.settings(join(folder, 'secret')), '--max-failed-logins', '0'];
  server = startServe(join(folder, 'test.db'), '--demo', ...all);
  [, url = ''] = await server.until(/"url":"([^"]+)"/);
}, 120_000);
beforeEach(() => {
  provider.wrong = {};
  provider.isBroken = false;
});
afterAll(async () => {
  await server.stop();
  await provider.stop();
  rmSync(folder, { recursive: true });
});

const API = '/console/api';

/** What a browser does with an answer: it keeps cookies, and goes on. */
async function ask(address: string, cookie = '') {
  const { status, headers } = await fetch(new URL(address, url), {
    redirect: 'manual',
    headers: { Cookie: cookie },
  });
  return { status, to: headers.get('location') ?? '', cookies: headers.getSetCookie() };
}

const kept = (cookies: readonly string[], name: string) =>
  cookies.find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
const pairOf = (cookie: string) => cookie.split(';')[0] ?? '';

/** The whole way. @param change the address and the cookie with which the browser comes back */
async function signIn(
  next: string,
  change: (back: string, cookie: string) => readonly [string, string] = (...both) => both,
) {
  const begun = await ask(`${API}/oidc/start?next=${encodeURIComponent(next)}`);
  expect([begun.status, begun.to]).toEqual([303, expect.stringContaining(provider.issuer)]);
  const cookie = kept(begun.cookies, 'latchkey_oidc');
  const back = provider.signIn(begun.to);
  return { begun, cookie, ended: await ask(...change(back, pairOf(cookie))) };
}

test('the way there and back, to the screen that was asked for, in a session as any other', async () => {
  const ways = await fetch(`${url}${API}/session/ways`);
  expect(await ways.json()).toEqual({ provider: new URL(provider.issuer).host });
  const { begun, cookie, ended } = await signIn('/console/m/demo/accounts/xyz123?a=1');
  const asked = new URL(begun.to).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    client_id: CLIENT.id,
    response_type: 'code',
    code_challenge_method: 'S256',
    redirect_uri: `${url}${API}/oidc/callback`,
    scope: 'openid profile email',
  });
  expect(cookie).toMatch(/; Path=\/console\/api\/oidc; HttpOnly; SameSite=Lax; Max-Age=600$/);
  expect([ended.status, ended.to]).toEqual([303, '/console/m/demo/accounts/xyz123?a=1']);
  expect(kept(ended.cookies, 'latchkey_oidc')).toContain('Max-Age=0');
  const session = kept(ended.cookies, 'latchkey_session');
  expect(session).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  const who = await fetch(`${url}${API}/session`, { headers: { Cookie: pairOf(session) } });
  expect(await who.json()).toMatchObject({ name: 'demo', role: 'admin' });
});

/** Addresses that no sign-in leads to. */
const STRANGE = [
  '//evil.example/console/',
  'https://evil.example/console/',
  '/\\evil.example/console',
  '/console/../v1/docs',
  '/console/api/docs',
  '/consolely',
  'x'.repeat(2000),
];

test.each(STRANGE.map((next) => [next.slice(0, 40), next] as const))(
  '%s is led to by no sign-in',
  async (_name, next) => {
    const { ended } = await signIn(next);
    expect([ended.status, ended.to]).toEqual([303, '/console']);
  },
);

const REFUSED: ReadonlyArray<readonly [string, Wrong]> = [
  ['another audience', { claims: { aud: 'another' } }],
  ['another issuer', { claims: { iss: 'http://127.0.0.1:9' } }],
  ['another nonce', { claims: { nonce: 'another' } }],
  ['one that is over', { claims: { exp: 1000, iat: 900 } }],
  ['no name', { claims: { preferred_username: undefined } }],
];

test.each(REFUSED)('a token with %s', async (_name, wrong) => {
  provider.wrong = wrong;
  await expectFault('refused');
});

test('a token that somebody else has signed', async () => {
  provider.wrong = { key: provider.otherKey };
  await expectFault('refused');
});

test('another state, no cookie, a cookie of another sign-in, and a refusal of the provider', async () => {
  await expectFault('refused', (back, cookie) => [back.replace(/state=[^&]*/, 'state=x'), cookie]);
  await expectFault('refused', (back) => [back, '']);
  const other = await ask(`${API}/oidc/start?next=/console`);
  const cookie = pairOf(kept(other.cookies, 'latchkey_oidc'));
  await expectFault('refused', (back) => [back, cookie]);
  await expectFault('refused', (back, own) => [
    back.replace('code=a-code', 'error=access_denied'),
    own,
  ]);
});

test('a name that no user has, or only one that was removed', async () => {
  provider.wrong = { claims: { preferred_username: 'eve' } };
  await expectFault('unknown');
  const circumstances = { database: join(folder, 'test.db'), input: 'of a removed one\n' };
  const add = ['user', 'add', 'eve', '--role', 'admin', '--password-stdin'];
  expect((await runLatchkeyWith(circumstances, ...add)).code).toBe(0);
  expect((await signIn('/console')).ended.to).toBe('/console');
  expect((await runLatchkeyWith(circumstances, 'user', 'remove', 'eve')).code).toBe(0);
  await expectFault('unknown');
});

async function expectFault(fault: string, change?: Parameters<typeof signIn>[1]): Promise<void> {
  const { ended } = await signIn('/console/m/demo', change);
  const to = new URL(ended.to, url);
  expect([ended.status, to.pathname, to.searchParams.get('fault')]).toEqual([
    303,
    '/console/sign-in',
    fault,
  ]);
  expect(kept(ended.cookies, 'latchkey_session')).toBe('');
}

test('a provider that cannot be reached: said so, asked again later, and passwords go on', async () => {
  provider.isBroken = true;
  const named = ['--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT.id];
  const before = provider.asked.length;
  const other = startServe(join(folder, 'other.db'), '--demo', ...named);
  const [, own = ''] = await other.until(/"url":"([^"]+)"/);
  expect(provider.asked).toHaveLength(before);
  const start = `${own}${API}/oidc/start?next=/console/m/demo`;
  expect((await ask(start)).to).toBe(
    '/console/sign-in?fault=unreachable&next=%2Fconsole%2Fm%2Fdemo',
  );
  const { status } = await fetch(`${own}${API}/session`, {
    method: 'POST',
    headers: { 'X-Latchkey-Console': '1' },
    body: JSON.stringify({ name: 'demo', password: 'demo' }),
  });
  expect(status).toBe(200);
  provider.isBroken = false;
  expect((await ask(start)).to).toContain(`${provider.issuer}/authorize`);
  await other.stop();
}, 120_000);

test('an e-mail address counts where the provider has verified it', async () => {
  const named = ['--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT.id];
  const secret = ['--oidc-client-secret-file', join(folder, 'secret'), '--oidc-claim', 'email'];
  const former = url;
  const other = startServe(join(folder, 'email.db'), '--demo', ...named, ...secret);
  [, url = ''] = await other.until(/"url":"([^"]+)"/);
  try {
    provider.wrong = { claims: { email: 'demo' } };
    await expectFault('refused');
    provider.wrong = { claims: { email: 'demo', email_verified: true } };
    expect((await signIn('/console')).ended.to).toBe('/console');
  } finally {
    url = former;
    await other.stop();
  }
}, 120_000);
