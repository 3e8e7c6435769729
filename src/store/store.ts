/**
 * The interface of a store, the same for every database. Every look-up and change of a
 * merchant's data goes through a Reader or a UnitOfWork that is bound to that merchant.
 */
import type { Spent } from '../base/spent';
import type { AccountReads, AccountWrites, ListedAccount, ListOptions } from './accounts';
import type { AnswerReads, AnswersOfAll, AnswerWrites } from './answers';
import type { ApiKeyReads, ApiKeys, ApiKeyWrites } from './api-keys';
import type { AuditReads } from './audit';
import type { AutoBillReads, AutoBillWrites } from './auto-bills';
import type { CatalogueReader, CatalogueWriter } from './catalogue';
import type { DueByKind } from './due';
import type { EntitlementReads, EntitlementWrites } from './entitlements';
import type { ErasureReads, ErasuresOfAll, ErasureWrites } from './erasures';
import type { EventReads, EventWrites } from './events';
import type { Eventually } from './eventually';
import type { FigureReads } from './figures';
import type { Leases } from './leases';
import type { LedgerOptions, LedgerRow } from './ledger';
import type { LongWorkOfAll, LongWorkReads, LongWorkWrites } from './long-work';
import type { MerchantStates } from './merchant-states';
import type { Merchants } from './merchants';
import type { Condition, OnEntry } from './observing';
import type { OrderReads, OrderWrites } from './orders';
import type { People } from './people';
import type { SearchReads } from './search';
import type { UserReads, UserWrites } from './users';
import type { UseReads } from './uses';
import type { WebhookReads, WebhooksOfAll, WebhookWrites } from './webhooks';

export * from './accounts';
export type * from './entitlements';
export type * from './eventually';
export type * from './ledger';
export type { Merchant } from './merchants';
export type * from './page';
export * from './store-error';

/** Look-ups in one merchant's data. */
export interface Reader extends AccountReads, EntitlementReads {
  /**
   * Now, in UTC milliseconds. All of a unit of work happens at one moment, which is never earlier than
   * the last line of the merchant's ledger.
   */
  now(): number;
  readonly answers: AnswerReads;
  readonly apiKeys: ApiKeyReads;
  readonly audit: AuditReads;
  readonly autoBills: AutoBillReads;
  /** The merchant's offers. */
  readonly catalogue: CatalogueReader;
  readonly erasures: ErasureReads;
  readonly events: EventReads;
  readonly figures: FigureReads;
  readonly longWork: LongWorkReads;
  readonly orders: OrderReads;
  readonly search: SearchReads;
  readonly users: UserReads;
  /** How many accounts have something of the catalogue. */
  readonly uses: UseReads;
  readonly webhooks: WebhookReads;
  /**
   * To be awaited in each round of a loop over what a client sends or a tenant has: now and then it
   * lets the event loop turn. A unit of work stays open meanwhile, and other units wait.
   * @param weight what a round costs, in changes of an entitlement; default: 1
   */
  pause(weight?: number): Eventually<void>;
  /** Look-ups that may go on when a unit of work is over: what it has not changed, or all of it when it is kept. */
  readonly afterwards: Reader;
}

/** Look-ups and changes that are kept together or not at all. */
export interface UnitOfWork extends Reader, AccountWrites, EntitlementWrites {
  /** What was due until then may be written down: `now`, but no moment that the wall clock denies. */
  dueUntil(): number;
  readonly answers: AnswerWrites;
  readonly apiKeys: ApiKeyWrites;
  readonly autoBills: AutoBillWrites;
  readonly catalogue: CatalogueWriter;
  readonly erasures: ErasureWrites;
  readonly events: EventWrites;
  readonly longWork: LongWorkWrites;
  readonly orders: OrderWrites;
  readonly users: UserWrites;
  readonly webhooks: WebhookWrites;
  /**
   * Between two parts of something long: lets the event loop turn, so that look-ups go on.
   * @returns whether other units wait for this one, be it for its commit
   */
  givesWay(): Eventually<boolean>;
  /** The changes of entitlements so far. */
  readonly changes: number;
  /**
   * Gets the lines of the ledger that the unit writes from now on; default: undefined. A store that begins a unit anew
   * hands `work` a new one.
   */
  onEntry: OnEntry | undefined;
}

/** All that is kept, of every merchant. */
export interface Store extends Merchants {
  /**
   * Runs `work` as one unit: all its changes are durably kept before the promise fulfils, or none.
   * @param spent gets its times
   * @throws whatever `work` throws, after its changes were rolled back
   * @throws CommitError when they could not be made durable
   */
  transact<T>(
    merchantId: number,
    work: (unit: UnitOfWork) => Promise<T>,
    spent?: Spent,
  ): Promise<T>;
  /**
   * The same for what nothing waits for: a driver may keep it for a moment, to commit it with what others wait for.
   */
  transactPatiently: Store['transact'];
  /** Look-ups outside a unit of work: they see committed data only. */
  reader(merchantId: number): Reader;

  readonly answers: AnswersOfAll;
  readonly apiKeys: ApiKeys;
  readonly due: DueByKind;
  readonly leases: Leases;
  readonly erasures: ErasuresOfAll;
  readonly longWork: LongWorkOfAll;
  readonly people: People;
  readonly webhooks: WebhooksOfAll;
  readonly merchantStates: MerchantStates;

  /**
   * Accounts of every merchant or one, for the operator, in the order in which they were made. They
   * are read page by page, while others write.
   */
  listAccounts(options: ListOptions): AsyncIterable<ListedAccount>;
  /** The ledger as it is at the start, by moment and number, for the operator; page by page as well. */
  listLedger(options: LedgerOptions): AsyncIterable<LedgerRow>;
  /** The number of the ledger's last line; 0: it has none. */
  lastLedgerLine(): Eventually<number>;

  /** A random key that is this database's own. @param name of those that the schema makes */
  findSecret(name: 'log'): Uint8Array | Promise<Uint8Array>;
  /** Now, for what belongs to no merchant's data: in UTC milliseconds. */
  now(): number;
  /** What was due until then may be written down: `now`, but no moment that the wall clock denies. */
  dueUntil(): number;
  /** How its connections and files are at present. */
  condition(): Eventually<Condition>;
  /** Asks the database one question; throws when it doesn't answer. */
  ping(): Eventually<void>;
  /** Finishes the units under way, then closes. */
  close(): Promise<void>;
}
