/** A storm: entitlements that all end in the same second. */
import SqliteDatabase from 'better-sqlite3';
import { newId } from '../../src/base/new-id';
import { TIME } from '../../src/base/work';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { LOGIN } from '../requests';

/** How many are granted in one unit of work. */
const BATCH = 5000;

/** The id of what a storm ends. */
const idOf = (storm: number) => `storm-${storm}`;

/**
 * Adds accounts to a seeded database, each with an entitlement without an end for every storm.
 * @param count of accounts
 */
export async function prepareStorms(path: string, count: number, storms: number): Promise<void> {
  const store = openSqliteStore(path);
  try {
    const merchant = await store.findMerchant(LOGIN);
    if (!merchant) throw new Error(`${path} has no merchant ${LOGIN}`);
    for (let done = 0; done < count; done += BATCH) {
      await store.transact(merchant.id, async (unit) => {
        const at = unit.now();
        for (let number = done; number < Math.min(done + BATCH, count); number += 1) {
          const accountId = await unit.insertAccount({ VID: newId() }, at);
          for (let storm = 0; storm < storms; storm += 1) {
            await unit.recordChange({
              accountId,
              merchantEntitlementId: idOf(storm),
              source: 'Account',
              sourceId: '',
              action: 'grant',
              before: undefined,
              after: { start: at - 1000, end: undefined, description: undefined },
              at,
              changesAccess: true,
              dueAt: undefined,
              actor: LOGIN,
              note: undefined,
              soapId: newId(),
            });
          }
        }
      });
    }
  } finally {
    await store.close();
  }
}

/**
 * Sets when the entitlements of one storm end, past the ledger: what is measured is what comes of it.
 * @param end UTC milliseconds
 */
export function aimStorm(path: string, storm: number, end: number): void {
  const database = new SqliteDatabase(path);
  database
    .prepare('UPDATE entitlement SET end_at = ?, due_at = ? WHERE merchant_entitlement_id = ?')
    .run(end, end, idOf(storm));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** Looks at a storm from beside the server. */
export class Sky {
  private readonly database;
  private readonly left;

  constructor(path: string) {
    this.database = new SqliteDatabase(path, { readonly: true });
    this.left = this.database.prepare('SELECT 1 FROM entitlement WHERE due_at <= ? LIMIT 1');
  }

  /** Whether lines are still to be written. @param end when the entitlements end */
  isOpen(end: number): boolean {
    return this.left.get(end) !== undefined;
  }

  /** How many lines there are. */
  count(storm: number): number {
    return this.database
      .prepare('SELECT count(*) FROM ledger WHERE merchant_entitlement_id = ? AND actor = ?')
      .pluck()
      .get(idOf(storm), TIME) as number;
  }

  close(): void {
    this.database.close();
  }
}
