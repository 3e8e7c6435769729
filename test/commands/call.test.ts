/** `latchkey call`: where it calls, and the names that it refuses. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toArguments } from '../../src/commands/actions/call-arguments';
import { nearest } from '../../src/base/nearest';
import { runLatchkeyWith, type RunningCommand, startServe } from '../harness/run-latchkey';

let folder: string;
let server: RunningCommand;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  server = startServe(join(folder, 'test.db'), '--demo', '--log-level', 'info');
  [, url = ''] = await server.until(/"url":"([^"]+)"/);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const NAMED = ['account.merchantAccountId=xyz123', 'merchantEntitlementId=bac'];

/** Without --endpoint: the port comes from the environment. */
function call(...args: string[]) {
  const environment = { LATCHKEY_HOST: '127.0.0.1', LATCHKEY_PORT: new URL(url).port };
  return runLatchkeyWith({ database: join(folder, 'none.db'), environment }, 'call', ...args);
}

test('LATCHKEY_HOST and LATCHKEY_PORT say where, and --version which version is called', async () => {
  const { code, stdout, stderr } = await call('isEntitled', ...NAMED, '--version', '5.0', '--json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ entitled: true });
  const old = await call('Account.fetchCreatedSince', '--version', '3.7');
  expect(old.stderr).toContain('Account 3.7 has no operation fetchCreatedSince');
});

test('a list, and elements of its members', async () => {
  const { stdout } = await call(
    ...['update', 'account.merchantAccountId=n1', 'account.nameValues[0].name=tier'],
    ...['account.nameValues[0].value=gold', '--json'],
  );
  expect(JSON.parse(stdout)).toMatchObject({
    account: { nameValues: [{ name: 'tier', value: 'gold' }] },
  });
});

test.each([
  [['isEntitld'], 'Account 22.0 has no operation isEntitld; did you mean isEntitled?'],
  [['__proto__'], 'Account 22.0 has no operation __proto__'],
  [['constructor'], 'Account 22.0 has no operation constructor'],
  [
    ['isEntitled', 'acount.merchantAccountId=x'],
    'the request has no element acount; did you mean account?',
  ],
  [
    ['isEntitled', 'account.merchantAcountId=x'],
    'account has no element merchantAcountId; did you mean merchantAccountId?',
  ],
  [['isEntitled', '__proto__.polluted=1'], 'the request has no element __proto__'],
  [['isEntitled', 'account.__proto__.x=1'], 'account has no element __proto__'],
  [['isEntitled', 'account.constructor=1'], 'account has no element constructor'],
  [['isEntitled', 'account[0].VID=x'], 'account is no list: leave out [0]'],
  [['isEntitled', 'account.VID.x=y'], 'account.VID has no elements'],
])('%j → %s', async (args, message) => {
  const { code, stdout, stderr } = await call(...args);
  expect([code, stdout, stderr]).toEqual([1, '', `latchkey: ${message}\n`]);
});

test('a class and a version that the endpoint lacks', async () => {
  const messageOf = async (...args: string[]) => (await call(...args)).stderr;
  expect(await messageOf('Acount.update')).toBe(
    `latchkey: ${url} has no WSDL of Acount 22.0; did you mean Account?\n`,
  );
  expect(await messageOf('update', '--version', '2.0')).toContain(
    `${url} has no WSDL of Account 2.0; did you mean `,
  );
});

test('nobody answers: the address and what to do', async () => {
  const messageOf = async (endpoint: string) =>
    (await call('isEntitled', '--endpoint', endpoint)).stderr;
  expect(await messageOf('http://127.0.0.1:1')).toBe(
    'latchkey: nothing answers at http://127.0.0.1:1; start it with latchkey serve, ' +
      'or name another with --endpoint\n',
  );
  expect(await messageOf('localhost')).toBe(
    'latchkey: --endpoint: "localhost" is not an http or https URL\n',
  );
});

describe('another server', () => {
  const asked: string[] = [];
  const other = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: `${url}${request.url}` }).end();
  });
  let base: string;

  beforeAll(async () => {
    await once(other.listen(0, '127.0.0.1'), 'listening');
    base = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  });
  afterAll(() => other.close());

  test('that has moved is named', async () => {
    const { code, stderr } = await call('isEntitled', '--endpoint', base);
    expect([code, stderr]).toEqual([
      1,
      `latchkey: ${base}: moved to ${url}/22.0/Account.wsdl; name that with --endpoint\n`,
    ]);
  });

  test('that is the proxy gets the requests', async () => {
    const environment = { HTTP_PROXY: base, NO_PROXY: '' };
    const place = { database: join(folder, 'none.db'), environment };
    await runLatchkeyWith(place, 'call', 'isEntitled', '--endpoint', 'http://cashbox.test');
    expect(asked).toContain('http://cashbox.test/22.0/Account.wsdl');
  });
});

test('arguments make objects without touching any prototype', () => {
  const input = { account: { 'nameValues[]': { name: 'xsd:string' } } };
  expect(toArguments(['account.nameValues[1].name=a=b\nc'], input)).toEqual({
    account: { nameValues: [undefined, { name: 'a=b\nc' }] },
  });
  expect(() => toArguments(['account=x'], input)).toThrow('account.nameValues');
});

test('the nearest names, best first, none that is far off', () => {
  const names = ['grantEntitlement', 'revokeEntitlement', 'isEntitled', 'fetchByVid'];
  expect(nearest('grantEntitlment', names)).toEqual(['grantEntitlement']);
  expect(nearest('fetchbyvid', names)).toEqual(['fetchByVid']);
  expect(nearest('fly', names)).toEqual([]);
});
