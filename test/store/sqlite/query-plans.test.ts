/** No statement of the store looks through a whole table: each finds its rows by an index. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { createSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import type { LedgerOptions, ListOptions, Store } from '../../../src/store/store';
import { SEED } from '../../harness/seed';
import { startTestServer } from '../../harness/server';
import { callAccount } from '../../harness/soap-call';
import { collect } from '../../harness/collect';

/** Here all statements are prepared at once, so that all are looked at. */
jest.mock('../../../src/store/sqlite/once-needed', () => ({
  onceNeeded: (make: () => object) => {
    const value = make();
    return () => value;
  },
}));

/** Tables that grow with use. Merchants are few. */
const LARGE = [
  ...['account', 'entitlement', 'ledger', 'address', 'name_value', 'tax_exemption'],
  ...['customer_order', 'order_line', 'user_profile', 'kept_answer'],
  ...['product', 'product_entitlement', 'billing_plan', 'billing_plan_entitlement'],
  ...['auto_bill', 'auto_bill_item', 'auto_bill_event', 'event'],
  ...['delivery', 'attempt'],
];

/** Sorts what the orders of a page's users hold, each offer once. */
const SORTED = /^SELECT held\.account_id, .* LIMIT \+\?\).* GROUP BY account_id, offer\b/s;

/** The same of a part of one user's orders. */
const SORTED_PART = /^SELECT offer, min\(customer_order\) .* LIMIT \+:limit\) GROUP BY offer$/s;

/** Sorts a part of the users of an offer, who were found in their order. */
const HOLDERS = /^WITH RECURSIVE holder .* number < :limit\)/s;

/** Sorts the lines of a batch: of one that starts and ends there are two. */
const BATCH = /^WITH due AS MATERIALIZED .* LIMIT \+:limit.* INSERT INTO ledger /s;

/** Groups some thousand lines of the ledger by what they are. */
const GROUPED = / GROUP BY action, reason, at \/ 60000$/;

/** Counts rows that long work is to visit. */
const COUNTED = /SELECT count\(\*\) AS total/;

/** The operator's look-ups, with the steps that their plans may contain all the same. */
const LISTINGS: ReadonlyArray<readonly [ListOptions, readonly RegExp[]]> = [
  // Everything is asked for: everything is read, in the order of the table, page by page.
  [{}, []],
  [{ merchant: 'acme_soap' }, []],
  // The accounts that a name means are one or a few; their lines are sorted.
  [{ account: 'alan-1912' }, [/^USE TEMP B-TREE FOR ORDER BY$/]],
  [{ account: 'alan-1912', merchant: 'acme_soap' }, [/^USE TEMP B-TREE FOR ORDER BY$/]],
  [{ account: 'nobody' }, [/^USE TEMP B-TREE FOR ORDER BY$/]],
];

/** The steps of a statement's plan, in words. */
function planOf(database: Database, sql: string): string[] {
  const unnamed: unknown[] = sql.match(/\?/g)?.map(() => null) ?? [];
  const named = sql.match(/:\w+/g)?.map((name) => [name.slice(1), null]) ?? [];
  const parameters: unknown[] = named.length > 0 ? [Object.fromEntries(named)] : unnamed;
  const steps = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  return steps.all(...parameters).map(({ detail }) => detail);
}

/** Those of them that take the longer the more there is in the database. */
function slowSteps(database: Database, sql: string): string[] {
  return planOf(database, sql).filter(isSlow);
}

function isSlow(step: string): boolean {
  const [, how, table = ''] = /^(SCAN|SEARCH) (\w+)/.exec(step) ?? [];
  if (how === undefined) return step.startsWith('USE TEMP B-TREE');
  // Nearly everything is of one merchant.
  return LARGE.includes(table) && (how === 'SCAN' || step.endsWith(' (merchant_id=?)'));
}

/** Wraps `prepare`, so that every statement is kept. */
function collectStatements(database: Database): Set<string> {
  const statements = new Set<string>();
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    if (!sql.startsWith('EXPLAIN')) statements.add(sql);
    return prepare(sql);
  };
  return statements;
}

describe('query plans', () => {
  let database: Database;
  let statements: Set<string>;
  let store: Store;

  beforeEach(() => {
    database = new SqliteDatabase(':memory:');
    statements = collectStatements(database);
    store = createSqliteStore(database);
  });

  afterEach(() => store.close());

  test('what sorts or looks for a largest value is planned once, not for each value', () => {
    const sorting = [...statements].filter((sql) => /ORDER BY|GROUP BY|max\(|min\(/.test(sql));
    expect(sorting.length).toBeGreaterThan(20);
    for (const sql of sorting) expect(sql).not.toMatch(/(?<![<>!])= [?:]/);
    const limited = [...statements].filter((sql) => /\bLIMIT\b/.test(sql));
    expect(limited.length).toBeGreaterThan(20);
    for (const sql of limited) expect(sql).not.toMatch(/\bLIMIT [?:]/);
  });

  test('what is prepared once finds its rows by an index, and hardly any is sorted', () => {
    expect(statements.size).toBeGreaterThan(25);
    for (const table of LARGE) {
      expect([...statements].join('\n')).toMatch(new RegExp(`(FROM|INTO|UPDATE) ${table}\\b`));
    }
    const all = [...statements].filter((sql) => slowSteps(database, sql).length > 0);
    const grouped = all.filter((sql) => GROUPED.test(sql));
    const steps = grouped.map((sql) =>
      planOf(database, sql).filter((step) => !/^CO-ROUTINE|^SCAN part/.test(step)),
    );
    expect(steps).toEqual([
      [
        'SEARCH ledger USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
        'USE TEMP B-TREE FOR GROUP BY',
      ],
      [
        'SEARCH ledger USING INDEX ledger_moment (merchant_id=? AND at>? AND (at,position)<(?,?))',
        'USE TEMP B-TREE FOR GROUP BY',
      ],
    ]);
    for (const sql of all.filter((one) => HOLDERS.test(one))) {
      expect(slowSteps(database, sql)).toEqual(['USE TEMP B-TREE FOR ORDER BY']);
    }
    const slow = all.filter((sql) => !GROUPED.test(sql) && !HOLDERS.test(sql));
    const [sorted = '', part = '', batch = '', ...others] = slow;
    expect(part).toMatch(SORTED_PART);
    expect(batch).toMatch(BATCH);
    expect(slowSteps(database, batch)).toEqual(['USE TEMP B-TREE FOR ORDER BY']);
    expect(others).toEqual([]);
    expect(sorted).toMatch(SORTED);
    expect(slowSteps(database, sorted)).toEqual([
      'USE TEMP B-TREE FOR GROUP BY',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  test('what is prepared for one use does, too', async () => {
    statements.clear();
    const merchant = await store.insertMerchant({ login: 'x', passwordHash: '', createdAt: 0 });
    await store.updatePassword(merchant.id, '');
    await store.ping();
    expect(statements.size).toBe(3);
    const slow = [...statements].filter((sql) => slowSteps(database, sql).length > 0);
    expect(slow).toEqual([]);
  });

  test('pages are looked up by the moment and by the row number', () => {
    const paged = [...statements].filter(
      (sql) => /^(?!UPDATE).*ORDER BY (at|created_at), position/s.test(sql) && !COUNTED.test(sql),
    );
    expect(paged).toHaveLength(9);
    for (const sql of paged) {
      const [first, ...others] = planOf(database, sql);
      expect(first).toMatch(/\((created_at|at),position\)>\(\?,\?\)/);
      // Events are wanted by their types, and only the first of each AutoBill; the moment of a line is looked up.
      const moments = others.filter((step) => !/SUBQUERY|\(rowid=\?\)$/.test(step));
      if (!sql.includes('auto_bill_event')) expect(moments).toEqual([]);
    }
  });

  test('an entitlement that stands so is looked for in its part alone', () => {
    const looking = [...statements].filter((sql) => sql.includes('coalesce(end_at > :at'));
    const key = '(merchant_entitlement_id,source,source_id)';
    const from = `SEARCH entitlement USING PRIMARY KEY (account_id=? AND ${key}>(?,?,?)`;
    expect(looking.flatMap((sql) => planOf(database, sql)).sort()).toEqual([
      `${from} AND ${key}<(?,?,?))`,
      `${from})`,
    ]);
  });

  test('lines of the ledger are looked up by the moment, each part in an index of its own', () => {
    const paged = [...statements].filter((sql) => sql.includes('ORDER BY ledger.at'));
    const indexes = paged.map((sql) => planOf(database, sql)[0]?.replace(/ AND at<\?/, ''));
    const isBack = (step: string | undefined) => step?.includes('<(?,?)');
    expect(indexes.filter((step) => !isBack(step)).sort()).toEqual([
      'SEARCH ledger USING INDEX ledger_account_moment (account_id=? AND (at,position)>(?,?))',
      'SEARCH ledger USING INDEX ledger_moment (merchant_id=? AND (at,position)>(?,?))',
      ...Array<string>(2).fill(
        'SEARCH ledger USING INDEX ledger_order (merchant_id=? AND source_id=? AND (at,position)>(?,?))',
      ),
    ]);
    expect(indexes.filter(isBack).sort()).toEqual([
      'SEARCH ledger USING INDEX ledger_account_moment (account_id=? AND at>? AND (at,position)<(?,?))',
      'SEARCH ledger USING INDEX ledger_moment (merchant_id=? AND at>? AND (at,position)<(?,?))',
      'SEARCH ledger USING INDEX ledger_order (merchant_id=? AND source_id=? AND at>? AND (at,position)<(?,?))',
    ]);
  });

  test('the rows that work visits are counted in parts, each from the last row of the one before', () => {
    const counted = [...statements].filter((sql) => COUNTED.test(sql));
    expect(counted).toHaveLength(11);
    for (const sql of counted) {
      expect(sql).toMatch(/ORDER BY [\w, ]+ LIMIT \+:limit\)/);
      expect(planOf(database, sql).join('\n')).toMatch(/^SEARCH .*>\(?\?/m);
    }
  });

  test('pages of orders, users, the catalogue and the ledger begin where the last one ended', () => {
    const paged = [...statements].filter(
      (sql) => /(position|account_id) > (:after|\?)/.test(sql) && !COUNTED.test(sql),
    );
    expect(paged).toHaveLength(18);
    for (const sql of paged) {
      const first = planOf(database, sql).find((step) => step.startsWith('SEARCH'));
      expect(first).toMatch(/\b(position|account_id)>\?(\)| AND position<)/);
    }
  });
});

describe('listings for the operator', () => {
  test.each(LISTINGS)('%j', async (options, allowed) => {
    const server = await startTestServer({ merchants: SEED });
    const named = (part: string, id: string) =>
      `<${part}><merchantAccountId>${id}</merchantAccountId></${part}>`;
    const both = named('targetAccount', 'ada-1815') + named('sourceAccount', 'alan-1912');
    expect((await callAccount(server.url, 'transfer', both)).returnCode).toBe('200');

    const statements = collectStatements(server.database);
    const accounts = await collect(server.store.listAccounts(options));
    const lines = await collect(server.store.listLedger(options));
    expect([accounts.length > 0, lines.length > 0]).toEqual(
      Array(2).fill(options.account !== 'nobody'),
    );
    // And merchants, and where the ledger ends; before an account's, what its name means is looked up.
    expect(statements.size).toBe(options.account === undefined ? 4 : 5);
    for (const sql of statements) {
      const slow = slowSteps(server.database, sql);
      expect(slow.filter((step) => !allowed.some((pattern) => pattern.test(step)))).toEqual([]);
    }
    await server.stop();
  });
});

test.each([
  'SELECT 1 FROM ledger WHERE note = ?',
  'SELECT 1 FROM ledger WHERE ? IS NULL OR account_id = ?',
  'SELECT * FROM account WHERE merchant_id = ? AND company = ?',
  'SELECT * FROM account WHERE email_address = :email ORDER BY name',
  'DELETE FROM entitlement WHERE description = ?',
])('such a statement would be noticed: %s', async (sql) => {
  const database = new SqliteDatabase(':memory:');
  const store = createSqliteStore(database);
  expect(slowSteps(database, sql)).not.toEqual([]);
  await store.close();
});

test.each<LedgerOptions>([
  { order: 'A1' },
  { order: 'A1', merchant: 'acme_soap' },
  { order: 'A1', from: 1, until: 2 },
])('the ledger by %j is found by an index', async (options) => {
  const database = new SqliteDatabase(':memory:');
  const store = createSqliteStore(database);
  const statements = collectStatements(database);
  expect(await collect(store.listLedger(options))).toEqual([]);
  const [sql = ''] = [...statements].filter((one) => one.includes('LIMIT :limit'));
  const plan = planOf(database, sql);
  expect(plan.filter((step) => step.includes('ledger'))).toEqual([
    expect.stringMatching(
      /^SEARCH ledger USING INDEX ledger_order \(merchant_id=\? AND source_id=\? AND \(?at/,
    ),
  ]);
  await store.close();
});

test.each<readonly [LedgerOptions, string]>([
  [{ soapId: 's1' }, 'ledger_call (merchant_id=? AND <expr>=?)'],
  [{ soapId: 's1', merchant: 'x' }, 'ledger_call (merchant_id=? AND <expr>=?)'],
  [
    { soapId: 's1', order: 'A1' },
    'ledger_order (merchant_id=? AND source_id=? AND (at,position)>(?,?))',
  ],
  // The account's own lines are read, in their order.
  [{ soapId: 's1', account: 'x' }, 'ledger_account_moment (account_id=? AND (at,position)>(?,?))'],
])('the ledger by a call, %j, is found by an index', async (options, index) => {
  const database = new SqliteDatabase(':memory:');
  const store = createSqliteStore(database);
  const statements = collectStatements(database);
  expect(await collect(store.listLedger(options))).toEqual([]);
  const [sql = ''] = [...statements].filter((one) => one.includes('LIMIT :limit'));
  expect(planOf(database, sql)[0]).toBe(`SEARCH ledger USING INDEX ${index}`);
  await store.close();
});
