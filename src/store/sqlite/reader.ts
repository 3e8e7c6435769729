/** Look-ups in one merchant's data, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { Address, NameValuePair, TaxExemption } from '../../contract/types.generated';
import type { Source } from '../../entitlements/entitlement';
import {
  ACCOUNT_FIELDS,
  ADDRESS_FIELDS,
  type EntitlementKey,
  type Reader,
  type StoredAccount,
  type StoredEntitlement,
} from '../store';
import { guarded } from './guarded';
import { selectList, toFields } from './rows';

/** What of an account is read: its key, its single values, when it was made. */
export const ACCOUNT_ROW: readonly string[] = ['id', ...ACCOUNT_FIELDS, 'createdAt'];
/** Those of them that SQLite keeps as 0 and 1. */
export const ACCOUNT_BOOLEANS: readonly string[] = ['warnBeforeAutobilling'];

const ACCOUNT_COLUMNS = selectList(ACCOUNT_ROW);

const ENTITLEMENT_COLUMNS = `${selectList(['merchantEntitlementId', 'source', 'sourceId', 'description'])},
  start_at AS start, end_at AS end`;

/** Every look-up of a connection, prepared once. */
export type ReadStatements = ReturnType<typeof prepareReads>;

/** Prepares them. An entitlement is reached only through an account that a merchant's look-up found. */
export function prepareReads(database: Database) {
  const prepare = (sql: string): Statement => database.prepare(sql);
  return {
    account: prepare(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id = ? AND merchant_id = ?`),
    accountByVid: prepare(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE vid = ? AND merchant_id = ?`,
    ),
    accountByMerchantAccountId: prepare(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE merchant_account_id = ? AND merchant_id = ?`,
    ),
    address: prepare(`SELECT ${selectList(ADDRESS_FIELDS)} FROM address WHERE account_id = ?`),
    nameValues: prepare('SELECT name, value FROM name_value WHERE account_id = ? ORDER BY name'),
    taxExemptions: prepare(
      `SELECT region, exemption_id AS exemptionId, active FROM tax_exemption
       WHERE account_id = ? ORDER BY position`,
    ),
    entitlement: prepare(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND source = ? AND merchant_entitlement_id = ? AND source_id = ?`,
    ),
    entitlementsOfSource: prepare(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND source = ? ORDER BY merchant_entitlement_id, source_id`,
    ),
    entitlementsOfId: prepare(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND source IN ('Account', 'AutoBill', 'Order')
         AND merchant_entitlement_id = ?`,
    ),
  };
}

/** A merchant's view of the store through one connection's statements. */
export class SqliteReader implements Reader {
  constructor(
    private readonly reads: ReadStatements,
    protected readonly merchantId: number,
  ) {}

  findAccount(id: number): StoredAccount | undefined {
    return this.account(this.reads.account, id);
  }

  findAccountByVid(vid: string): StoredAccount | undefined {
    return this.account(this.reads.accountByVid, vid);
  }

  findAccountByMerchantAccountId(id: string): StoredAccount | undefined {
    return this.account(this.reads.accountByMerchantAccountId, id);
  }

  findAddress(accountId: number): Address | undefined {
    const row = guarded(() => this.reads.address.get(accountId));
    return row === undefined ? undefined : toFields<Address>(row);
  }

  listNameValues(accountId: number): NameValuePair[] {
    return guarded(() => this.reads.nameValues.all(accountId)) as NameValuePair[];
  }

  listTaxExemptions(accountId: number): TaxExemption[] {
    return guarded(() => this.reads.taxExemptions.all(accountId)).map((row) =>
      toFields<TaxExemption>(row, ['active']),
    );
  }

  findEntitlement(accountId: number, key: EntitlementKey): StoredEntitlement | undefined {
    const row = guarded(() =>
      this.reads.entitlement.get(accountId, key.source, key.merchantEntitlementId, key.sourceId),
    );
    return row === undefined ? undefined : toFields<StoredEntitlement>(row);
  }

  listEntitlements(accountId: number, source: Source): StoredEntitlement[] {
    const rows = guarded(() => this.reads.entitlementsOfSource.all(accountId, source));
    return rows.map((row) => toFields<StoredEntitlement>(row));
  }

  listEntitlementsOfId(accountId: number, merchantEntitlementId: string): StoredEntitlement[] {
    const rows = guarded(() => this.reads.entitlementsOfId.all(accountId, merchantEntitlementId));
    return rows.map((row) => toFields<StoredEntitlement>(row));
  }

  private account(statement: Statement, name: string | number): StoredAccount | undefined {
    const row = guarded(() => statement.get(name, this.merchantId));
    return row === undefined ? undefined : toFields<StoredAccount>(row, ACCOUNT_BOOLEANS);
  }
}
