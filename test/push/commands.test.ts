/** `latchkey push`: secrets from standard input, and what is refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { openDatabase } from '../store/sqlite/database';

let folder: string;
let database: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  await run('', 'merchant', 'add', 'acme');
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (input: string, ...args: string[]) => runLatchkeyWith({ database, input }, ...args);
const push = (input: string, ...args: string[]) => run(input, 'push', ...args);
const add = (input: string, ...args: string[]) =>
  push(input, 'add', '--class', 'entitlement', '--url', 'http://127.0.0.1:1/', ...args);

/** What is kept of the secrets of the only subscription. */
function secrets(): unknown {
  const file = openDatabase(database);
  const text = file.prepare('SELECT secrets FROM endpoint').pluck().get() as string;
  file.close();
  return JSON.parse(text);
}

test('a key and a password by standard input, and another key later: neither is printed', async () => {
  const made = await add('the key\nthe password\n', '--key-stdin', '--basic-user', 'ada', '--json');
  expect([made.code, made.stderr]).toEqual([0, '']);
  const { id } = JSON.parse(made.stdout) as { id: string };
  expect(secrets()).toEqual({ signing: [{ value: 'the key' }], password: 'the password' });
  const changed = await push('other key\n', 'change', id, '--key-stdin');
  expect(secrets()).toEqual({ signing: [{ value: 'other key' }], password: 'the password' });
  const without = await push('', 'change', id, '--no-basic');
  expect(secrets()).toEqual({ signing: [{ value: 'other key' }] });
  const listed = await push('', 'list', '--json');
  const shown = [made, changed, without, listed].map(({ stdout }) => stdout).join('');
  expect(shown).not.toMatch(/the key|the password|other key/);
});

test.each([
  [['--basic-user', 'ada'], 'standard input has no line with the password'],
  [['--key-stdin'], 'standard input has no line with the key'],
  [['--retries', '101'], '--retries: "101" is not a number from 0 to 100'],
  [['--interval', '0'], '--interval: "0" is not a number from 1 to 86400'],
  [['--skip', 'begin'], 'There is no event of entitlement "begin"; there are: start, stop.'],
  [['--format', 'xml'], 'There is no format "xml"; there are: json, form.'],
])('add %j is refused, and nothing is made', async (args, message) => {
  expect(await add('', ...args)).toEqual({ code: 1, stdout: '', stderr: `latchkey: ${message}\n` });
  expect((await push('', 'list')).stdout).toBe('');
});

test('the URL may be an argument; two that differ, and none, are refused', async () => {
  const subscribe = (...args: string[]) => push('', 'add', '--class', 'accounts', ...args);
  expect((await subscribe('http://127.0.0.1:1/')).stdout).toMatch(
    /^url +http:\/\/127\.0\.0\.1:1\/$/m,
  );
  const [two, none] = [
    await subscribe('http://127.0.0.1:1/', '--url', 'http://127.0.0.1:2/'),
    await subscribe(),
  ];
  expect([two.stderr, none.stderr]).toEqual([
    'latchkey: --url http://127.0.0.1:2/: http://127.0.0.1:1/ is given as well; leave one of them out\n',
    'latchkey: name the URL that messages are sent to with --url\n',
  ]);
  expect((await push('', 'list')).stdout.trim().split('\n')).toHaveLength(1);
});

test('ids that are not there are refused', async () => {
  const unknown = 'latchkey: There is no push subscription none.\n';
  for (const args of [
    ['change', 'none', '--retries', '1'],
    ['remove', 'none'],
    ['test', 'none'],
  ]) {
    expect((await push('', ...args)).stderr).toBe(unknown);
  }
  const { stdout } = await add('', '--json');
  const { id } = JSON.parse(stdout) as { id: string };
  const resent = await push('', 'resend', id, '7');
  expect(resent.stderr).toBe('latchkey: There is no message 7 to it.\n');
  const neither = await push('', 'resend', id);
  expect(neither.stderr).toBe('latchkey: give the id of a message, or --all\n');
});
