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
import { ACCOUNT_COLUMNS } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { cutLists } from '../rows/lists-of-many';
import type { Prepare, Query } from './query';

/**
 * The name of an account that was merged into another means that one; of several that have it, the first. It is looked up
 * as one value: through a set PostgreSQL might go for each account of the merchant, as long as a table is so new that it
 * has not been counted.
 */
function accountNamedBy(column: string): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE merchant_id = :merchant AND id =
    (SELECT min(coalesce(merged_into, id)) FROM account
     WHERE merchant_id = :merchant AND ${column} = :name)`;
}

function accountsWhere(condition: string): string {
  return `SELECT ${ACCOUNT_COLUMNS} FROM account
    WHERE merchant_id = ? AND ${condition} AND merged_into IS NULL ORDER BY id`;
}

/** Merchant, a cursor, the end of the span. */
const CREATED_AFTER = `merchant_id = ? AND (created_at, id) > (?, ?) AND created_at < ?
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
  const accounts = (sql: string) => prepare<StoredAccount>(sql);
  return {
    account: accounts(`SELECT ${ACCOUNT_COLUMNS} FROM account WHERE merchant_id = ? AND id = ?`),
    accounts: accounts(
      `SELECT id AS key, ${ACCOUNT_COLUMNS} FROM account WHERE merchant_id = ? AND id = ANY(?::bigint[])`,
    ),
    accountByVid: accounts(accountNamedBy('vid')),
    accountByMerchantAccountId: accounts(accountNamedBy('merchant_account_id')),
    accountByExternalId: accounts(accountNamedBy('external_id')),
    // An entry of an index has a bound, and an e-mail address none.
    accountsByEmail: prepare<ModifiedAccount>(
      `SELECT ${ACCOUNT_COLUMNS}, modified_at AS "modifiedAt" FROM account
       WHERE merchant_id = :merchant AND left(email_address, 255) = left(:email, 255)
         AND email_address = :email AND merged_into IS NULL
         AND (modified_at, id) < (:modifiedAt, :id)
       ORDER BY modified_at DESC, id DESC LIMIT :limit`,
    ),
    children: accounts(`${accountsWhere('parent_merchant_account_id = ? AND id > ?')} LIMIT ?`),
    firstChild: accounts(`${accountsWhere('parent_merchant_account_id = ?')} LIMIT 1`),
    successor: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE merchant_id = :merchant AND id =
         (SELECT transferred_to FROM account WHERE merchant_id = :merchant AND id = :account)`,
    ),
    forerunners: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE merchant_id = :merchant AND id IN
         (SELECT id FROM account WHERE merchant_id = :merchant AND merged_into = :account
          UNION SELECT id FROM account WHERE merchant_id = :merchant AND transferred_to = :account)
       ORDER BY id LIMIT :limit`,
    ),
    accountsCreated: accounts(
      `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE ${CREATED_AFTER} ORDER BY created_at, id LIMIT ?`,
    ),
    nthCreated: prepare<Cursor>(
      `SELECT created_at AS at, id FROM account WHERE ${CREATED_AFTER}
       ORDER BY created_at, id LIMIT 1 OFFSET ?`,
    ),
    ...preparePartReads(prepare),
  };
}

/** Parts of accounts that are kept in tables of their own. */
function preparePartReads(prepare: Prepare) {
  const addresses = selectList(ADDRESS_FIELDS);
  const exemptions = 'region, exemption_id AS "exemptionId", active';
  const ofMany = 'merchant_id = ? AND account_id = ANY(?::bigint[])';
  return {
    address: prepare<Address>(
      `SELECT ${addresses} FROM address WHERE merchant_id = ? AND account_id = ?`,
    ),
    addresses: prepare<Address>(`SELECT account_id, ${addresses} FROM address WHERE ${ofMany}`),
    nameValues: prepare<NameValuePair>(
      'SELECT name, value FROM name_value WHERE merchant_id = ? AND account_id = ? ORDER BY name',
    ),
    nameValuesOf: prepare<NameValuePair>(
      `SELECT account_id, name, value FROM name_value WHERE ${ofMany}
       ORDER BY account_id, name LIMIT ?`,
    ),
    taxExemptions: prepare<TaxExemption>(
      `SELECT ${exemptions} FROM tax_exemption WHERE merchant_id = ? AND account_id = ?
       ORDER BY position`,
    ),
    taxExemptionsOf: prepare<TaxExemption>(
      `SELECT account_id, ${exemptions} FROM tax_exemption WHERE ${ofMany}
       ORDER BY account_id, position LIMIT ?`,
    ),
  };
}

/** Accounts of one merchant. */
export class PostgresAccountReads implements AccountReads {
  constructor(
    protected readonly reads: AccountStatements & { readonly cursors: PageCursors },
    protected readonly merchantId: number,
  ) {}

  findAccount(id: number): Promise<StoredAccount | undefined> {
    return this.reads.account.get(this.merchantId, id);
  }

  findAccounts(ids: readonly number[]): Promise<Map<number, StoredAccount>> {
    return this.reads.accounts.allByKey(this.merchantId, ids);
  }

  findAccountByVid(name: string): Promise<StoredAccount | undefined> {
    return this.reads.accountByVid.get({ name, merchant: this.merchantId });
  }

  findAccountByMerchantAccountId(name: string): Promise<StoredAccount | undefined> {
    return this.reads.accountByMerchantAccountId.get({ name, merchant: this.merchantId });
  }

  findAccountByExternalId(name: string): Promise<StoredAccount | undefined> {
    return this.reads.accountByExternalId.get({ name, merchant: this.merchantId });
  }

  listAccountsByEmail(email: string, { after, limit }: ModifiedPart): Promise<ModifiedAccount[]> {
    const { modifiedAt, id } = after ?? FIRST;
    const values = { email, merchant: this.merchantId, modifiedAt, id, limit };
    return this.reads.accountsByEmail.all(values);
  }

  async hasChildren(parentMerchantAccountId: string): Promise<boolean> {
    const child = await this.reads.firstChild.get(this.merchantId, parentMerchantAccountId);
    return child !== undefined;
  }

  listChildren(
    parentMerchantAccountId: string,
    { after, limit }: RowPart,
  ): Promise<StoredAccount[]> {
    return this.reads.children.all(this.merchantId, parentMerchantAccountId, after, limit);
  }

  findSuccessor(account: number): Promise<StoredAccount | undefined> {
    return this.reads.successor.get({ account, merchant: this.merchantId });
  }

  listForerunners(account: number, limit: number): Promise<StoredAccount[]> {
    return this.reads.forerunners.all({ account, merchant: this.merchantId, limit });
  }

  listAccountsCreated({ from, until }: Span, page: Page): Eventually<StoredAccount[]> {
    const { merchantId, reads } = this;
    return readPage(reads.cursors, page, {
      name: `${merchantId} created ${from}`,
      from,
      nth: (start, n) => reads.nthCreated.get(merchantId, start.at, start.id, until, n),
      rows: (start, limit) =>
        reads.accountsCreated.all(merchantId, start.at, start.id, until, limit),
      cursor: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
  }

  findAddress(accountId: number): Promise<Address | undefined> {
    return this.reads.address.get(this.merchantId, accountId);
  }

  findAddresses(accountIds: readonly number[]): Promise<Map<number, Address>> {
    return this.reads.addresses.allByKey(this.merchantId, accountIds);
  }

  listNameValues(accountId: number): Promise<NameValuePair[]> {
    return this.reads.nameValues.all(this.merchantId, accountId);
  }

  async listNameValuesOf(
    accountIds: readonly number[],
    limit: number,
  ): Promise<ListsOfMany<NameValuePair>> {
    return this.listsOfMany(this.reads.nameValuesOf, accountIds, limit);
  }

  listTaxExemptions(accountId: number): Promise<TaxExemption[]> {
    return this.reads.taxExemptions.all(this.merchantId, accountId);
  }

  async listTaxExemptionsOf(
    accountIds: readonly number[],
    limit: number,
  ): Promise<ListsOfMany<TaxExemption>> {
    return this.listsOfMany(this.reads.taxExemptionsOf, accountIds, limit);
  }

  /** @param query ordered by account; its parameters are the merchant, the accounts, further values and the most rows */
  protected async listsOfMany<Row>(
    query: Query<Row>,
    accountIds: readonly number[],
    limit: number,
    ...values: readonly unknown[]
  ): Promise<ListsOfMany<Row>> {
    const given = [this.merchantId, accountIds, ...values, limit + 1];
    return cutLists(await query.listsByKey<number>(...given), accountIds, limit);
  }
}
