/** The store's interface for accounts. */
import type { Account, Address, NameValuePair, TaxExemption } from '../contract/types.generated';
import type { Eventually } from './eventually';
import type { Page, RowPart, Span } from './page';

/** The elements of an Account that hold one value; each is a column. */
export const ACCOUNT_FIELDS = [
  'VID',
  'merchantAccountId',
  'externalId',
  'parentMerchantAccountId',
  'defaultCurrency',
  'emailAddress',
  'emailTypePreference',
  'preferredLanguage',
  'warnBeforeAutobilling',
  'company',
  'name',
  'taxType',
] as const satisfies readonly (keyof Account)[];

/** The elements of an Address; each is a column. */
export const ADDRESS_FIELDS = [
  'VID',
  'name',
  'addr1',
  'addr2',
  'addr3',
  'city',
  'county',
  'district',
  'postalCode',
  'country',
  'phone',
  'fax',
  'latitude',
  'longitude',
] as const satisfies readonly (keyof Address)[];

/** The single values of an account, under the contract's names. */
export type AccountValues = Pick<Account, (typeof ACCOUNT_FIELDS)[number]>;

/** An account as it is kept. */
export interface StoredAccount extends AccountValues {
  readonly id: number;
  readonly VID: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

/** The id by which children name their parent: its merchantAccountId or, where it has none, its VID. */
export function nameOf({ VID, merchantAccountId }: StoredAccount): string {
  return merchantAccountId ?? VID;
}

/** An account with the moment of its last change, in UTC milliseconds. */
export interface ModifiedAccount extends StoredAccount {
  readonly modifiedAt: number;
}

/** A part of a listing in the order of last changes. */
export interface ModifiedPart {
  /** Undefined: from the first. */
  readonly after: Pick<ModifiedAccount, 'id' | 'modifiedAt'> | undefined;
  readonly limit: number;
}

/** What many accounts have of something. */
export interface ListsOfMany<Row> {
  /** By account. One that is in neither has none. */
  readonly lists: ReadonlyMap<number, readonly Row[]>;
  /** The accounts that were not read: together they have too many. */
  readonly left: readonly number[];
}

/** The filter of a listing for the operator. */
export interface ListOptions {
  /** A merchant's login; undefined: every merchant. */
  readonly merchant?: string | undefined;
  /** A VID or merchantAccountId; with what was merged into it. */
  readonly account?: string | undefined;
}

/** An account as an operator sees it in a listing. */
export type ListedAccount = StoredAccount & { readonly merchant: string };

/**
 * Look-ups of one merchant's accounts. An account that was merged into another is found as that one.
 * Look-ups of many take any number of rows, each at most once in the answer, and ask one question.
 */
export interface AccountReads {
  findAccount(id: number): Eventually<StoredAccount | undefined>;
  /** Those of these rows that are the merchant's, by row. */
  findAccounts(ids: readonly number[]): Eventually<ReadonlyMap<number, StoredAccount>>;
  findAccountByVid(vid: string): Eventually<StoredAccount | undefined>;
  findAccountByMerchantAccountId(id: string): Eventually<StoredAccount | undefined>;
  findAccountByExternalId(id: string): Eventually<StoredAccount | undefined>;
  /**
   * The one that was modified last first.
   * @param part after which of them; one that is modified meanwhile moves to the first, and is passed no more
   */
  listAccountsByEmail(emailAddress: string, part: ModifiedPart): Eventually<ModifiedAccount[]>;
  /** Whether any account names this one as its parent. */
  hasChildren(parentMerchantAccountId: string): Eventually<boolean>;
  /** Those whose parentMerchantAccountId it is, in the order in which they were made. */
  listChildren(parentMerchantAccountId: string, part: RowPart): Eventually<StoredAccount[]>;
  /** The account that got what this one had. */
  findSuccessor(accountId: number): Eventually<StoredAccount | undefined>;
  /**
   * Those that were merged into this one, or whose access it got, in the order in which they were made.
   * @param limit the most
   */
  listForerunners(accountId: number, limit: number): Eventually<StoredAccount[]>;
  /** In the order in which they were made. Pages are stable while accounts are made. */
  listAccountsCreated(span: Span, page: Page): Eventually<StoredAccount[]>;

  /** The addresses of those that have one, by account. */
  findAddresses(accountIds: readonly number[]): Eventually<ReadonlyMap<number, Address>>;
  findAddress(accountId: number): Eventually<Address | undefined>;
  /** Ordered by name. */
  listNameValues(accountId: number): Eventually<NameValuePair[]>;
  /** The same of many accounts, as far as they have no more than `limit` together. */
  listNameValuesOf(
    accountIds: readonly number[],
    limit: number,
  ): Eventually<ListsOfMany<NameValuePair>>;
  /** In the order in which they were given. */
  listTaxExemptions(accountId: number): Eventually<TaxExemption[]>;
  /** The same of many accounts, as far as they have no more than `limit` together. */
  listTaxExemptionsOf(
    accountIds: readonly number[],
    limit: number,
  ): Eventually<ListsOfMany<TaxExemption>>;
}

/** Changes of one merchant's accounts, within a unit of work. */
export interface AccountWrites {
  /** @returns its row */
  insertAccount(values: AccountValues & { VID: string }, createdAt: number): Eventually<number>;
  /** Sets the values that are given, and leaves the others as they are. */
  updateAccount(accountId: number, values: AccountValues, modifiedAt: number): Eventually<void>;
  /** Makes an account the child of another, or of none. */
  setParent(accountId: number, parentMerchantAccountId: string | undefined): Eventually<void>;
  /**
   * Gives the orders and AutoBills of `source` to `target`, and what was merged into it. It leaves its family and goes on to
   * exist under its own names; orders by its e-mail address mean `target`.
   */
  transferAccount(source: number, target: number): Eventually<void>;
  deleteNameValue(accountId: number, name: string): Eventually<void>;
  /** Makes every name of `source` mean `target`, which gets its orders and AutoBills, too. */
  mergeAccount(source: number, target: number): Eventually<void>;
  /** Replaces the whole address. */
  saveAddress(accountId: number, address: Address): Eventually<void>;
  saveNameValue(accountId: number, pair: { name: string; value: string }): Eventually<void>;
  replaceTaxExemptions(accountId: number, exemptions: readonly TaxExemption[]): Eventually<void>;
}
