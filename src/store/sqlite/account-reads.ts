/** Look-ups of one merchant's accounts, on any connection. */
import type { Address, NameValuePair, TaxExemption } from '../../contract/types.generated';
import {
  type AccountReads,
  ADDRESS_FIELDS,
  type ListsOfMany,
  type ModifiedAccount,
  type ModifiedPart,
  type StoredAccount,
} from '../accounts';
import type { Eventually } from '../eventually';
import type { Cursor, PageCursors } from '../listing/page-cursors';
import { readPage } from '../listing/page-listing';
import type { Page, RowPart, Span } from '../page';
import { ACCOUNT_BOOLEANS, ACCOUNT_COLUMNS } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { AMONG, findMany, listsOfMany } from './many';
import type { Prepare, Query } from './query';

/**
 * The name of an account that was merged into another means that one.
 * @param among IN where several may have the name; it takes a fifth longer than =, for the ids are sorted
 */
function accountNamedBy(column: string, among: '=' | 'IN' = '='): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id ${among}
    (SELECT coalesce(merged_into, id) FROM account WHERE ${column} = ? AND merchant_id = ?)`;
}

function accountsWhere(condition: string): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account
    WHERE ${condition} AND merchant_id = ? AND merged_into IS NULL ORDER BY id`;
}

/** Merchant, a cursor, the end of the span. */
const CREATED_AFTER = `merchant_id = ? AND (created_at, position) > (?, ?) AND created_at < ?
  AND merged_into IS NULL`;

/** The place before the account that was modified last. */
const FIRST = { modifiedAt: Number.MAX_SAFE_INTEGER, id: 0 };

/** Every look-up of a connection, prepared once. */
export interface AccountStatements extends Readonly<
  Record<
    | 'account'
    | 'accounts'
    | 'accountByVid'
    | 'accountByMerchantAccountId'
    | 'accountByExternalId'
    | 'children'
    | 'successor'
    | 'forerunners'
    | 'firstChild'
    | 'accountsCreated',
    Query<StoredAccount>
  >
> {
  readonly accountsByEmail: Query<ModifiedAccount>;
  readonly nthCreated: Query<Cursor>;
  readonly address: Query<Address>;
  readonly addresses: Query<Address>;
  readonly nameValues: Query<NameValuePair>;
  readonly nameValuesOf: Query<NameValuePair>;
  readonly taxExemptions: Query<TaxExemption>;
  readonly taxExemptionsOf: Query<TaxExemption>;
}

/** Prepares them. */
export function prepareAccountReads(prepare: Prepare): AccountStatements {
  const accounts = (sql: string) => prepare<StoredAccount>(sql, ACCOUNT_BOOLEANS);
  return {
    account: accounts(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id = ? AND merchant_id = ?`),
    accounts: accounts(
      `SELECT id, ${ACCOUNT_COLUMNS} FROM account WHERE id ${AMONG} AND +merchant_id = ?`,
    ),
    accountByVid: accounts(accountNamedBy('vid')),
    accountByMerchantAccountId: accounts(accountNamedBy('merchant_account_id')),
    accountByExternalId: accounts(`${accountNamedBy('external_id', 'IN')} ORDER BY id LIMIT 1`),
    accountsByEmail: prepare<ModifiedAccount>(
      `SELECT ${ACCOUNT_COLUMNS}, modified_at AS modifiedAt FROM account
       WHERE email_address = ? AND merchant_id = ? AND merged_into IS NULL
         AND (modified_at, id) < (?, ?)
       ORDER BY modified_at DESC, id DESC LIMIT ?`,
      ACCOUNT_BOOLEANS,
    ),
    children: accounts(`${accountsWhere('parent_merchant_account_id = ? AND id > ?')} LIMIT ?`),
    firstChild: accounts(`${accountsWhere('parent_merchant_account_id = ?')} LIMIT 1`),
    successor: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id =
         (SELECT transferred_to FROM account WHERE id = ? AND +merchant_id = ?)`,
    ),
    forerunners: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE id IN
         (SELECT id FROM account WHERE merged_into = :account
          UNION SELECT id FROM account WHERE transferred_to = :account)
       AND +merchant_id = :merchant ORDER BY id LIMIT :limit`,
    ),
    accountsCreated: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE ${CREATED_AFTER} ORDER BY created_at, position LIMIT ?`,
    ),
    nthCreated: prepare<Cursor>(
      `SELECT created_at AS at, id FROM account WHERE ${CREATED_AFTER}
       ORDER BY created_at, position LIMIT 1 OFFSET ?`,
    ),
    ...preparePartReads(prepare),
  };
}

/** Parts of accounts that are kept in tables of their own. */
function preparePartReads(prepare: Prepare) {
  const addresses = selectList(ADDRESS_FIELDS);
  const exemptions = 'region, exemption_id AS exemptionId, active';
  return {
    address: prepare<Address>(`SELECT ${addresses} FROM address WHERE account_id = ?`),
    addresses: prepare<Address>(
      `SELECT account_id, ${addresses} FROM address WHERE account_id ${AMONG}`,
    ),
    nameValues: prepare<NameValuePair>(
      'SELECT name, value FROM name_value WHERE account_id = ? ORDER BY name',
    ),
    nameValuesOf: prepare<NameValuePair>(
      `SELECT account_id, name, value FROM name_value WHERE account_id ${AMONG}
       ORDER BY account_id, name LIMIT ?`,
    ),
    taxExemptions: prepare<TaxExemption>(
      `SELECT ${exemptions} FROM tax_exemption WHERE account_id = ? ORDER BY position`,
      ['active'],
    ),
    taxExemptionsOf: prepare<TaxExemption>(
      `SELECT account_id, ${exemptions} FROM tax_exemption WHERE account_id ${AMONG}
       ORDER BY account_id, position LIMIT ?`,
      ['active'],
    ),
  };
}

/** Accounts of one merchant. */
export class SqliteAccountReads implements AccountReads {
  constructor(
    protected readonly reads: AccountStatements & { readonly cursors: PageCursors },
    protected readonly merchantId: number,
  ) {}

  findAccount(id: number): StoredAccount | undefined {
    return this.reads.account.get(id, this.merchantId);
  }

  findAccounts(ids: readonly number[]): Map<number, StoredAccount> {
    return findMany(
      ids,
      (id) => this.findAccount(id),
      (all) => this.reads.accounts.allByKey(all, this.merchantId),
    );
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

  listAccountsByEmail(emailAddress: string, { after, limit }: ModifiedPart): ModifiedAccount[] {
    const { modifiedAt, id } = after ?? FIRST;
    return this.reads.accountsByEmail.all(emailAddress, this.merchantId, modifiedAt, id, limit);
  }

  hasChildren(parentMerchantAccountId: string): boolean {
    return this.reads.firstChild.get(parentMerchantAccountId, this.merchantId) !== undefined;
  }

  listChildren(parentMerchantAccountId: string, { after, limit }: RowPart): StoredAccount[] {
    return this.reads.children.all(parentMerchantAccountId, after, this.merchantId, limit);
  }

  findSuccessor(accountId: number): StoredAccount | undefined {
    return this.reads.successor.get(accountId, this.merchantId);
  }

  listForerunners(account: number, limit: number): StoredAccount[] {
    return this.reads.forerunners.all({ account, merchant: this.merchantId, limit });
  }

  listAccountsCreated({ from, until }: Span, page: Page): Eventually<StoredAccount[]> {
    return readPage(this.reads.cursors, page, {
      name: `${this.merchantId} created ${from}`,
      from,
      nth: (start, n) => this.reads.nthCreated.get(this.merchantId, start.at, start.id, until, n),
      rows: (start, limit) =>
        this.reads.accountsCreated.all(...[this.merchantId, start.at, start.id, until, limit]),
      cursor: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
  }

  findAddress(accountId: number): Address | undefined {
    return this.reads.address.get(accountId);
  }

  findAddresses(accountIds: readonly number[]): Map<number, Address> {
    const { address, addresses } = this.reads;
    return findMany(
      accountIds,
      (id) => address.get(id),
      (ids) => addresses.allByKey(ids),
    );
  }

  listNameValues(accountId: number): NameValuePair[] {
    return this.reads.nameValues.all(accountId);
  }

  listNameValuesOf(accountIds: readonly number[], limit: number): ListsOfMany<NameValuePair> {
    return listsOfMany(this.reads.nameValuesOf, accountIds, limit);
  }

  listTaxExemptions(accountId: number): TaxExemption[] {
    return this.reads.taxExemptions.all(accountId);
  }

  listTaxExemptionsOf(accountIds: readonly number[], limit: number): ListsOfMany<TaxExemption> {
    return listsOfMany(this.reads.taxExemptionsOf, accountIds, limit);
  }
}
