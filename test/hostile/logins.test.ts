/** Guessing logins: an unknown one takes the same work as a wrong password. */
import { createHook } from 'node:async_hooks';
import { availableParallelism } from 'node:os';
import { hashPassword } from '../../src/access/password';
import { SEED } from '../harness/seed';
import { NOW, startTestServer, type TestServer } from '../harness/server';
import { callAccount, USER } from '../harness/soap-call';

/** A merchant's login, and what its password cost: a quarter of what is usual, for more than a hundred are derived in a row. */
const HURRIED = 'hurried';
const QUARTER = { N: 2 ** 13, r: 8, p: 1 };

let server: TestServer;
let derivations = 0;
/** Derivations under way, and the most there were. */
const underWay = new Set<number>();
let most = 0;

// Each derivation of a key by scrypt is a task of its own, which Node reports.
const hook = createHook({
  init: (id, type) => {
    if (type !== 'SCRYPTREQUEST') return;
    derivations += 1;
    underWay.add(id);
    most = Math.max(most, underWay.size);
  },
  before: (id) => void underWay.delete(id),
});

beforeAll(async () => {
  server = await startTestServer({ merchants: SEED });
  const passwordHash = await hashPassword('right', QUARTER);
  await server.store.insertMerchant({ login: HURRIED, passwordHash, createdAt: NOW });
  hook.enable();
});

afterAll(async () => {
  hook.disable();
  await server.stop();
});

/** The number of derivations that a login takes, and the code that it gets. */
async function logIn(login: string, password: string): Promise<[string | undefined, number]> {
  derivations = 0;
  const id = '<merchantAccountId>ada-1815</merchantAccountId>';
  const { returnCode } = await callAccount(server.url, 'fetchByMerchantAccountId', id, {
    login,
    password,
  });
  return [returnCode, derivations];
}

test('a wrong password, an unknown login and none at all take one derivation each', async () => {
  expect(await logIn(USER.login, 'wrong')).toEqual(['403', 1]);
  expect(await logIn('nobody', 'wrong')).toEqual(['403', 1]);
  expect(await logIn('', '')).toEqual(['403', 1]);
  // However often: refused logins aren't remembered.
  expect(await logIn('nobody', 'wrong')).toEqual(['403', 1]);
});

test('a good login is derived once, and then remembered', async () => {
  expect(await logIn(USER.login, USER.password)).toEqual(['200', 1]);
  expect(await logIn(USER.login, USER.password)).toEqual(['200', 0]);
});

test('wrong logins at once: derivations leave a processor free, and beyond a number that waits 503', async () => {
  most = 0;
  derivations = 0;
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      callAccount(server.url, 'fetchByMerchantAccountId', '', {
        login: HURRIED,
        password: `${n}`,
      }),
    ),
  );
  expect(most).toBe(availableParallelism() > 2 ? 2 : 1);
  const answered = replies.filter(({ returnCode }) => returnCode === '403');
  const refused = replies.filter(({ status }) => status === 503);
  expect(answered.length + refused.length).toBe(200);
  expect(derivations).toBe(answered.length);
  expect(answered.length).toBeGreaterThanOrEqual(128);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toContain('<faultcode>soap:Server</faultcode>');
  expect(refused[0]?.body).toContain('Too many logins are being verified at present');
});

test('a login that was verified before waits for none of them', async () => {
  expect(await logIn(USER.login, USER.password)).toEqual(['200', 0]);
  const wrong = Array.from({ length: 20 }, (_, n) =>
    callAccount(server.url, 'fetchByMerchantAccountId', '', { login: 'nobody', password: `${n}` }),
  );
  let answered = 0;
  const all = wrong.map((reply) => reply.then(() => (answered += 1)));
  expect(await logIn(USER.login, USER.password)).toEqual(['200', expect.any(Number)]);
  expect(answered).toBeLessThan(20);
  await Promise.all(all);
});
