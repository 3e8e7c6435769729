/** The scale bench's files hold what the store itself would have written, change by change. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LOGIN } from '../../bench/requests';
import { generate, stateOf } from '../../bench/scale/generate';
import { ENTITLEMENTS, Population } from '../../bench/scale/population';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { openDatabase } from '../store/sqlite/database';

const ACCOUNTS = 21;
const TABLES = ['account', 'name_value', 'entitlement', 'ledger'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a generated file is what the same grants make, in the order of time', async () => {
  const generated = join(folder, 'generated.db');
  const reported: number[] = [];
  await generate(generated, ACCOUNTS, (_, rows, of) => reported.push(rows / of));
  expect(reported.at(-1)).toBe(1);
  const granted = join(folder, 'granted.db');
  await grant(granted);
  for (const table of TABLES) {
    expect([table, rowsOf(generated, table)]).toEqual([table, rowsOf(granted, table)]);
  }
  expect(rowsOf(generated, 'ledger')).toHaveLength(ACCOUNTS * ENTITLEMENTS.length);
});

/** Makes the accounts and grants them their entitlements through the store. */
async function grant(path: string): Promise<void> {
  const population = new Population(ACCOUNTS);
  const store = openSqliteStore(path);
  const { id } = await store.insertMerchant({ login: LOGIN, passwordHash: '', createdAt: 0 });
  await store.transact(id, async (unit) => {
    for (let number = 0; number < ACCOUNTS; number++) {
      const createdAt = population.createdAt(number);
      const accountId = await unit.insertAccount(population.values(number), createdAt);
      const gold = { name: 'tier', value: 'gold' };
      if (number % 4 === 0) await unit.saveNameValue(accountId, gold);
    }
    for (const [round, merchantEntitlementId] of ENTITLEMENTS.entries()) {
      for (let index = 0; index < ACCOUNTS; index++) {
        const at = population.grantedAt(index, round);
        const after = stateOf(at, round);
        await unit.recordChange({
          accountId: population.accountAt(index, round) + 1,
          merchantEntitlementId,
          source: 'Account',
          sourceId: '',
          action: 'grant',
          at,
          before: undefined,
          after,
          changesAccess: true,
          dueAt: after.end,
          actor: LOGIN,
          note: 'scale',
          soapId: undefined,
        });
      }
    }
  });
  await store.close();
}

function rowsOf(path: string, table: string): unknown[] {
  const database = openDatabase(path, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    return database.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    database.close();
  }
}

test.each([1, 2, 7, 1000])('every one of %i accounts has its turn in a round', (accounts) => {
  const population = new Population(accounts);
  const numbers = Array.from({ length: accounts }, (_, index) => population.accountAt(index, 2));
  expect(new Set(numbers).size).toBe(accounts);
  expect(Math.max(...numbers)).toBe(accounts - 1);
});
