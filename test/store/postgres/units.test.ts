/** Units of work of several stores on one database: in order, kept once, whatever happens to their connections. */
import { openPostgresStore, withConnection } from '../../../src/store/postgres/postgres-store';
import type { Store, UnitOfWork } from '../../../src/store/store';
import { CutLine } from '../../harness/cut-line';
import { CONNECTIONS, describeOnPostgres, makeDatabase, withClient } from '../../harness/postgres';
import { AT, grantOf, vidOf } from '../../store-suite/subject';

describeOnPostgres('units of work', () => {
  let url: string;
  const stores: Store[] = [];

  const open = async (where = url, settings = {}) => {
    const store = await openPostgresStore(where, { ...CONNECTIONS, ...settings });
    stores.push(store);
    return store;
  };

  beforeEach(async () => {
    url = await makeDatabase();
  });

  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
  });

  /** A merchant with an account. */
  const prepare = async (store: Store) => {
    const merchant = await store.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: 0 });
    const account = await store.transact(merchant.id, async (unit) =>
      unit.insertAccount({ VID: vidOf('ada'), merchantAccountId: 'ada' }, AT),
    );
    return { merchant: merchant.id, account };
  };

  const grant = (store: Store, merchant: number, account: number, id: string) =>
    store.transact(merchant, async (unit) => {
      const at = unit.now();
      await unit.recordChange(grantOf(account, id, { at }));
    });

  const feedOf = async (store: Store, merchant: number) => {
    const events = await store.reader(merchant).events.list(0, 1000);
    return events.map(({ sequence, line }) => `${sequence} ${line?.merchantEntitlementId}`);
  };

  test('a transaction that PostgreSQL has undone is not taken for one that is kept', () =>
    withConnection(url, CONNECTIONS, async (connection) => {
      await connection.begin();
      await expect(connection.query('SELECT 1 / 0')).rejects.toThrow();
      await expect(connection.commit()).rejects.toThrow('could not be kept');
    }));

  test('two stores write for one merchant: numbers without gaps, moments in their order', async () => {
    const [one, other] = [await open(), await open()];
    const { merchant, account } = await prepare(one);
    const ids = Array.from({ length: 60 }, (_, index) => `e${index}`);
    await Promise.all(
      ids.map((id, index) => grant(index % 2 === 0 ? one : other, merchant, account, id)),
    );
    const events = await other.reader(merchant).events.list(0, 1000);
    expect(events.map(({ sequence }) => sequence)).toEqual(ids.map((_, index) => index + 1));
    const moments = events.map(({ line }) => line?.at ?? 0);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(new Set(events.map(({ line }) => line?.merchantEntitlementId))).toEqual(new Set(ids));
  });

  test.each(['after', 'before'] as const)(
    'the connection is lost %s a commit: its units are kept, and once',
    async (cut) => {
      const line = await CutLine.open(url);
      const store = await open(line.url);
      const { merchant, account } = await prepare(store);
      line.cut = cut;
      let runs = 0;
      const first = store.transact(merchant, async (unit) => {
        runs += 1;
        await unit.recordChange(grantOf(account, 'a', { at: unit.now() }));
        return 'done';
      });
      const others = ['b', 'c'].map((id) => grant(store, merchant, account, id));
      await expect(first).resolves.toBe('done');
      await Promise.all(others);
      expect([line.count, runs]).toEqual([1, cut === 'after' ? 1 : 2]);
      expect(await feedOf(store, merchant)).toEqual(['1 a', '2 b', '3 c']);
      await Promise.all(stores.splice(0).map((each) => each.close()));
      await line.close();
    },
  );

  test('a connection that is ended within a unit: all of its transaction is done again', async () => {
    const store = await open();
    const { merchant, account } = await prepare(store);
    let runs = 0;
    const work = async (unit: UnitOfWork) => {
      runs += 1;
      await unit.recordChange(grantOf(account, 'a', { at: unit.now() }));
      if (runs > 1) return;
      await withClient(url, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
        ),
      );
    };
    await Promise.all([store.transact(merchant, work), grant(store, merchant, account, 'b')]);
    expect(runs).toBe(2);
    expect(await feedOf(store, merchant)).toEqual(['1 a', '2 b']);
  });

  test('who asks for a span or the feed waits for a unit that is under way in another store', async () => {
    const [writer, reader] = [await open(), await open()];
    const { merchant, account } = await prepare(writer);
    const until = reader.reader(merchant).now() + 50;
    const going = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const written = writer.transact(merchant, async (unit) => {
      await unit.recordChange(grantOf(account, 'a', { at: unit.now() }));
      begun.resolve(undefined);
      await going.promise;
    });
    await begun.promise;
    const { events } = reader.reader(merchant);
    const span = { from: 0, until: Number.MAX_SAFE_INTEGER };
    const asked = Promise.all([
      events.last(),
      reader.reader(merchant).listChanged(span, { page: 0, pageSize: 9 }),
    ]);
    // What needs no lock is answered at once.
    expect(await reader.reader(merchant).findEntitlement(account, grantOf(account, 'a'))).toBe(
      undefined,
    );
    going.resolve(undefined);
    await written;
    const [last, changed] = await asked;
    expect([last, changed.length]).toEqual([1, 1]);
    // A span that ends a little ahead of the database's clock is answered when that has come there.
    await reader.reader(merchant).listChanged({ from: 0, until }, { page: 0, pageSize: 9 });
    const later = await writer.transact(merchant, (unit) => Promise.resolve(unit.now()));
    expect(later).toBeGreaterThanOrEqual(until);
  });

  test('more merchants at once than connections: a bounded wait, then unavailable', async () => {
    const store = await open(url, { databaseWriters: 1, databaseWait: 200 });
    const other = await open();
    const { merchant } = await prepare(other);
    const rival = await other.insertMerchant({ login: 'rival', passwordHash: '-', createdAt: 0 });
    const going = Promise.withResolvers<undefined>();
    const held = store.transact(merchant, () => going.promise);
    const refused = store.transact(rival.id, () => Promise.resolve());
    await expect(refused).rejects.toMatchObject({
      name: 'CommitError',
      kind: 'unavailable',
      description: 'no connection to the database was free in time',
    });
    // Nor does it wait longer for the lock that another store has.
    const begun = other.transact(merchant, () => Promise.resolve('free'));
    going.resolve(undefined);
    await held;
    await expect(begun).resolves.toBe('free');
  });
});
