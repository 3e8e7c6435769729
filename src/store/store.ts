/**
 * What the server asks of a store, whichever database keeps it. Every look-up and change of a
 * merchant's data goes through a Reader or a UnitOfWork that is bound to that merchant.
 */
import type { Account, Address, NameValuePair, TaxExemption } from '../contract/types.generated';
import type { Action, EntitlementState, Source } from '../entitlements/entitlement';
import type { ApiKeys } from './api-keys';
import type { AuditReads } from './audit';
import type { AutoBillReads, AutoBillWrites } from './auto-bills';
import type { OrderReads, OrderWrites } from './orders';
import type { CatalogueReader, CatalogueWriter } from './catalogue';

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
  /** When time alone changes its active status next, where no line of the ledger tells it yet. */
  readonly dueAt?: number | undefined;
}

/** An entitlement that time alone has changed, which no line of the ledger tells yet. */
export interface DueEntitlement extends StoredEntitlement {
  readonly accountId: number;
  /** UTC milliseconds. */
  readonly dueAt: number;
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
  /** Whether the active status or the end changes: what fetchDeltaSince tells of. */
  readonly changesAccess: boolean;
  /** When time alone will change the active status next; undefined: never. */
  readonly dueAt: number | undefined;
  /** Who changed it: the merchant's login or API key, or `latchkey` where it was time alone. */
  readonly actor: string;
  readonly note: string | undefined;
  /** Why, as a word of a fixed list. */
  readonly reason?: string | undefined;
  readonly soapId: string | undefined;
}

/** A line of the ledger. */
export interface LedgerRow extends Omit<
  EntitlementChange,
  'accountId' | 'changesAccess' | 'dueAt'
> {
  readonly id: number;
  readonly merchant: string;
  readonly VID: string;
  readonly merchantAccountId: string | undefined;
  readonly reason: string | undefined;
}

/** An entitlement together with whose it is. */
export interface HeldEntitlement extends StoredEntitlement {
  readonly account: StoredAccount;
}

/** A page of a listing: pages count from 0. */
export interface Page {
  readonly page: number;
  readonly pageSize: number;
}

/** A span of time from `from` until just before `until`, in UTC milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Look-ups in one merchant's data. An account that was merged into another is found as that one. */
export interface Reader {
  readonly audit: AuditReads;
  readonly autoBills: AutoBillReads;
  readonly orders: OrderReads;
  /** What the merchant offers. */
  readonly catalogue: CatalogueReader;
  findAccount(id: number): Eventually<StoredAccount | undefined>;
  findAccountByVid(vid: string): Eventually<StoredAccount | undefined>;
  findAccountByMerchantAccountId(id: string): Eventually<StoredAccount | undefined>;
  findAccountByExternalId(id: string): Eventually<StoredAccount | undefined>;
  /** In the order in which they were made. */
  listAccountsByEmail(emailAddress: string): Eventually<StoredAccount[]>;
  /** Those whose parentMerchantAccountId it is, in the order in which they were made. */
  listChildren(parentMerchantAccountId: string): Eventually<StoredAccount[]>;
  /** In the order in which they were made. */
  listAccountsCreated(span: Span, page: Page): Eventually<StoredAccount[]>;
  findAddress(accountId: number): Eventually<Address | undefined>;
  /** Ordered by name. */
  listNameValues(accountId: number): Eventually<NameValuePair[]>;
  /** In the order in which they were given. */
  listTaxExemptions(accountId: number): Eventually<TaxExemption[]>;
  findEntitlement(
    accountId: number,
    key: EntitlementKey,
  ): Eventually<StoredEntitlement | undefined>;
  /** Those of every source, ordered by merchantEntitlementId. */
  listAllEntitlements(accountId: number): Eventually<StoredEntitlement[]>;
  /**
   * The entitlements whose active status or end changed in the span, as they are now, each once, in
   * the order of their first change in it. Pages are stable while the ledger grows.
   */
  listChanged(span: Span, page: Page): Eventually<HeldEntitlement[]>;
  /** Those whose active status time alone has changed by `now`, the earliest first. */
  listDue(now: number, limit: number): Eventually<DueEntitlement[]>;
  /** Those of one source, ordered by merchantEntitlementId. */
  listEntitlements(accountId: number, source: Source): Eventually<StoredEntitlement[]>;
  /** Those of every source that share an id, ordered by source. */
  listEntitlementsOfId(
    accountId: number,
    merchantEntitlementId: string,
  ): Eventually<StoredEntitlement[]>;
}

/** Look-ups and changes that are kept together or not at all. */
export interface UnitOfWork extends Reader {
  readonly autoBills: AutoBillWrites;
  readonly orders: OrderWrites;
  readonly catalogue: CatalogueWriter;
  insertAccount(values: AccountValues & { VID: string }, createdAt: number): Eventually<number>;
  /** Sets the values that are given, and leaves the others as they are. */
  updateAccount(accountId: number, values: AccountValues): Eventually<void>;
  /** Makes an account the child of another, or of none. */
  setParent(accountId: number, parentMerchantAccountId: string | undefined): Eventually<void>;
  /** Makes every name of `source` mean `target`, which gets its orders and AutoBills, too. */
  mergeAccount(source: number, target: number): Eventually<void>;
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
  /** A VID or merchantAccountId; with what was merged into it. */
  readonly account?: string | undefined;
}

/** What of the ledger an operator asks for. Moments are UTC milliseconds. */
export interface LedgerOptions extends ListOptions {
  /** An order's id: what was done to its access. */
  readonly order?: string | undefined;
  readonly from?: number | undefined;
  /** Until just before it. */
  readonly until?: number | undefined;
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

  readonly apiKeys: ApiKeys;

  /** Accounts of every merchant or one, for the operator. */
  listAccounts(options: ListOptions): Iterable<ListedAccount>;
  /** The ledger, oldest line first, for the operator. */
  listLedger(options: LedgerOptions): Iterable<LedgerRow>;
  /** The number of the ledger's last line; 0: it has none. */
  lastLedgerLine(): Eventually<number>;

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
