/** `latchkey store copy` between SQLite and PostgreSQL, by the built command. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COPY_TABLES } from '../../src/store/copy-tables';
import {
  describeOnPostgres,
  makeDatabase,
  makeEmptyDatabase,
  urlFor,
  withClient,
} from '../harness/postgres';
import { runLatchkey, startCommand } from '../harness/run-latchkey';
import { startServerProcess } from '../harness/server-process';
import { dumpDatabase, makeWholeDatabase } from '../store/copying/whole-database';
import { openDatabase } from '../store/sqlite/database';

/** So many accounts that a copy can be killed before it is done. */
const MANY = 40_000;

let folder: string;
let whole: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-copy-'));
  whole = join(folder, 'whole.db');
  makeWholeDatabase(whole);
});

afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const newFile = () => join(folder, `${(files += 1)}.db`);

const copy = (source: string, target: string, ...args: string[]) =>
  runLatchkey(':memory:', 'store', 'copy', source, target, ...args);

/** A command that refuses in one line. */
const refusal = (line: string) => ({ code: 1, stdout: '', stderr: `latchkey: ${line}\n` });

/** What is in each table of a database on PostgreSQL, as text. */
function dumpPostgres(url: string): Promise<Record<string, unknown>> {
  return withClient(url, async (client) => {
    const dump: Record<string, unknown> = {};
    for (const { name, order } of COPY_TABLES) {
      const text = `SELECT to_json(t)::text AS row FROM ${name} AS t ORDER BY ${order.join(', ')}`;
      dump[name] = (await client.query(text)).rows;
    }
    return dump;
  });
}

/** Starts a copy and kills it when some of it is done. */
async function killInTheMiddle(source: string, target: string): Promise<void> {
  const command = startCommand(':memory:', 'store', 'copy', source, target);
  await command.until(/ 1\d% account/);
  expect(await command.stop('SIGKILL')).toBeNull();
}

describeOnPostgres('store copy', () => {
  test('there and back: the same data, counted on', async () => {
    const url = await makeEmptyDatabase();
    const back = newFile();
    const there = await copy(`sqlite:${whole}`, url);
    expect(there).toMatchObject({ code: 0, stdout: expect.stringMatching(/^copied /) as string });
    expect(there.stdout).toMatch(/^check of .*whole\.db +nothing is wrong$/m);
    expect(await copy(url, back)).toMatchObject({ code: 0 });
    expect(readdirSync(folder).filter((name) => name.startsWith('1.db'))).toEqual(['1.db']);
    expect(dumpDatabase(back)).toEqual(dumpDatabase(whole));
    // A server works with it: numbers go on, references are held.
    const added = await runLatchkey(url, 'merchant', 'add', 'later');
    expect(added.code).toBe(0);
    const [state] = await withClient(url, async (client) => {
      const { rows } = await client.query(
        `SELECT (SELECT copying IS NULL FROM store_kind) AS whole, max(id) - min(id) AS ahead,
           (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
             AND connamespace = 'public'::regnamespace)::int AS "references" FROM merchant`,
      );
      return rows as unknown[];
    });
    const fresh = await withClient(await makeDatabase(), async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM pg_constraint WHERE contype = 'f' AND conparentid = 0
         AND connamespace = 'public'::regnamespace`,
      );
      return rows[0]?.count;
    });
    expect(state).toEqual({ whole: true, ahead: 1, references: fresh });
  });

  test('--json: the rows of each table, and the checks', async () => {
    const { stdout, code } = await copy(whole, await makeEmptyDatabase(), '--json');
    const dump = dumpDatabase(whole);
    const tables = Object.fromEntries(
      Object.entries(dump).map(([name, rows]) => [name, rows.length]),
    );
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { source: whole, dryRun: false, tables, checks: [{ database: whole, findings: 0 }] },
    ]);
  });

  test.each(['to PostgreSQL', 'to SQLite'])(
    '%s: killed in the middle it serves nothing, and goes on where it was',
    async (way) => {
      const many = newFile();
      makeWholeDatabase(many, MANY);
      const url = await makeEmptyDatabase();
      const file = newFile();
      if (way === 'to SQLite') {
        expect(await copy(many, url)).toMatchObject({ code: 0 });
        await killInTheMiddle(url, file);
        expect(existsSync(file)).toBe(false);
      } else {
        await killInTheMiddle(many, url);
        const served = await runLatchkey(url, 'merchant', 'list');
        expect(served).toEqual(
          refusal(`${url}: holds a part of a copy: finish it with latchkey store copy`),
        );
        const before = await withClient(url, (client) => client.query('SELECT 1 FROM account'));
        expect(before.rowCount).toBeGreaterThan(1000);
        expect(await copy(many, url)).toMatchObject({ code: 0 });
      }
      const last = await copy(url, file);
      expect(last).toMatchObject({ code: 0 });
      expect(dumpDatabase(file)).toEqual(dumpDatabase(many));
    },
    180_000,
  );

  test('PostgreSQL drops the connection: said with what to do, and that is done', async () => {
    const many = newFile();
    makeWholeDatabase(many, MANY);
    const [url, file] = [await makeEmptyDatabase(), newFile()];
    const lost = `latchkey: ${url}: the connection to the database was lost; what is copied stays: the same command goes on with it\n`;
    const dropInTheMiddle = async (source: string, target: string) => {
      const command = startCommand(':memory:', 'store', 'copy', source, target);
      await command.until(/ 1\d% account/);
      await withClient(url, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        ),
      );
      expect(await command.ended).toBe(1);
      expect(command.stderr()).toContain(lost);
    };
    await dropInTheMiddle(many, url);
    expect(await copy(many, url)).toMatchObject({ code: 0 });
    await dropInTheMiddle(url, file);
    expect(await copy(url, file)).toMatchObject({ code: 0 });
    expect(dumpDatabase(file)).toEqual(dumpDatabase(many));
  }, 180_000);

  test.each([
    [
      'a merchant was added',
      "INSERT INTO merchant (login, password_hash, created_at) VALUES ('later', '-', 0)",
    ],
    ['a password was changed', "UPDATE merchant SET password_hash = 'other'"],
    ['a key was revoked', 'UPDATE api_key SET revoked_at = 1'],
  ])('killed, and since then %s in the source → refused', async (_what, change) => {
    const many = newFile();
    makeWholeDatabase(many, MANY);
    const url = await makeEmptyDatabase();
    await killInTheMiddle(many, url);
    const database = openDatabase(many);
    database.exec(change);
    database.close();
    expect(await copy(many, url)).toEqual(
      refusal(
        `${url}: holds a part of a copy of another state: its source has changed since; remove that part, ` +
          'and copy anew',
      ),
    );
  });

  test('--dry-run changes nothing', async () => {
    const url = await makeEmptyDatabase();
    const { stdout, code } = await copy(whole, url, '--dry-run');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^would copy +.*\naccounts +4\n/)]);
    const tables = await withClient(url, (client) =>
      client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"),
    );
    expect(tables.rowCount).toBe(0);
    const file = newFile();
    expect(await copy(whole, file, '--dry-run')).toMatchObject({ code: 0 });
    expect([existsSync(file), existsSync(`${file}.copying`)]).toEqual([false, false]);
  });

  test('a target that is not empty → refused, and left as it is', async () => {
    const url = await makeDatabase();
    expect((await runLatchkey(url, 'merchant', 'add', 'acme')).code).toBe(0);
    const before = await dumpPostgres(url);
    const line = `${url}: is not empty, for it has rows in merchant: name an empty database`;
    expect(await copy(whole, url)).toEqual(refusal(line));
    expect(await copy(whole, url, '--dry-run')).toEqual(refusal(line));
    expect(await dumpPostgres(url)).toEqual(before);
    expect(await copy(url, whole)).toEqual(refusal(`${whole}: is there already: name a new file`));
  });

  test('a role that does not own the target → refused in clear words', async () => {
    const url = await makeDatabase();
    const role = new URL(url).pathname.slice(1);
    await withClient(url, (client) => client.query(`CREATE ROLE ${role} LOGIN`));
    const line = (of: string, lack: string) =>
      refusal(`${of}: is not for ${role}, which ${lack}: name its owner in the URL`);
    const made = urlFor(url, role);
    expect(await copy(whole, made)).toEqual(line(made, 'does not own its tables'));
    const empty = urlFor(await makeEmptyDatabase(), role);
    await withClient(urlFor(empty, 'postgres'), (client) =>
      client.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC'),
    );
    expect(await copy(whole, empty)).toEqual(line(empty, 'may make no tables in it'));
  });

  test.each([
    [-1, 'start its server once, which updates it'],
    [1, 'use a newer one'],
  ])('a source of another schema (%i) → refused', async (more, advice) => {
    const file = newFile();
    copyFileSync(whole, file);
    const database = openDatabase(file);
    const version = (database.pragma('user_version', { simple: true }) as number) + more;
    database.pragma(`user_version = ${version}`);
    database.close();
    const { stderr } = await copy(file, await makeEmptyDatabase());
    expect(stderr).toMatch(
      new RegExp(`${file}: the database has schema ${version}, .*: ${advice}\\n$`),
    );
    const url = await makeDatabase();
    const sql =
      more > 0 ? 'INSERT INTO schema_step VALUES (999, now())' : 'DELETE FROM schema_step';
    await withClient(url, (client) => client.query(sql));
    expect((await copy(url, newFile())).stderr).toMatch(
      more > 0 ? /has schema 999, .*: use a newer one\n$/ : /has no tables of Latchkey/,
    );
  });

  test('a database that is served → refused, as source and as target', async () => {
    const [file, url] = [newFile(), await makeDatabase()];
    copyFileSync(whole, file);
    const servers = [await startServerProcess(file), await startServerProcess(url)];
    expect(await copy(file, await makeEmptyDatabase())).toEqual(
      refusal(`${file}: is open in another process: stop its server first, or copy a backup of it`),
    );
    const line = `${url}: is open in another process: stop its servers first`;
    expect(await copy(url, newFile())).toEqual(refusal(line));
    expect(await copy(whole, url)).toEqual(refusal(line));
    for (const server of servers) await server.end('SIGTERM');
    expect(await copy(file, await makeEmptyDatabase())).toMatchObject({ code: 0 });
  });

  test('where nothing listens → said without the password', async () => {
    const { stderr } = await copy(whole, 'postgres://ada:secret@127.0.0.1:1/latchkey');
    expect(stderr).toBe(
      'latchkey: postgres://ada@127.0.0.1:1/latchkey: the database cannot be reached; ' +
        'start PostgreSQL, or name its host and port as they are\n',
    );
  });
});
