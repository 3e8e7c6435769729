/** Units of work: run in order, committed together, rolled back alone. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { UnitQueue } from '../../../src/store/sqlite/unit-queue';
import { CommitError } from '../../../src/store/store';

describe('UnitQueue', () => {
  let database: Database;
  let units: UnitQueue;
  let statements: string[];
  let lost: number;

  beforeEach(() => {
    statements = [];
    database = new SqliteDatabase(':memory:', { verbose: (sql) => statements.push(String(sql)) });
    database.exec('CREATE TABLE item (name TEXT PRIMARY KEY)');
    lost = 0;
    units = new UnitQueue(database, { onLost: () => lost++ });
  });

  afterEach(() => database.close());

  const insert = (name: string) => () => {
    database.prepare('INSERT INTO item VALUES (?)').run(name);
    return Promise.resolve(name);
  };
  const items = () => database.prepare('SELECT name FROM item ORDER BY name').pluck().all();

  test('units that wait together share one commit', async () => {
    expect(await Promise.all(['a', 'b', 'c'].map((name) => units.run(insert(name))))).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  test('no promise fulfils before the commit', async () => {
    const seen: string[] = [];
    await Promise.all(
      ['a', 'b'].map((name) =>
        units.run(insert(name)).then(() => seen.push(statements.at(-1) ?? '')),
      ),
    );
    expect(seen).toEqual(['COMMIT', 'COMMIT']);
  });

  test('what comes while a unit lets the event loop turn is committed with it', async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const long = units.run(async () => {
      await insert('long')();
      await turn();
      await turn();
    });
    await turn();
    const broken = units.run(async () => {
      await insert('half')();
      throw new Error('broken');
    });
    const results = await Promise.allSettled([long, broken, units.run(insert('short'))]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(items()).toEqual(['long', 'short']);
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  test('what comes in while several units ran is committed with them; one alone waits for nothing', async () => {
    let turns = 0;
    let late: Promise<string> | undefined;
    const turn = () => {
      turns += 1;
      late ??= units.run(insert('late'));
      return Promise.resolve();
    };
    units = new UnitQueue(database, { turn });
    await units.run(insert('alone'));
    expect(turns).toBe(0);
    await Promise.all(['a', 'b'].map((name) => units.run(insert(name))));
    expect(await late).toBe('late');
    // After the two, and after the one that came.
    expect(turns).toBe(2);
    expect(items()).toEqual(['a', 'alone', 'b', 'late']);
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(2);
  });

  test('several units wait for others a few milliseconds at most', async () => {
    let elapsed = 0;
    let turns = 0;
    const turn = () => {
      turns += 1;
      elapsed += 3;
      void units.run(insert(`late ${turns}`));
      return Promise.resolve();
    };
    const after = () => () => undefined;
    units = new UnitQueue(database, { turn, time: { elapsed: () => elapsed, after } });
    await Promise.all(['a', 'b'].map((name) => units.run(insert(name))));
    expect(turns).toBe(2);
    expect(items()).toEqual(['a', 'b', 'late 1', 'late 2']);
    expect(statements.filter((sql) => sql === 'COMMIT')).toHaveLength(1);
  });

  test('what comes while a unit fails is not rolled back with it', async () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const failing = units.run(async () => {
      await insert('half')();
      await turn();
      await turn();
      throw new Error('broken');
    });
    await turn();
    const other = units.run(insert('other'));
    await expect(failing).rejects.toThrow('broken');
    expect(await other).toBe('other');
    expect(items()).toEqual(['other']);
  });

  describe('a unit that nothing waits for', () => {
    let timers: Array<{ act: () => void; ended: boolean }>;
    let elapsed: number;
    let order: string[];

    beforeEach(() => {
      timers = [];
      elapsed = 1000;
      order = [];
      const after = (_milliseconds: number, act: () => void) => {
        const timer = { act, ended: false };
        timers.push(timer);
        return () => void (timer.ended = true);
      };
      units = new UnitQueue(database, { time: { elapsed: () => elapsed, after } });
    });

    const noted = (name: string) => async () => {
      order.push(name);
      await insert(name)();
      return units.othersWait;
    };
    const commits = () => statements.filter((sql) => sql === 'COMMIT').length;
    const running = () => timers.filter(({ ended }) => !ended);

    test('comes last of those that are committed next', async () => {
      await units.run(noted('first'), { isOneOfMany: true });
      const patient = units.runPatiently(noted('patient'));
      const others = ['a', 'b'].map((name) => units.run(noted(name)));
      expect(await patient).toBe(true);
      await Promise.all(others);
      expect(order).toEqual(['first', 'a', 'b', 'patient']);
      expect(commits()).toBe(2);
      expect(running()).toEqual([]);
    });

    test('waits for them a short time', async () => {
      await units.run(noted('first'), { isOneOfMany: true });
      const patient = units.runPatiently(noted('patient'));
      await new Promise((resolve) => setImmediate(resolve));
      expect(order).toEqual(['first']);
      running()[0]?.act();
      expect(await patient).toBe(false);
      expect(commits()).toBe(2);
    });

    test('begins at once where none came of late', async () => {
      await units.run(noted('first'), { isOneOfMany: true });
      elapsed += 100;
      expect(await units.runPatiently(noted('patient'))).toBe(false);
      expect(timers).toEqual([]);
    });

    test('begins at once where the last was none of many', async () => {
      await units.run(noted('first'));
      expect(await units.runPatiently(noted('patient'))).toBe(false);
      expect(timers).toEqual([]);
    });

    test('is not left behind by the end', async () => {
      await units.run(noted('first'), { isOneOfMany: true });
      const patient = units.runPatiently(noted('patient'));
      await units.idle();
      expect(await patient).toBe(false);
    });
  });

  test('a unit that throws is rolled back alone', async () => {
    const broken = units.run(async () => {
      await insert('half')();
      throw new Error('broken');
    });
    const results = await Promise.allSettled([
      units.run(insert('a')),
      broken,
      units.run(insert('b')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(items()).toEqual(['a', 'b']);
    expect(lost).toBe(0);
  });

  test('when SQLite rolls back everything, the units before it fail, too', async () => {
    database.exec(
      `CREATE TRIGGER full BEFORE INSERT ON item WHEN new.name = 'full'
       BEGIN SELECT RAISE(ROLLBACK, 'all gone'); END`,
    );
    const results = await Promise.allSettled(
      ['a', 'full', 'b'].map((name) => units.run(insert(name))),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect((results[0] as PromiseRejectedResult).reason).toBeInstanceOf(CommitError);
    expect(items()).toEqual(['b']);
    expect(lost).toBe(1);
  });

  test('a unit may wait for something else meanwhile: the others wait for it', async () => {
    const order: string[] = [];
    const slow = units.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('slow');
      return insert('slow')();
    });
    const fast = units.run(() => {
      order.push('fast');
      return insert('fast')();
    });
    await Promise.all([slow, fast]);
    expect(order).toEqual(['slow', 'fast']);
  });

  test('idle waits for what is queued, and for what that queues', async () => {
    void units.run(insert('a')).then(() => units.run(insert('b')));
    await units.idle();
    await units.idle();
    expect(items()).toEqual(['a', 'b']);
  });
});
