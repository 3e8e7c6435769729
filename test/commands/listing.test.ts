/** How lists and long outputs are printed: for a person, into a pipe, and where nobody reads. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printList } from '../../src/commands/list';
import { Output, OutputClosed } from '../../src/commands/output';
import { CLI, runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase } from '../harness/server-process';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';

const LISTING = {
  columns: { name: (row: number) => `row ${row}`, half: (row: number) => row / 2 },
  toJson: (row: number) => ({ row }),
};

describe('a list', () => {
  const printed = async (rows: number[], isTerminal: boolean, json = false) => {
    const stream = new PassThrough();
    const output = new Output(stream, isTerminal);
    await printList(rows, LISTING, { json }, output);
    await output.flush();
    return String(stream.read() ?? '');
  };

  test('on a terminal: a head, and columns under each other', async () => {
    expect(await printed([1, 100], true)).toBe('NAME     HALF\nrow 1    0.5\nrow 100  50\n');
    expect(await printed([], true)).toBe('NAME  HALF\n');
    const many = await printed(
      Array.from({ length: 500 }, (_, index) => index),
      true,
    );
    expect(many.trim().split('\n')).toHaveLength(501);
  });

  test('a stream gets one listener, and that with the first writing', async () => {
    const stream = new PassThrough();
    const output = new Output(stream, false);
    expect(stream.listenerCount('error')).toBe(0);
    for (let line = 0; line < 3; line += 1) {
      await output.line('');
      await output.flush();
    }
    expect(stream.listenerCount('error')).toBe(1);
  });

  test('into a pipe: lines alone, with tabs', async () => {
    expect(await printed([1, 100], false)).toBe('row 1\t0.5\nrow 100\t50\n');
  });

  test('as JSON: a document a line', async () => {
    expect(await printed([1, 2], true, true)).toBe('{"row":1}\n{"row":2}\n');
  });
});

test('a reader that goes away ends the reading of rows', async () => {
  let read = 0;
  function* rows() {
    for (; read < 60_000; read += 1) yield read;
  }
  let pieces = 0;
  const closing = new Writable({
    write: (_piece, _encoding, done) => {
      pieces += 1;
      done(pieces > 1 ? Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }) : null);
    },
  });
  const output = new Output(closing, false);
  await expect(printList(rows(), LISTING, {}, output)).rejects.toThrow(OutputClosed);
  expect(read).toBeLessThan(5000);
});

describe('latchkey', () => {
  let folder: string;
  let database: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    database = join(folder, 'test.db');
    await makeDatabase(database, SEED);
    const store = openSqliteStore(database);
    const merchant = await store.findMerchant('acme_soap');
    if (!merchant) throw new Error('the seed has no acme_soap');
    await store.transact(merchant.id, async (unit) => {
      const account = await unit.findAccountByMerchantAccountId('alan-1912');
      for (let line = 0; line < 2000; line += 1) {
        await unit.recordChange({
          accountId: account?.id ?? 0,
          merchantEntitlementId: `e${line}`,
          source: 'Account',
          sourceId: '',
          action: 'grant',
          before: undefined,
          after: { start: line, end: undefined, description: undefined },
          at: Date.parse('2024-06-01T00:00:00Z') + line * 1000,
          changesAccess: true,
          dueAt: undefined,
          actor: 'acme_soap',
          note: undefined,
          soapId: undefined,
        });
      }
    });
    await store.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const shell = (script: string) => {
    const env = { ...process.env, NODE: process.execPath, CLI, LATCHKEY_DATABASE: database };
    return execFileSync('bash', ['-c', script], { env, encoding: 'utf8' });
  };

  test.each(['ledger', 'ledger --json', 'audit export', 'account list', '--help'])(
    '%s | head -1: no complaint, no failure',
    (command) => {
      const printed = shell(
        `{ "$NODE" "$CLI" ${command}; echo "code $?" >&2; } 2>&1 >/dev/full | cat; ` +
          `{ { "$NODE" "$CLI" ${command} 2>&3; echo "$?" >&3; } | head -1 >/dev/null; } 3>&1`,
      );
      const [full, code, closed] = printed.split('\n');
      expect(full).toBe(
        'latchkey: standard output cannot be written: no space left on device; ' +
          'the output is incomplete',
      );
      expect([code, closed]).toEqual(['code 1', '0']);
    },
  );

  test('ledger --from --to --limit', async () => {
    const lines = async (...args: string[]) => {
      const { code, stdout, stderr } = await runLatchkey(database, 'ledger', ...args);
      expect([code, stderr]).toEqual([0, '']);
      return stdout.split('\n').slice(0, -1);
    };
    const span = ['--account', 'alan-1912', '--from', '2024-06-01T00:00:10Z'];
    const found = await lines(...span, '--to', '2024-06-01T02:00:20+02:00');
    expect(found).toHaveLength(10);
    expect(found[0]).toContain('\te10\t');
    expect(await lines(...span, '--limit', '3')).toEqual(found.slice(0, 3));
  });

  test.each([
    [['--limit', '0'], /^latchkey: --limit: "0" is not a number from 1 to \d+\n$/],
    [['--from', 'yesterday'], /^latchkey: --from: "yesterday" is not a moment like 2026/],
    [['--from', '2024-02-30T00:00:00Z'], /is not a moment like/],
    [['--to', '2024-06-01T00:00:00'], /is not a moment like/],
    [
      ['--from', '2024-06-02T00:00:00Z', '--to', '2024-06-01T00:00:00Z'],
      /^latchkey: --to is not after --from: no line lies between them\n$/,
    ],
    [['--account', 'nobody'], /^latchkey: there is no account nobody\n$/],
    [['--order', 'Z9'], /^latchkey: there is no order Z9\n$/],
    [['--merchant', 'nobody'], /^latchkey: there is no merchant nobody\n$/],
  ])('ledger %j is refused in one line', async (args, message) => {
    const { code, stdout, stderr } = await runLatchkey(database, 'ledger', ...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test.each([
    ['account', 'list', '--merchant', 'nobody'],
    ['account', 'show', 'xyz', '--merchant', 'nobody'],
    ['audit', 'export', '--merchant', 'nobody'],
    ['autobill', 'show', 'x', '--merchant', 'nobody'],
    ['key', 'add', 'x', '--merchant', 'nobody'],
    ['key', 'list', '--merchant', 'nobody'],
    ['key', 'revoke', 'x', '--merchant', 'nobody'],
    ['merchant', 'password', 'nobody'],
    ['merchant', 'remove', 'nobody'],
    ['merchant', 'set', 'nobody', '--grace-days', '1'],
    ['offer', 'list', '--merchant', 'nobody'],
    ['offer', 'show', 'x', '--merchant', 'nobody'],
  ])('%s %s … of an unknown merchant', async (...args) => {
    const { code, stderr } = await runLatchkey(database, ...args);
    expect([code, stderr]).toEqual([1, 'latchkey: there is no merchant nobody\n']);
  });

  test('on a real terminal, a head', () => {
    const typed = shell('script -qec "$NODE $CLI account list" /dev/null');
    expect(typed).toMatch(/^MERCHANT +ACCOUNT +VID +E-MAIL +CREATED\r\n/);
  });
});
