/** Opening a database on PostgreSQL: its schema, made once; what is refused; who leads. */
import { findDatabase } from '../../../src/store/open';
import { SCHEMA } from '../../../src/store/postgres/migrations';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store';
import { MIGRATIONS } from '../../../src/store/sqlite/migrations';
import {
  CONNECTIONS,
  describeOnPostgres,
  makeDatabase,
  makeEmptyDatabase,
  withClient,
} from '../../harness/postgres';

/** The numbers of the steps that a database has taken. */
async function stepsOf(url: string): Promise<number[]> {
  const sql = 'SELECT number FROM schema_step ORDER BY number';
  const { rows } = await withClient(url, (client) => client.query<{ number: number }>(sql));
  return rows.map(({ number }) => number);
}

/** The first makes what SQLite's steps up to 18 make. */
const ALL = Array.from({ length: SCHEMA - 17 }, (_, index) => 18 + index);

test('the last step has the number that SQLite’s has', () => {
  expect(SCHEMA).toBe(MIGRATIONS.length);
});

describeOnPostgres('opening', () => {
  test('four at once take each step of the schema once', async () => {
    const url = await makeEmptyDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore(url, CONNECTIONS)));
    await stores[0]?.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: 0 });
    expect(await stores[3]?.findMerchant('acme')).toMatchObject({ login: 'acme' });
    await Promise.all(stores.map((store) => store.close()));
    expect(await stepsOf(url)).toEqual(ALL);
  });

  test('steps that were counted from 1 get SQLite’s numbers, and none is taken again', async () => {
    const url = await makeDatabase();
    await withClient(url, (client) => client.query('UPDATE schema_step SET number = number - 17'));
    const stores = await Promise.all([1, 2].map(() => openPostgresStore(url, CONNECTIONS)));
    await Promise.all(stores.map((store) => store.close()));
    expect(await stepsOf(url)).toEqual(ALL);
  });

  test.each([
    ['INSERT INTO schema_step VALUES (999, now())', /^has schema 999, this program knows \d+: use/],
    ['DROP TABLE schema_step', /^has another program's tables; give Latchkey a database or/],
    [
      'UPDATE store_kind SET simulation = true',
      /^is a simulation's, with moments that are made up/,
    ],
    ["SELECT setval('ledger_id_seq', 9007199254740993)", /^counts rows beyond 9007199254740991/],
  ])('%s → refused in one line', async (sql, message) => {
    const url = await makeDatabase();
    await withClient(url, (client) => client.query(sql));
    await expect(openPostgresStore(url, CONNECTIONS)).rejects.toMatchObject({
      name: 'SchemaError',
      message: expect.stringMatching(message) as string,
    });
  });

  test('where nothing listens → unavailable; a password is in no message', async () => {
    const url = 'postgres://ada:secret@127.0.0.1:1/latchkey';
    const database = findDatabase(url, CONNECTIONS);
    const error: unknown = await Promise.resolve(database.open()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    expect(JSON.stringify([database.name, String(error)])).not.toContain('secret');
  });

  test('of two stores one has a lease; the other gets it when the first loses its connection', async () => {
    const url = await makeDatabase();
    const one = await openPostgresStore(url, CONNECTIONS);
    const other = await openPostgresStore(url, CONNECTIONS);
    const take = (store: typeof one, holder: string) =>
      store.leases.take('background', holder, 60_000);
    expect([await take(one, 'a'), await take(other, 'b')]).toEqual([true, false]);
    const ofLocks = `FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await withClient(url, async (client) => {
      await client.query(`SELECT pg_terminate_backend(pid) ${ofLocks}`);
      // It is only told to end: until it has, it holds its lock.
      while ((await client.query(`SELECT pid ${ofLocks}`)).rows.length > 0);
    });
    expect([await take(other, 'b'), await take(one, 'a')]).toEqual([true, false]);
    await other.leases.release('background', 'b');
    expect(await take(one, 'a')).toBe(true);
    await Promise.all([one.close(), other.close()]);
  });
});
