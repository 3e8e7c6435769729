/** Look-ups in one merchant's data, on any connection. */
import type { Database } from 'better-sqlite3';
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
import {
  type AutoBillReadStatements,
  prepareAutoBillReads,
  SqliteAutoBillReads,
} from './auto-bill-reads';
import { catalogueReader, type CatalogueReads, prepareCatalogueReads } from './catalogue-reads';
import { type AuditStatements, prepareAuditReads, SqliteAuditReads } from './audit-reads';
import { type OrderReadStatements, prepareOrderReads, SqliteOrderReads } from './order-reads';
import { type Cursor, PageCursors } from './page-cursors';
import { readPage } from './page-listing';
import { type Prepare, preparing, type Query } from './query';
import { selectList } from './rows';
import type { Snapshot } from './snapshot';

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
export interface ReadStatements extends AccountQueries, EntitlementQueries {
  readonly cursors: PageCursors;
  readonly orders: OrderReadStatements;
  readonly catalogue: CatalogueReads;
  readonly audit: AuditStatements;
  readonly autoBills: AutoBillReadStatements;
}

interface AccountQueries extends Readonly<
  Record<
    | 'account'
    | 'accountByVid'
    | 'accountByMerchantAccountId'
    | 'accountByExternalId'
    | 'accountsByEmail'
    | 'children'
    | 'accountsCreated',
    Query<StoredAccount>
  >
> {
  readonly nthCreated: Query<Cursor>;
  readonly address: Query<Address>;
  readonly nameValues: Query<NameValuePair>;
  readonly taxExemptions: Query<TaxExemption>;
}

interface EntitlementQueries extends Readonly<
  Record<
    'entitlement' | 'entitlements' | 'entitlementsOfSource' | 'entitlementsOfId',
    Query<StoredEntitlement>
  >
> {
  readonly changes: Query<ChangeRow>;
  readonly nthChange: Query<Cursor>;
  readonly due: Query<DueEntitlement>;
}

/**
 * Prepares them. An entitlement is reached only through an account that a merchant's look-up found.
 * @param snapshot what look-ups of one turn share, on a connection that only reads
 */
export function prepareReads(database: Database, snapshot?: Snapshot): ReadStatements {
  const prepare = preparing(database, snapshot);
  return {
    cursors: new PageCursors(),
    orders: prepareOrderReads(database, prepare),
    catalogue: prepareCatalogueReads(prepare),
    audit: prepareAuditReads(database),
    autoBills: prepareAutoBillReads(database, prepare),
    ...prepareAccountReads(prepare),
    ...prepareEntitlementReads(prepare),
  };
}

function prepareAccountReads(prepare: Prepare): AccountQueries {
  const accounts = (sql: string) => prepare<StoredAccount>(sql, ACCOUNT_BOOLEANS);
  return {
    account: accounts(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id = ? AND merchant_id = ?`),
    accountByVid: accounts(accountNamedBy('vid')),
    accountByMerchantAccountId: accounts(accountNamedBy('merchant_account_id')),
    accountByExternalId: accounts(`${accountNamedBy('external_id')} ORDER BY id LIMIT 1`),
    accountsByEmail: accounts(accountsWhere('email_address = ?')),
    children: accounts(accountsWhere('parent_merchant_account_id = ?')),
    accountsCreated: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE ${CREATED_AFTER} ORDER BY created_at, position LIMIT ?`,
    ),
    nthCreated: prepare<Cursor>(
      `SELECT created_at AS at, id FROM account WHERE ${CREATED_AFTER}
       ORDER BY created_at, position LIMIT 1 OFFSET ?`,
    ),
    address: prepare<Address>(
      `SELECT ${selectList(ADDRESS_FIELDS)} FROM address WHERE account_id = ?`,
    ),
    nameValues: prepare<NameValuePair>(
      'SELECT name, value FROM name_value WHERE account_id = ? ORDER BY name',
    ),
    taxExemptions: prepare<TaxExemption>(
      `SELECT region, exemption_id AS exemptionId, active FROM tax_exemption
       WHERE account_id = ? ORDER BY position`,
      ['active'],
    ),
  };
}

function prepareEntitlementReads(prepare: Prepare): EntitlementQueries {
  const entitlements = (condition: string) =>
    prepare<StoredEntitlement>(`SELECT ${ENTITLEMENT_COLUMNS} FROM entitlement WHERE ${condition}`);
  return {
    changes: prepare<ChangeRow>(
      `SELECT id, at, account_id AS accountId, ${selectList(ENTITLEMENT_KEY)} FROM ledger
       WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT ?`,
    ),
    nthChange: prepare<Cursor>(
      `SELECT at, id FROM ledger WHERE ${CHANGED_AFTER} ORDER BY at, position LIMIT 1 OFFSET ?`,
    ),
    due: prepare<DueEntitlement>(
      `SELECT account_id AS accountId, ${ENTITLEMENT_COLUMNS} FROM entitlement
       WHERE merchant_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?`,
    ),
    entitlement: entitlements(
      'account_id = ? AND source = ? AND merchant_entitlement_id = ? AND source_id = ?',
    ),
    entitlements: entitlements(
      'account_id = ? ORDER BY merchant_entitlement_id, source, source_id',
    ),
    entitlementsOfSource: entitlements(
      // With the plus sign they are read in the order of their key, and not sorted.
      'account_id = ? AND +source = ? ORDER BY merchant_entitlement_id, source, source_id',
    ),
    entitlementsOfId: entitlements(
      'account_id = ? AND merchant_entitlement_id = ? ORDER BY source, source_id',
    ),
  };
}

type ChangeRow = EntitlementKey & { id: number; at: number; accountId: number };

/** A merchant's view of the store through one connection's statements. */
export class SqliteReader implements Reader {
  constructor(
    protected readonly reads: ReadStatements,
    protected readonly merchantId: number,
  ) {}

  get audit(): AuditReads {
    return new SqliteAuditReads(this.reads.audit, this.merchantId);
  }

  get orders(): OrderReads {
    return new SqliteOrderReads(this.reads.orders, this.merchantId);
  }

  get autoBills(): AutoBillReads {
    return new SqliteAutoBillReads(this.reads.autoBills, this.reads.cursors, this.merchantId);
  }

  get catalogue(): CatalogueReader {
    return catalogueReader(this.reads.catalogue, this.reads.cursors, this.merchantId);
  }

  findAccount(id: number): StoredAccount | undefined {
    return this.reads.account.get(id, this.merchantId);
  }

  findAccountByVid(vid: string): StoredAccount | undefined {
    return this.reads.accountByVid.get(vid, this.merchantId);
  }

  findAccountByMerchantAccountId(id: string): StoredAccount | undefined {
    return this.reads.accountByMerchantAccountId.get(id, this.merchantId);
  }

  findAccountByExternalId(id: string): StoredAccount | undefined {
    return this.reads.accountByExternalId.get(id, this.merchantId);
  }

  listAccountsByEmail(emailAddress: string): StoredAccount[] {
    return this.reads.accountsByEmail.all(emailAddress, this.merchantId);
  }

  listChildren(parentMerchantAccountId: string): StoredAccount[] {
    return this.reads.children.all(parentMerchantAccountId, this.merchantId);
  }

  listAccountsCreated({ from, until }: Span, page: Page): StoredAccount[] {
    return readPage(this.reads.cursors, page, {
      name: `${this.merchantId} created ${from}`,
      from,
      nth: (start, n) => this.reads.nthCreated.get(this.merchantId, start.at, start.id, until, n),
      rows: (start) => {
        const { pageSize } = page;
        return this.reads.accountsCreated.all(
          ...[this.merchantId, start.at, start.id, until, pageSize],
        );
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
      rows: (start) => this.reads.changes.all(...place(start), page.pageSize),
      cursor: ({ at, id }) => ({ at, id }),
    });
    return changes.flatMap((row) => {
      const entitlement = this.findEntitlement(row.accountId, row);
      const account = this.findAccount(row.accountId);
      return entitlement && account ? [{ account, ...entitlement }] : [];
    });
  }

  listDue(now: number, limit: number): DueEntitlement[] {
    return this.reads.due.all(this.merchantId, now, limit);
  }

  findAddress(accountId: number): Address | undefined {
    return this.reads.address.get(accountId);
  }

  listNameValues(accountId: number): NameValuePair[] {
    return this.reads.nameValues.all(accountId);
  }

  listTaxExemptions(accountId: number): TaxExemption[] {
    return this.reads.taxExemptions.all(accountId);
  }

  findEntitlement(accountId: number, key: EntitlementKey): StoredEntitlement | undefined {
    const { source, merchantEntitlementId, sourceId } = key;
    return this.reads.entitlement.get(accountId, source, merchantEntitlementId, sourceId);
  }

  listAllEntitlements(accountId: number): StoredEntitlement[] {
    return this.reads.entitlements.all(accountId);
  }

  listEntitlements(accountId: number, source: Source): StoredEntitlement[] {
    return this.reads.entitlementsOfSource.all(accountId, source);
  }

  listEntitlementsOfId(accountId: number, merchantEntitlementId: string): StoredEntitlement[] {
    return this.reads.entitlementsOfId.all(accountId, merchantEntitlementId);
  }
}
