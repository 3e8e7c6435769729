/**
 * Fills an empty database: the merchant of the bench through the store's own API, further ones by a statement a table, which is
 * many times faster than change by change.
 */
import type { Client } from 'pg';
import { hashPassword } from '../../src/access/password';
import { readSettings } from '../../src/config/settings';
import { findDatabase } from '../../src/store/open';
import { ACCOUNTS, HELD, LOGIN, PASSWORD } from '../requests';
import { seedStore } from '../seed';

/** Merchants with as many accounts as the first, which hold nothing at first: the first among them. */
export const MERCHANTS = [LOGIN, ...Array.from({ length: 7 }, (_, index) => `${LOGIN}-${index}`)];

/** The merchant whose accounts hold five entitlements each, however many accounts there are. */
export const SIZED = `${LOGIN}-sized`;

/** What each of its accounts holds: the look-up of the loads asks for the last of them. */
const SIZED_HELD = HELD.slice(0, 5);

/** Accounts that are named as the loads name them. */
const ACCOUNT = `INSERT INTO account (merchant_id, vid, merchant_account_id, email_address, name, created_at)
  SELECT $1, left(encode(sha256(($2 || number)::bytea), 'hex'), 40), id, id || '@example.com', 'Reader ' || number, $3
  FROM generate_series(0, $4::integer - 1) AS number,
    concat('account-', lpad(number::text, greatest(5, length(number::text)), '0')) AS id`;

/** Grants an entitlement to each account of a merchant, a millisecond one after the other. */
const LINE = `INSERT INTO ledger (merchant_id, account_id, merchant_entitlement_id, source, source_id, at, action, actor,
    soap_id, changes_access, after_start_at)
  SELECT merchant_id, id, $2, 'Account', '', $3::bigint + row_number() OVER (ORDER BY id), 'grant', $4,
    left(encode(sha256((id || $2)::bytea), 'hex'), 40), true, $3
  FROM account WHERE merchant_id = $1`;

const ENTITLEMENT = `INSERT INTO entitlement (merchant_id, account_id, merchant_entitlement_id, source, source_id,
    start_at, changed_at)
  SELECT merchant_id, account_id, merchant_entitlement_id, source, source_id, after_start_at, at
  FROM ledger WHERE merchant_id = $1 ORDER BY account_id, merchant_entitlement_id`;

const EVENT = `INSERT INTO event (merchant_id, sequence, ledger_at, ledger_id)
  SELECT merchant_id, row_number() OVER (ORDER BY id), at, id FROM ledger WHERE merchant_id = $1`;

/**
 * Makes the schema and the merchants of every part.
 * @param client of the database, as its owner
 * @param sized how many accounts the merchant `SIZED` has
 * @throws Error where there are merchants already
 */
export async function fill(url: string, client: Client, sized: number): Promise<void> {
  const store = await findDatabase(url, readSettings({}, {})).open();
  try {
    if ((await store.listMerchants()).length > 0) throw new Error('the database is not empty');
    await seedStore(store);
    const passwordHash = await hashPassword(PASSWORD);
    const createdAt = Date.now();
    for (const login of [...MERCHANTS.slice(1), SIZED]) {
      const { id } = await store.insertMerchant({ login, passwordHash, createdAt });
      const count = login === SIZED ? sized : ACCOUNTS;
      await client.query(ACCOUNT, [id, login, createdAt, count]);
      if (login === SIZED) await grantAll(client, id, count);
    }
  } finally {
    await store.close();
  }
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}

async function grantAll(client: Client, merchant: number, count: number): Promise<void> {
  const first = Date.now() - SIZED_HELD.length * count;
  for (const [index, held] of SIZED_HELD.entries()) {
    await client.query(LINE, [merchant, held, first + index * count, LOGIN]);
  }
  await client.query(ENTITLEMENT, [merchant]);
  await client.query(EVENT, [merchant]);
}
