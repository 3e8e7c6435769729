/**
 * Keeps a database of the present schema in fixtures/databases, so that later schemas are tested on
 * it: `node dist/scripts/keep-database.js`, once with every step that is added to MIGRATIONS. A file
 * that is there is never written again. Data that a schema of fewer steps could hold is taken from the
 * same data.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { update as updateAutoBill } from '../src/cashbox/auto-bill/update';
import type { Demo } from '../src/demo';
import { SYSTEM_TIME } from '../src/base/time';
import { loadMerchant } from '../src/demo';
import { grantOffer } from '../src/orders/grant-offer';
import { digestOf } from '../src/access/authenticate-key';
import { MIGRATIONS } from '../src/store/sqlite/migrations';
import { createSqliteStore } from '../src/store/sqlite/sqlite-store';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, 'fixtures', 'databases');
const SEED = join(ROOT, 'fixtures', 'cases', 'seed.json');

/** Some of everything: accounts, grants, an API key, an order, an AutoBill with product and plan. */
async function fill(database: Database): Promise<void> {
  const now = Date.UTC(2024, 5, 1, 12);
  const store = createSqliteStore(database, {
    time: { ...SYSTEM_TIME, now: () => now, uptime: undefined },
  });
  let ids = 0;
  const newId = () => (ids += 1).toString(16).padStart(40, '0');
  const timeZone = 'America/Los_Angeles';
  const surroundings = { store, timeZone, newId };
  const [demo] = JSON.parse(readFileSync(SEED, 'utf8')) as [Demo];
  const offer = { offerId: 'course', name: 'Course', merchantEntitlementIds: ['lessons'] };
  const merchant = await loadMerchant({ ...demo, offers: [offer] }, 'no password', surroundings);
  const digest = digestOf('kept');
  const key = { name: 'shop', digest, scope: 'write' as const, createdAt: 0 };
  await store.transact(merchant.id, async ({ apiKeys }) => apiKeys.insert(key));
  await store.transact(merchant.id, (unit) => {
    const work = { actor: 'shop', callId: newId(), now, timeZone, newId };
    const bought = { email: 'bob@example.com', grantOffer: 'course', orderId: 'A1' };
    return grantOffer(unit, work, bought);
  });
  await store.transact(merchant.id, async ({ webhooks }) => {
    const endpoint = await webhooks.insert({
      endpointId: newId(),
      kind: 'webhook',
      format: 'standard',
      url: 'https://shop.example.com/hooks',
      private: false,
      settings: {},
      secrets: { signing: [{ value: 'kept' }] },
      createdAt: now,
      createdBy: 'shop',
      cursor: 0,
    });
    const text = { messageId: newId(), event: 'account.created', body: '{}' };
    await webhooks.insertDeliveries(endpoint, [{ lane: 1, sequence: 1, ...text }], now);
  });
  const autobill = {
    merchantAutoBillId: 'ada-news',
    account: { merchantAccountId: 'ada-1815' },
    billingPlan: { merchantBillingPlanId: 'monthly', merchantEntitlementIds: [{ id: 'support' }] },
    items: [{ product: { merchantProductId: 'news', merchantEntitlementIds: [{ id: 'news' }] } }],
  };
  const call = { ...surroundings, merchant, soapId: newId(), selection: 'all' as const };
  await updateAutoBill({ ...call, input: { autobill } });
}

/** The statements that make a database of a number of steps, with the rows of another that fit it. */
function dump(full: Database, steps: number): string {
  const kept = new SqliteDatabase(':memory:');
  MIGRATIONS.slice(0, steps).forEach((step) => kept.exec(step));
  const lines = [`-- A database of schema ${steps}.`, `PRAGMA user_version = ${steps};`];
  const made = kept
    .prepare<[], { sql: string }>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
       ORDER BY type <> 'table', rowid`,
    )
    .all();
  const tables = kept
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  const rows = tables.flatMap((table) => insertsOf(full, kept, table));
  // Triggers guard what is there: they come last.
  const isTable = ({ sql }: { sql: string }) => /^\s*CREATE TABLE/i.test(sql);
  lines.push(...made.filter(isTable).map(({ sql }) => `${sql};`), ...rows);
  lines.push(...made.filter((one) => !isTable(one)).map(({ sql }) => `${sql};`));
  return `${lines.join('\n')}\n`;
}

function insertsOf(full: Database, kept: Database, table: string): string[] {
  // Of a generated column there is no value to keep: table_info lists the others alone.
  const columns = kept
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table);
  const values = columns.map((column) => `quote(${column})`).join(" || ', ' || ");
  return full
    .prepare<[], string>(`SELECT ${values} FROM ${table}`)
    .pluck()
    .all()
    .map((row) => `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${row});`)
    .filter((line) => keeps(kept, table, line));
}

/** A schema without orders or AutoBills has no entitlements of theirs. */
function keeps(kept: Database, table: string, line: string): boolean {
  if (table !== 'entitlement' && table !== 'ledger') return true;
  const has = (name: string) =>
    kept.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;
  if (line.includes("'Order'")) return has('customer_order');
  return !line.includes("'AutoBill'") || has('auto_bill');
}

async function main(): Promise<void> {
  const full = new SqliteDatabase(':memory:');
  await fill(full);
  mkdirSync(FOLDER, { recursive: true });
  for (let steps = 1; steps <= MIGRATIONS.length; steps += 1) {
    const file = join(FOLDER, `schema-${steps}.sql`);
    if (existsSync(file)) continue;
    writeFileSync(file, dump(full, steps));
    console.log(`kept ${file}`);
  }
}

void main();
