/** Look-ups in one merchant's data, on any connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { Address, NameValuePair, TaxExemption } from '../../contract/types.generated';
import type { Source } from '../../entitlements/entitlement';
import type { AuditReads } from '../audit';
import type { AutoBillReads } from '../auto-bills';
import type { OrderReads } from '../orders';
import {
  ADDRESS_FIELDS,
  type DueEntitlement,
  type EntitlementKey,
  type HeldEntitlement,
  type Page,
  type Reader,
  type Span,
  type StoredAccount,
  type StoredEntitlement,
} from '../store';
import { ACCOUNT_BOOLEANS, ACCOUNT_COLUMNS } from './account-row';
import type { CatalogueReader } from '../catalogue';
import { prepareAutoBillReads, SqliteAutoBillReads } from './auto-bill-reads';
import { catalogueReader, prepareCatalogueReads } from './catalogue-reads';
import { prepareAuditReads, SqliteAuditReads } from './audit-reads';
import { guarded } from './guarded';
import { prepareOrderReads, SqliteOrderReads } from './order-reads';
import { type Cursor, PageCursors } from './page-cursors';
import { readPage } from './page-listing';
import { selectList, toFields } from './rows';

const ENTITLEMENT_KEY = ['merchantEntitlementId', 'source', 'sourceId'] as const;

const ENTITLEMENT_COLUMNS = `${selectList([...ENTITLEMENT_KEY, 'description', 'dueAt'])},
  start_at AS start, end_at AS end`;

/** Whoever names an account that was merged into another means that one. */
function accountNamedBy(column: string): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id IN
    (SELECT coalesce(merged_into, id) FROM account WHERE ${column} = ? AND merchant_id = ?)`;
}

function accountsWhere(condition: string): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account
    WHERE ${condition} AND merchant_id = ? AND merged_into IS NULL ORDER BY id`;
}

/** Merchant, a cursor, the end of the span. */
const CREATED_AFTER = `merchant_id = ? AND (created_at, position) > (?, ?) AND created_at < ?
  AND merged_into IS NULL`;

/**
 * Merchant, a cursor, the end of the span, its start: rows that are the first of their entitlement
 * in the span.
 */
const CHANGED_AFTER = `merchant_id = ? AND changes_access = 1 AND (at, position) > (?, ?) AND at < ?
  AND (previous_at IS NULL OR previous_at < ?)`;

/** Every look-up of a connection, prepared once. */
export type ReadStatements = ReturnType<typeof prepareReads>;

/** Prepares them. An entitlement is reached only through an account that a merchant's look-up found. */
export function prepareReads(database: Database) {
  const prepare = (sql: string): Statement => database.prepare(sql);
  return {
    cursors: new PageCursors(),
    orders: prepareOrderReads(database),
    catalogue: prepareCatalogueReads(database),
    audit: prepareAuditReads(database),
    autoBills: prepareAutoBillReads(database),
    account: prepare(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id = ? AND merchant_id = ?`),
    accountByVid: prepare(accountNamedBy('vid')),
    accountByMerchantAccountId: prepare(accountNamedBy('merchant_account_id')),
    accountByExternalId: prepare(`${accountNamedBy('external_id')} ORDER BY id LIMIT 1`),
    accountsByEmail: prepare(accountsWhere('email_address = ?')),
    children: prepare(accountsWhere('parent_merchant_account_id = ?')),
    accountsCreated: prepare(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE ${CREATED_AFTER} ORDER BY created_at, position LIMIT ?`,
    ),
    nthCreated: prepare(
      `SELECT created_at AS at, id FROM account WHERE ${CREATED_AFTER}
       ORDER BY created_at, position LIMIT 1 OFFSET ?`,
    ),
    changes: prepare(
      `SELECT id, at, account_id AS accountId, ${selectList(ENTITLEMENT_KEY)} FROM ledger
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT ?`,
    ),
    nthChange: prepare(
      `SELECT at, id FROM ledger WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT 1 OFFSET ?`,
    ),
    due: prepare(
      `SELECT account_id AS accountId, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?`,
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
    entitlements: prepare(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? ORDER BY merchant_entitlement_id, source, source_id`,
    ),
    entitlementsOfSource: prepare(
      // With the plus sign they are read in the order of their key, and not sorted.
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND +source = ?
       ORDER BY merchant_entitlement_id, source, source_id`,
    ),
    entitlementsOfId: prepare(
      `SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE account_id = ? AND merchant_entitlement_id = ? ORDER BY source, source_id`,
    ),
  };
}

type ChangeRow = EntitlementKey & { id: number; at: number; accountId: number };

function toAccounts(rows: readonly unknown[]): StoredAccount[] {
  return rows.map((row) => toFields<StoredAccount>(row, ACCOUNT_BOOLEANS));
}

/** A merchant's view of the store through one connection's statements. */
export class SqliteReader implements Reader {
  readonly orders: OrderReads;
  readonly audit: AuditReads;

  constructor(
    protected readonly reads: ReadStatements,
    protected readonly merchantId: number,
  ) {
    this.orders = new SqliteOrderReads(reads.orders, merchantId);
    this.audit = new SqliteAuditReads(reads.audit, merchantId);
  }

  get autoBills(): AutoBillReads {
    return new SqliteAutoBillReads(this.reads.autoBills, this.reads.cursors, this.merchantId);
  }

  get catalogue(): CatalogueReader {
    return catalogueReader(this.reads.catalogue, this.reads.cursors, this.merchantId);
  }

  findAccount(id: number): StoredAccount | undefined {
    return this.account(this.reads.account, id);
  }

  findAccountByVid(vid: string): StoredAccount | undefined {
    return this.account(this.reads.accountByVid, vid);
  }

  findAccountByMerchantAccountId(id: string): StoredAccount | undefined {
    return this.account(this.reads.accountByMerchantAccountId, id);
  }

  findAccountByExternalId(id: string): StoredAccount | undefined {
    return this.account(this.reads.accountByExternalId, id);
  }

  listAccountsByEmail(emailAddress: string): StoredAccount[] {
    return toAccounts(guarded(() => this.reads.accountsByEmail.all(emailAddress, this.merchantId)));
  }

  listChildren(parentMerchantAccountId: string): StoredAccount[] {
    return toAccounts(
      guarded(() => this.reads.children.all(parentMerchantAccountId, this.merchantId)),
    );
  }

  listAccountsCreated({ from, until }: Span, page: Page): StoredAccount[] {
    return readPage(this.reads.cursors, page, {
      name: `${this.merchantId} created ${from}`,
      from,
      nth: (start, n) => this.reads.nthCreated.get(this.merchantId, start.at, start.id, until, n),
      rows: (start) => {
        const { pageSize } = page;
        const place = [this.merchantId, start.at, start.id, until, pageSize];
        return toAccounts(this.reads.accountsCreated.all(...place));
      },
      cursor: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
  }

  listChanged({ from, until }: Span, page: Page): HeldEntitlement[] {
    const place = (start: Cursor) => [this.merchantId, start.at, start.id, until, from];
    const changes = readPage(this.reads.cursors, page, {
      name: `${this.merchantId} changed ${from}`,
      from,
      nth: (start, n) => this.reads.nthChange.get(...place(start), n),
      rows: (start) => this.reads.changes.all(...place(start), page.pageSize) as ChangeRow[],
      cursor: ({ at, id }) => ({ at, id }),
    });
    return changes.flatMap((row) => {
      const entitlement = this.findEntitlement(row.accountId, row);
      const account = this.findAccount(row.accountId);
      return entitlement && account ? [{ ...entitlement, account }] : [];
    });
  }

  listDue(now: number, limit: number): DueEntitlement[] {
    const rows = guarded(() => this.reads.due.all(this.merchantId, now, limit));
    return rows.map((row) => toFields<DueEntitlement>(row));
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

  listAllEntitlements(accountId: number): StoredEntitlement[] {
    const rows = guarded(() => this.reads.entitlements.all(accountId));
    return rows.map((row) => toFields<StoredEntitlement>(row));
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
