/** `latchkey entitlement import`, and what a repetition of it does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { collect } from '../harness/collect';
import { runLatchkey, runLatchkeyWith } from '../harness/run-latchkey';

let folder: string;
let database: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  file = join(folder, 'changes.ndjson');
  await runLatchkey(database, 'merchant', 'add', 'acme');
  const store = openSqliteStore(database);
  const merchant = await store.findMerchant('acme');
  await store.transact(merchant?.id ?? 0, async (unit) => {
    await unit.insertAccount({ VID: 'vid-1', merchantAccountId: 'ada' }, unit.now());
  });
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (action: string, fields: object = {}) =>
  JSON.stringify({ action, merchantAccountId: 'ada', merchantEntitlementId: 'news', ...fields });

const LINES = [
  line('grant', { endTimestamp: '2099-01-01T00:00:00Z' }),
  line('grant', { merchantAccountId: 'nobody' }),
  'not JSON',
  line('extend', { interval: { days: 1 } }),
];

/** The present end of what ada is granted, and how many lines the ledger has. */
async function look(): Promise<[string | undefined, number]> {
  const store = openSqliteStore(database);
  const rows = await collect(store.listLedger({}));
  await store.close();
  const end = rows.at(-1)?.after.end;
  expect(new Set(rows.map(({ actor }) => actor)).size).toBeLessThanOrEqual(1);
  return [end === undefined ? undefined : new Date(end).toISOString().slice(0, 10), rows.length];
}

const importFile = (...args: string[]) =>
  runLatchkey(database, 'entitlement', 'import', file, ...args);

test('carries lines out, names those that are refused, and does nothing twice', async () => {
  writeFileSync(file, LINES.join('\n'));
  const refusals = 'line 2: 400 Account not found.\nline 3: 400 The line is not JSON.\n';
  expect(await importFile('--dry-run')).toEqual({
    code: 1,
    stdout: `${refusals}would be done: 2, refused: 2\n`,
    stderr: '',
  });
  expect(await look()).toEqual([undefined, 0]);
  expect((await importFile()).stdout).toBe(`${refusals}done: 2, refused: 2\n`);
  expect(await look()).toEqual(['2099-01-02', 2]);
  expect((await importFile()).stdout).toBe(`${refusals}done: 0, done before: 2, refused: 2\n`);
  expect(await look()).toEqual(['2099-01-02', 2]);
  expect((await importFile('--key', 'again')).code).toBe(1);
  expect(await look()).toEqual(['2099-01-02', 4]);
});

test('an import that was cut is carried on under its key', async () => {
  writeFileSync(file, LINES.slice(0, 1).join('\n'));
  expect((await importFile('--key', 'k')).code).toBe(0);
  writeFileSync(file, [LINES[0], LINES[3]].join('\n'));
  const { stdout, code } = await importFile('--key', 'k', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    { merchant: 'acme', dryRun: false, done: 1, doneBefore: 1, refused: 0 },
  ]);
  expect(await look()).toEqual(['2099-01-02', 2]);
});

test('standard input needs a key; with --json each refusal is a document', async () => {
  const run = (...args: string[]) =>
    runLatchkeyWith({ database, input: LINES.join('\n') }, 'entitlement', 'import', '-', ...args);
  expect((await run()).stderr).toBe(
    'latchkey: --key: name the import, so that a repetition does nothing twice\n',
  );
  const { stdout } = await run('--key', 'k', '--json');
  const documents = stdout.trimEnd().split('\n');
  expect(documents.map((text) => JSON.parse(text) as unknown)).toEqual([
    { line: 2, status: 400, error: 'Bad Request', message: 'Account not found.' },
    { line: 3, status: 400, error: 'Bad Request', message: 'The line is not JSON.' },
    { merchant: 'acme', dryRun: false, done: 2, doneBefore: 0, refused: 2 },
  ]);
});

test('a file that is not there is named', async () => {
  const { code, stderr } = await importFile();
  expect([code, stderr]).toEqual([
    1,
    `latchkey: ${file}: no such file or directory; name a file or folder that exists\n`,
  ]);
});
