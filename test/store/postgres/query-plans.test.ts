/** No statement of the store looks through a whole table on PostgreSQL: each finds its rows by an index. */
import type { Client } from 'pg';
import { COPY_TABLES } from '../../../src/store/copy-tables';
import { keysOf, selectBlock, SNAPSHOT } from '../../../src/store/postgres/copy-source';
import { numberParameters } from '../../../src/store/postgres/parameters';
import { Change, Query } from '../../../src/store/postgres/query';
import { prepareReads } from '../../../src/store/postgres/reader';
import { HELD } from '../../../src/store/postgres/shared';
import { prepareWrites } from '../../../src/store/postgres/write-statements';
import { describeOnPostgres, makeDatabase, withClient } from '../../harness/postgres';

/** Rows of each table that grows with use, nearly all of one merchant; `n` counts them. */
const ROWS: Readonly<Record<string, string>> = {
  account: `(merchant_id, id, vid, merchant_account_id, external_id, email_address, created_at)
    SELECT 1, n, 'v' || n, 'a' || n, 'x' || n, 'e' || n || '@example.com', n`,
  address: '(merchant_id, account_id, city) SELECT 1, n, n',
  name_value: "(merchant_id, account_id, name, value) SELECT 1, n, 'n', 'v'",
  tax_exemption: '(merchant_id, account_id, position, active) SELECT 1, n, 0, true',
  user_profile: "(merchant_id, account_id, firstname) SELECT 1, n, 'f'",
  entitlement: `(merchant_id, account_id, merchant_entitlement_id, source, source_id, start_at, due_at)
    SELECT 1, n, 'm', 'Order', 'o' || n, 0, CASE WHEN n % 100 = 0 THEN n END`,
  ledger: `(at, merchant_id, account_id, merchant_entitlement_id, source, source_id, action, actor,
      soap_id, changes_access, after_start_at)
    SELECT 1767225600000 + n, 1, n, 'm', 'Order', 'o' || n, 'grant', 'acme', lpad(n::text, 40, '0'),
      true, 0`,
  event: `(merchant_id, sequence, ledger_id, ledger_at, account_id)
    SELECT 1, n, n, 1767225600000 + n, n`,
  offer: "(merchant_id, id, offer_id, name, created_at) SELECT 1, n, 'o' || n, 'name', 0",
  offer_entitlement: "(merchant_id, offer, merchant_entitlement_id) SELECT 1, n, 'm'",
  customer_order: `(merchant_id, id, order_id, account_id, named, state, failed_payments, created_at,
    changed_at) SELECT 1, n, 'o' || n, n, true, 'active', 0, 0, 0`,
  order_line: `(merchant_id, customer_order, offer, account_id, state)
    SELECT 1, n, n, n, 'active'`,
  kept_answer: `(merchant_id, key, fingerprint, status, body, kept_at)
    SELECT 1, 'k' || n, 'f', 200, '{}', n`,
  product: `(merchant_id, id, vid, merchant_item_id, status, document, created_at)
    SELECT 1, n, 'v' || n, 'p' || n, 'Active', '{}', 0`,
  product_entitlement: "(merchant_id, offer_id, merchant_entitlement_id) SELECT 1, n, 'm' || n",
  billing_plan: `(merchant_id, id, vid, merchant_item_id, status, document, created_at)
    SELECT 1, n, 'v' || n, 'p' || n, 'Active', '{}', 0`,
  billing_plan_entitlement:
    "(merchant_id, offer_id, merchant_entitlement_id) SELECT 1, n, 'm' || n",
  auto_bill: `(merchant_id, id, account_id, vid, merchant_auto_bill_id, billing_plan_id, start_at,
      plan_start_at, billed_from_period, billed_from_at, delayed_days, document, created_at, due_at)
    SELECT 1, n, n, 'v' || n, 'b' || n, n, 0, 0, 0, 0, 0, '{}', 0, n`,
  auto_bill_item: `(merchant_id, auto_bill_id, position, vid, product_id, from_at, document)
    SELECT 1, n, 0, 'v' || n, n, 0, '{}'`,
  auto_bill_event: "(merchant_id, auto_bill_id, type, at) SELECT 1, n, 'STATUS_CHANGE', n",
  delivery: `(merchant_id, id, endpoint, lane, sequence, message_id, event, state, due_at, attempts,
      made_at)
    SELECT 1, n, n % 10, n, n, 'm', 'e', 'waiting', n, 0, 0`,
  attempt: '(merchant_id, delivery, number, at, duration) SELECT 1, n, 1, 0, 0',
};

const COUNT = 5000;

/** The one table of the ledger that has lines: those of other years are empty. */
const YEAR = 'ledger_2026';

/**
 * Statements of batches. The plan that is made once takes a batch for a tenth of its table, and then reads all of that;
 * PostgreSQL goes on to plan these with their values for as long as that is cheaper.
 */
const BATCHES = /^(DELETE FROM attempt WHERE|WITH due AS MATERIALIZED)/;

/** Every statement of the store for one merchant. */
function collectStatements(): string[] {
  const statements: string[] = [];
  const never = () => Promise.reject(new Error('nothing is asked here'));
  const keep = <Statement extends { readonly source: string }>(statement: Statement) => {
    statements.push(statement.source);
    return statement;
  };
  prepareReads((sql) => keep(new Query(never, sql)), HELD);
  prepareWrites((sql) => keep(new Change(never, sql)));
  return statements;
}

/** The steps of a plan that is made once for all values. */
async function planOf(client: Client, statement: string): Promise<string[]> {
  const count = Math.max(0, ...[...statement.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
  const values = Array<string>(count).fill('NULL').join(', ');
  await client.query(`PREPARE planned AS ${statement}`);
  const { rows } = await client.query<Record<string, string>>(
    `EXPLAIN EXECUTE planned${count > 0 ? `(${values})` : ''}`,
  );
  await client.query('DEALLOCATE planned');
  return rows.map((row) => row['QUERY PLAN'] ?? '');
}

async function fill(client: Client): Promise<void> {
  await client.query('SET session_replication_role = replica');
  for (const [table, rows] of Object.entries(ROWS)) {
    await client.query(`INSERT INTO ${table} ${rows} FROM generate_series(1, ${COUNT}) AS n`);
  }
  await client.query('ANALYZE');
}

describeOnPostgres('query plans', () => {
  test('no large table is looked through', async () => {
    const statements = collectStatements();
    expect(statements.length).toBeGreaterThan(150);
    await withClient(await makeDatabase(), async (client) => {
      await fill(client);
      await client.query('SET plan_cache_mode = force_generic_plan');
      const slow: string[] = [];
      for (const statement of statements.filter((sql) => !BATCHES.test(sql))) {
        const steps = await planOf(client, statement);
        const scans = steps.filter((step) => {
          const [, table = ''] = /Seq Scan on (\w+)/.exec(step) ?? [];
          return table in ROWS || table === YEAR;
        });
        if (scans.length > 0) slow.push([statement, ...steps].join('\n'));
      }
      expect(slow).toEqual([]);
    });
  }, 180_000);

  test('an entitlement that stands so is looked for in its part alone', async () => {
    const looking = collectStatements().filter((sql) => /coalesce\(end_at > .*ORDER BY/s.test(sql));
    await withClient(await makeDatabase(), async (client) => {
      await fill(client);
      await client.query('SET plan_cache_mode = force_generic_plan');
      const conditions: string[][] = [];
      for (const statement of looking) {
        const steps = await planOf(client, statement);
        expect(steps.filter((step) => /Sort|Seq Scan/.test(step))).toEqual([]);
        conditions.push(steps.filter((step) => step.includes('Index Cond')));
      }
      expect(conditions).toEqual([
        [expect.stringMatching(/ROW\(.*\) > ROW\(/)],
        [expect.stringMatching(/ROW\(.*\) > ROW\(.*ROW\(.*\) <= ROW\(/)],
      ]);
    });
  }, 180_000);

  // But for rows with the same beginning of a key that an index has: an incremental sort.
  test('a copy sorts no large table', async () => {
    await withClient(await makeDatabase(), async (client) => {
      await fill(client);
      await client.query(SNAPSHOT);
      const sorting: string[] = [];
      for (const { name, order } of COPY_TABLES.filter((table) => table.name in ROWS)) {
        const { fields } = await client.query(`SELECT * FROM ${name} LIMIT 0`);
        const columns = fields.map((field) => field.name);
        const keys = keysOf(order, columns);
        // In pg's numbers of types: text.
        const texts = fields
          .filter(({ dataTypeID }) => dataTypeID === 25)
          .map((field) => field.name);
        const asked = selectBlock(name, columns, { keys, texts, isFirst: false, limit: 100 });
        const steps = await planOf(client, numberParameters(asked).text);
        if (steps.some((step) => /^[ >-]*Sort {2}\(/.test(step))) {
          sorting.push([asked, ...steps].join('\n'));
        }
      }
      expect(sorting).toEqual([]);
    });
  });
});
