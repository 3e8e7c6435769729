/**
 * `latchkey check` on files of which one bit is flipped: it never throws, and what it doesn't find has changed
 * nothing of the ledger, or the entitlements. `SEED=7 npx jest flipped` flips others.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { checkDatabase } from '../../../src/store/sqlite/check';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { createRandom } from '../../delta/random-walk';

const SEED = Number(process.env.SEED ?? 1815);
const FLIPS = 400;
const AT = Date.UTC(2026, 0, 1);

let folder: string;
let whole: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-flips-'));
  whole = join(folder, 'whole.db');
  const store = openSqliteStore(whole);
  const { id } = await store.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: AT });
  await store.transact(id, async (unit) => {
    for (let number = 0; number < 60; number += 1) {
      const VID = String(number).padStart(40, '0');
      const accountId = await unit.insertAccount({ VID, merchantAccountId: `a${number}` }, AT);
      for (const merchantEntitlementId of ['archive', 'bac', 'forum', 'news']) {
        await unit.recordChange({
          accountId,
          merchantEntitlementId,
          source: 'Account',
          sourceId: '',
          action: 'grant',
          at: AT + number,
          changesAccess: true,
          before: undefined,
          after: { start: AT, end: undefined, description: `${merchantEntitlementId} for all` },
          dueAt: undefined,
          actor: 'acme',
          note: undefined,
          soapId: undefined,
        });
      }
    }
  });
  await store.close();
  const database = new SqliteDatabase(whole);
  database.pragma('journal_mode = DELETE');
  database.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What decides access, and its record. */
function accessOf(file: string): string {
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const rows = (table: string) => {
      const columns = 'account_id, merchant_entitlement_id, source, source_id';
      const states =
        table === 'ledger'
          ? 'before_start_at, before_end_at, after_start_at, after_end_at, after_description'
          : 'start_at, end_at, description, changed_at';
      return database
        .prepare(`SELECT ${columns}, merchant_id, ${states} FROM ${table} ORDER BY ${columns}`)
        .raw()
        .all();
    };
    return JSON.stringify([rows('ledger'), rows('entitlement')]);
  } finally {
    database.close();
  }
}

test(`each of ${FLIPS} flipped bits is found, or has changed no access, seed ${SEED}`, () => {
  const bytes = readFileSync(whole);
  const before = accessOf(whole);
  const random = createRandom(SEED);
  const damaged = join(folder, 'damaged.db');
  copyFileSync(whole, damaged);
  let unnoticed = 0;
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const place = Math.floor(random() * bytes.length);
    const bit = 1 << Math.floor(random() * 8);
    const flipped = Buffer.from(bytes);
    flipped[place] = (flipped[place] ?? 0) ^ bit;
    writeFileSync(damaged, flipped);
    let found = 0;
    try {
      checkDatabase(damaged, () => (found += 1));
    } catch (error) {
      // A file whose head is that of no database of this schema is refused as a whole.
      expect([place, String(error)]).toEqual([
        expect.any(Number),
        expect.stringMatching(/database/),
      ]);
      expect(place).toBeLessThan(100);
      found += 1;
    }
    if (found > 0) continue;
    unnoticed += 1;
    expect([place, bit, accessOf(damaged)]).toEqual([place, bit, before]);
  }
  expect(unnoticed).toBeLessThan(FLIPS);
}, 120_000);
