/**
 * What the server asks of a store, whichever database keeps it. Every look-up and change of a
 * merchant's data goes through a Reader or a UnitOfWork that is bound to that merchant.
 */
import type { Account, Address, NameValuePair, TaxExemption } from '../contract/types.generated';
import type { Action, EntitlementState, Source } from '../entitlements/entitlement';

/** A store may answer at once or later; callers await either. */
export type Eventually<T> = T | Promise<T>;

/** A tenant: one login, whose data no other sees. */
export interface Merchant {
  readonly id: number;
  readonly login: string;
  readonly passwordHash: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

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

/** One entitlement of an account: its key and its present state. */
export interface StoredEntitlement extends EntitlementState {
  readonly merchantEntitlementId: string;
  readonly source: Source;
  /** What of that source gave it; empty for a grant. */
  readonly sourceId: string;
}

/** What names an entitlement within an account. */
export type EntitlementKey = Pick<
  StoredEntitlement,
  'merchantEntitlementId' | 'source' | 'sourceId'
>;

/** A change of one entitlement, with everything that the ledger keeps of it. */
export interface EntitlementChange extends EntitlementKey {
  readonly accountId: number;
  readonly action: Action;
  /** Undefined when the entitlement is new. */
  readonly before: EntitlementState | undefined;
  readonly after: EntitlementState;
  /** UTC milliseconds. */
  readonly at: number;
  /** Who changed it: the merchant's login. */
  readonly actor: string;
  readonly note: string | undefined;
  readonly soapId: string | undefined;
}

/** A line of the ledger. */
export interface LedgerRow extends Omit<EntitlementChange, 'accountId'> {
  readonly id: number;
  readonly merchant: string;
  readonly VID: string;
  readonly merchantAccountId: string | undefined;
  readonly reason: string | undefined;
}

/** Look-ups in one merchant's data. */
export interface Reader {
  findAccount(id: number): Eventually<StoredAccount | undefined>;
  findAccountByVid(vid: string): Eventually<StoredAccount | undefined>;
  findAccountByMerchantAccountId(id: string): Eventually<StoredAccount | undefined>;
  findAddress(accountId: number): Eventually<Address | undefined>;
  /** Ordered by name. */
  listNameValues(accountId: number): Eventually<NameValuePair[]>;
  /** In the order in which they were given. */
  listTaxExemptions(accountId: number): Eventually<TaxExemption[]>;
  findEntitlement(
    accountId: number,
    key: EntitlementKey,
  ): Eventually<StoredEntitlement | undefined>;
  /** Those of one source, ordered by merchantEntitlementId. */
  listEntitlements(accountId: number, source: Source): Eventually<StoredEntitlement[]>;
  /** Those of every source that share an id. */
  listEntitlementsOfId(
    accountId: number,
    merchantEntitlementId: string,
  ): Eventually<StoredEntitlement[]>;
}

/** Look-ups and changes that are kept together or not at all. */
export interface UnitOfWork extends Reader {
  insertAccount(values: AccountValues & { VID: string }, createdAt: number): Eventually<number>;
  /** Sets the values that are given, and leaves the others as they are. */
  updateAccount(accountId: number, values: AccountValues): Eventually<void>;
  /** Replaces the whole address. */
  saveAddress(accountId: number, address: Address): Eventually<void>;
  saveNameValue(accountId: number, pair: { name: string; value: string }): Eventually<void>;
  replaceTaxExemptions(accountId: number, exemptions: readonly TaxExemption[]): Eventually<void>;
  /** Saves the entitlement's new state and the ledger's line of it: never one without the other. */
  recordChange(change: EntitlementChange): Eventually<void>;
}

/** What a listing for the operator is narrowed to. */
export interface ListOptions {
  /** A merchant's login; undefined: every merchant. */
  readonly merchant?: string | undefined;
  /** A VID or merchantAccountId. */
  readonly account?: string | undefined;
}

/** An account as an operator sees it in a listing. */
export type ListedAccount = StoredAccount & { readonly merchant: string };

export interface Store {
  /**
   * Runs `work` as one unit: all its changes are durably kept before the promise fulfils, or none.
   * @throws whatever `work` throws, after its changes were rolled back
   * @throws CommitError when they could not be made durable
   */
  transact<T>(merchantId: number, work: (unit: UnitOfWork) => Promise<T>): Promise<T>;
  /** Look-ups outside a unit of work: what has been committed. */
  reader(merchantId: number): Reader;

  findMerchant(login: string): Eventually<Merchant | undefined>;
  listMerchants(): Eventually<Merchant[]>;
  /** @throws StoreError `refused` when the login exists */
  insertMerchant(merchant: Omit<Merchant, 'id'>): Eventually<Merchant>;
  updatePassword(merchantId: number, passwordHash: string): Eventually<void>;

  /** Accounts of every merchant or one, for the operator. */
  listAccounts(options: ListOptions): Iterable<ListedAccount>;
  /** The ledger, oldest line first, for the operator. */
  listLedger(options: ListOptions): Iterable<LedgerRow>;

  /** Asks the database one question; throws when it doesn't answer. */
  ping(): Eventually<void>;
  /** Finishes the units under way, then closes. */
  close(): Promise<void>;
}

/**
 * A store that failed. `refused`: it would not make this change (a constraint, a trigger).
 * `unavailable`: it cannot work at present (disk full, read-only, locked). `failed`: the rest.
 */
export class StoreError extends Error {
  override name = 'StoreError';

  /** @param description the cause in plain words, fit for a returnString: no SQL, no path */
  constructor(
    readonly kind: 'refused' | 'unavailable' | 'failed',
    readonly description: string,
    options?: ErrorOptions,
  ) {
    super(description, options);
  }
}

/** A unit of work whose changes could not be made durable; they are rolled back. */
export class CommitError extends StoreError {
  override name = 'CommitError';
}
