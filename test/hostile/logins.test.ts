/** Guessing logins: an unknown one takes the same work as a wrong password. */
import { createHook } from 'node:async_hooks';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callAccount, USER } from '../harness/soap-call';

let server: TestServer;
let derivations = 0;

// Each derivation of a key by scrypt is a task of its own, which Node reports.
const hook = createHook({
  init: (_id, type) => {
    if (type === 'SCRYPTREQUEST') derivations += 1;
  },
});

beforeAll(async () => {
  server = await startTestServer({ merchants: SEED });
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
