/** `latchkey restore`, and `latchkey merchant add` and `remove`. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { verifyPassword } from '../../src/access/password';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { runLatchkey, runLatchkeyWith, startServe } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { makeDatabase, runCheck } from '../harness/server-process';
import { openDatabase } from '../store/sqlite/database';

let folder: string;
let database: string;
let backup: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  backup = join(folder, 'backup.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const latchkey = (...args: string[]) => runLatchkey(database, ...args);

async function logins(path = database): Promise<string[]> {
  const { stdout } = await runLatchkey(path, 'merchant', 'list', '--json');
  const lines = stdout.split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { login: string }).login);
}

describe('restore', () => {
  test('takes the place of the database, which is put away whole, with what its -wal had', async () => {
    await latchkey('merchant', 'add', 'early');
    await latchkey('backup', backup);
    await latchkey('merchant', 'add', 'late');
    const { code, stdout } = await latchkey('restore', backup, '--json');
    expect(code).toBe(0);
    const { putAway } = JSON.parse(stdout) as { putAway: string[] };
    expect(putAway[0]).toMatch(/test\.db\.\d{8}T\d{6}Z$/);
    expect(await logins()).toEqual(['early']);
    expect(await logins(putAway[0])).toEqual(['early', 'late']);
    expect(statSync(database).mode & 0o077).toBe(0);
    expect(existsSync(backup)).toBe(true);
  });

  test('where there is no database, makes one of the backup', async () => {
    await latchkey('merchant', 'add', 'early');
    await latchkey('backup', backup);
    const other = join(folder, 'new', 'other.db');
    expect(await runLatchkey(other, 'restore', backup)).toMatchObject({ code: 0, stderr: '' });
    expect(await logins(other)).toEqual(['early']);
  });

  test('a server that has the database open: refused, and nothing changes', async () => {
    const server = startServe(database, '--json');
    await server.until(/"madeDatabase"/);
    await latchkey('merchant', 'add', 'acme');
    await latchkey('backup', backup);
    const refused = await latchkey('restore', backup);
    expect(refused).toMatchObject({
      code: 1,
      stderr: `latchkey: another process has ${database} open; stop the server first\n`,
    });
    expect(await server.stop()).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['backup.db', 'test.db']);
    expect(await latchkey('restore', backup)).toMatchObject({ code: 0 });
  });

  test('a damaged database is put away as it is, with its -wal and -shm', async () => {
    await latchkey('merchant', 'add', 'acme');
    await latchkey('backup', backup);
    for (const end of ['', '-wal', '-shm']) writeFileSync(database + end, 'damaged'.repeat(1000));
    expect(await latchkey('restore', backup)).toMatchObject({ code: 0 });
    expect(await logins()).toEqual(['acme']);
    const away = readdirSync(folder).filter((name) => /test\.db\.\d/.test(name));
    expect(away.map((name) => name.replace(/.*Z/, '')).sort()).toEqual(['', '-shm', '-wal']);
  });

  test.each([
    [
      'no file',
      () => rmSync(backup),
      /^latchkey: there is no file [^\n]+backup.db; name a backup\n$/,
    ],
    [
      'no database',
      () => writeFileSync(backup, 'x'.repeat(5000)),
      /^latchkey: [^\n]+backup.db: the database is damaged; name a database of Latchkey/,
    ],
    [
      'a ledger that does not fit',
      () => {
        const tampered = openDatabase(backup);
        tampered.exec('UPDATE entitlement SET end_at = 7');
        tampered.close();
      },
      /^latchkey: [^\n]+backup.db is damaged \(\d+ findings\); latchkey check/,
    ],
    [
      'a newer version',
      () => {
        const newer = openDatabase(backup);
        newer.pragma('user_version = 999');
        newer.close();
      },
      /^latchkey: [^\n]+backup.db: the database has schema 999[^\n]+\n$/,
    ],
  ])('%s: refused, and the database stays', async (_name, spoil, message) => {
    await makeDatabase(database, SEED);
    await runLatchkey(database, 'backup', backup);
    const before = readFileSync(database);
    spoil();
    const { code, stdout, stderr } = await latchkey('restore', backup);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(readFileSync(database).equals(before)).toBe(true);
    const left = readdirSync(folder).map((name) => name.replace(/-(wal|shm)$/, ''));
    expect([...new Set(left)].filter((name) => name !== 'backup.db')).toEqual(['test.db']);
  });

  test('the database itself is no backup', async () => {
    await latchkey('merchant', 'add', 'acme');
    expect((await latchkey('restore', database)).stderr).toContain('is the database itself');
  });
});

describe('merchant add', () => {
  test('--password-stdin keeps the password of an old client, whatever it begins or ends with', async () => {
    const input = ' pass word \r\nsecond line\n';
    const added = await runLatchkeyWith(
      { database, input },
      ...['merchant', 'add', 'acme', '--password-stdin', '--json'],
    );
    expect(added).toMatchObject({ code: 0, stdout: '{"login":"acme"}\n' });
    const store = openSqliteStore(database);
    const merchant = await store.findMerchant('acme');
    expect(await verifyPassword(' pass word ', merchant?.passwordHash ?? '')).toBe(true);
    await store.close();
  });

  test.each([
    ['', 'standard input has no password'],
    ['\n', 'standard input has no password'],
    ['a\u0007b\n', 'character 2 is U+0007, which XML 1.0 lacks'],
    ['a\u007fb\n', 'a control character, or text that is not UTF-8'],
    ['x'.repeat(1025), 'more than 1024 characters'],
  ])('--password-stdin with %j is refused, and no database made', async (input, message) => {
    const args = ['merchant', 'add', 'acme', '--password-stdin'];
    const { code, stderr } = await runLatchkeyWith({ database, input }, ...args);
    expect([code, stderr]).toEqual([1, `latchkey: --password-stdin: ${message}\n`]);
    expect(existsSync(database)).toBe(false);
  });

  test.each(['operator', 'latchkey', 'Operator', 'LATCHKEY', ' operator', 'ｏｐｅｒａｔｏｒ'])(
    'the login %s is reserved: an author of the ledger',
    async (login) => {
      const { code, stderr } = await latchkey('merchant', 'add', login);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining(`${login} is how the ledger calls`),
      ]);
      expect(existsSync(database)).toBe(false);
    },
  );

  test.each(['', ' ', ' acme', 'a\u202eb'])('the login %j is refused', async (login) => {
    const { code, stderr } = await latchkey('merchant', 'add', login);
    expect([code, stderr]).toEqual([1, expect.stringContaining('a login has 1 to 100 characters')]);
    expect(existsSync(database)).toBe(false);
  });
});

describe('merchant remove', () => {
  const file = () => join(folder, 'export.json');

  test('one without data goes with its keys', async () => {
    await latchkey('merchant', 'add', 'acme');
    await latchkey('key', 'add', 'shop');
    const { code, stdout } = await latchkey('merchant', 'remove', 'acme', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { removed: 'acme', rows: 2 }]);
    expect(await logins()).toEqual([]);
  });

  test('one with data is refused without --force and --export, which go together', async () => {
    await makeDatabase(database, SEED);
    const before = await logins();
    const { code, stderr } = await latchkey('merchant', 'remove', 'acme_soap');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^latchkey: acme_soap has data \(account \d+, [^)]+\); --force --export/,
    );
    for (const flags of [['--force'], ['--export', file()]]) {
      const alone = await latchkey('merchant', 'remove', 'acme_soap', ...flags);
      expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('go together')]);
    }
    expect(await logins()).toEqual(before);
    expect(existsSync(file())).toBe(false);
  });

  /** Accounts, offers and lines of the ledger of `demo`, and of the seed's merchants. */
  async function makeDemo(): Promise<void> {
    await makeDatabase(database, []);
    const server = startServe(database, '--demo');
    await server.until(/Database .*\n/);
    await server.stop();
    await latchkey('merchant', 'add', 'acme');
    await latchkey('offer', 'add', 'Course', '--entitlement', 'x', '--merchant', 'acme');
  }

  const select = (sql: string) => {
    const opened = openDatabase(database);
    const rows = opened.prepare(sql).all();
    opened.close();
    return rows;
  };

  test('by force: all its rows are exported and gone, lines of the ledger too', async () => {
    await makeDemo();
    const triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
    const before = select(triggers);
    expect(before.length).toBeGreaterThan(2);
    const lines = select('SELECT * FROM ledger ORDER BY id');
    expect(lines.length).toBeGreaterThan(0);

    const force = ['--force', '--export', file()];
    const removed = await latchkey('merchant', 'remove', 'demo', ...force, '--json');
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    const { rows } = JSON.parse(removed.stdout) as { rows: number };
    const { tables } = JSON.parse(readFileSync(file(), 'utf8')) as {
      tables: Record<string, Array<{ readonly id?: number }>>;
    };
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(tables.merchant).toMatchObject([{ login: 'demo' }]);
    // They come in the order of their moments.
    const exported = [...(tables.ledger ?? [])].sort(({ id: a = 0 }, { id: b = 0 }) => a - b);
    expect(exported).toEqual(lines);
    expect(Object.values(tables).flat()).toHaveLength(rows);

    expect(await logins()).toEqual(['acme']);
    expect((await latchkey('offer', 'list')).stdout).toContain('Course');
    expect(select('SELECT * FROM ledger')).toEqual([]);
    expect(await runCheck(database)).toContain('nothing is wrong');
    // The ledger is append-only as before.
    expect(select(triggers)).toEqual(before);
  });

  test('an export that cannot be written: nothing is removed', async () => {
    await makeDatabase(database, SEED);
    const before = await logins();
    writeFileSync(file(), 'mine');
    const force = ['--force', '--export', file()];
    const { code, stderr } = await latchkey('merchant', 'remove', 'acme_soap', ...force);
    expect([code, stderr]).toEqual([
      1,
      `latchkey: ${file()}: file already exists; name another file\n`,
    ]);
    expect(readFileSync(file(), 'utf8')).toBe('mine');
    expect(await logins()).toEqual(before);
  });
});
