/** Units of work that wait on SQLite: whose comes next, and how many are committed together. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { UnitQueue } from '../../../src/store/sqlite/unit-queue';

let database: Database;
let units: UnitQueue;
let statements: string[];
let elapsed: number;

beforeEach(() => {
  statements = [];
  database = new SqliteDatabase(':memory:', { verbose: (sql) => statements.push(String(sql)) });
  database.exec('CREATE TABLE item (name TEXT PRIMARY KEY)');
  elapsed = 0;
  const after = () => () => undefined;
  units = new UnitQueue(database, { time: { elapsed: () => elapsed, after } });
});

afterEach(() => database.close());

const taking = (milliseconds: number, name: string, order: string[]) => () => {
  elapsed += milliseconds;
  order.push(name);
  database.prepare('INSERT INTO item VALUES (?)').run(name);
  return Promise.resolve();
};
/** The units of each transaction. */
const transactions = () => {
  const counts: number[] = [];
  for (const sql of statements) {
    if (sql.startsWith('BEGIN')) counts.push(0);
    else if (sql.startsWith('INSERT')) counts.push((counts.pop() ?? 0) + 1);
  }
  return counts;
};

test('merchants take turns, and the units of one keep their order', async () => {
  const order: string[] = [];
  const ofOne = (owner: number, names: string[]) =>
    names.map((name) => units.run(taking(0, name, order), { owner }));
  await Promise.all([
    ...ofOne(1, ['a1', 'a2', 'a3']),
    ...ofOne(2, ['b1']),
    ...ofOne(3, ['c1', 'c2']),
  ]);
  expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
});

test('a transaction takes units for 30 ms; the others come next, before what comes meanwhile', async () => {
  const order: string[] = [];
  const late: Array<Promise<unknown>> = [];
  const waiting = Array.from({ length: 5 }, (_, n) =>
    units.run(
      () => {
        if (n === 1) late.push(units.run(taking(12, 'late', order), { owner: 1 }));
        return taking(12, `a${n}`, order)();
      },
      { owner: 1 },
    ),
  );
  await Promise.all(waiting);
  await Promise.all(late);
  expect(order).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'late']);
  expect(transactions()).toEqual([3, 3]);
});

test('another merchant is not left out by the units that are put back', async () => {
  const order: string[] = [];
  let other: Promise<unknown> | undefined;
  const long = Array.from({ length: 6 }, (_, n) =>
    units.run(
      () => {
        if (n === 0) other = units.run(taking(20, 'other', order), { owner: 2 });
        return taking(20, `a${n}`, order)();
      },
      { owner: 1 },
    ),
  );
  await Promise.all(long);
  await other;
  expect(order).toEqual(['a0', 'a1', 'a2', 'other', 'a3', 'a4', 'a5']);
});

test('the event loop turns between two transactions of more than 10 ms', async () => {
  const order: string[] = [];
  const long = ['a', 'b', 'c', 'd'].map((name) => units.run(taking(20, name, order)));
  setImmediate(() => order.push('turn'));
  await Promise.all(long);
  expect(order).toEqual(['a', 'b', 'turn', 'c', 'd']);
});
