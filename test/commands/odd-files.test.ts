/** What commands read by name: too large, no file at all, or with a mark before the text. Each ends in one line. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { verifyPassword } from '../../src/access/password';
import { runLatchkey, runLatchkeyWith } from '../harness/run-latchkey';

let folder: string;
let database: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = at('test.db');
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
  writeFileSync(at('large'), '');
  truncateSync(at('large'), 2 ** 31);
  await runLatchkeyWith(
    { database, input: 'secret\n' },
    'merchant',
    'add',
    'acme',
    '--password-stdin',
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

const SERVE = ['serve', '--port', '0'];
const OIDC = [...SERVE, '--oidc-issuer', 'https://id.example', '--oidc-client-id', 'x'];
const PROXY = ['proxy', '--upstream', 'https://soap.example', '--mode', 'record', '--cases', 'new'];
const NO_PEM = ' cannot be read: it has more than 1 MiB';

/** The file is of 2 GiB: read as a whole it would not fit into a string. */
describe('a file that is too large', () => {
  test.each<readonly [command: string[], says: string]>([
    [['validate'], ': it has more than 32 MiB'],
    [['sim', 'seed'], ': it has more than 32 MiB'],
    [[...OIDC, '--oidc-client-secret-file'], NO_PEM],
    [[...SERVE, '--tls-key', 'key.pem', '--tls-cert'], NO_PEM],
    [[...PROXY, '--upstream-ca'], NO_PEM],
  ])('%j: refused when a bounded part of it was read', async (command, says) => {
    const { code, stderr } = await runLatchkey(database, ...command, at('large'));
    expect([code, stderr.trimEnd().split('\n')]).toEqual([
      1,
      [expect.stringContaining(at('large') + says)],
    ]);
  });
});

describe('entitlement import', () => {
  const run = (...args: string[]) => runLatchkey(database, 'entitlement', 'import', ...args);

  test('a folder: it is named', async () => {
    expect(await run(at('folder'))).toEqual({
      code: 1,
      stdout: '',
      stderr: `latchkey: ${at('folder')} is a folder; name a file\n`,
    });
  });

  test('a pipe, which can be read only once: the import must be named', async () => {
    expect(await run(at('pipe'))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'latchkey: --key: name the import, so that a repetition does nothing twice\n',
    });
  });
});

test('a password with a mark before it is the password', async () => {
  const add = ['merchant', 'add', 'marked', '--password-stdin'];
  const { code } = await runLatchkeyWith({ database, input: '\ufeffsecret\r\n' }, ...add);
  expect(code).toBe(0);
  const store = openSqliteStore(database);
  const { passwordHash = '' } = (await store.findMerchant('marked')) ?? {};
  await store.close();
  expect(await verifyPassword('secret', passwordHash)).toBe(true);
});
