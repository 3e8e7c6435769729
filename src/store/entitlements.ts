/** The store's interface for entitlements. */
import type { Action, EntitlementState, Source } from '../entitlements/entitlement';
import type { ListsOfMany, StoredAccount } from './accounts';
import type { Eventually } from './eventually';
import type { Page, Span } from './page';

/** One entitlement of an account: its key and its present state. */
export interface StoredEntitlement extends EntitlementState {
  readonly merchantEntitlementId: string;
  readonly source: Source;
  /** The object of that source that gave it; empty for a grant. */
  readonly sourceId: string;
  /** When time alone changes its active status next, where no line of the ledger shows it yet. */
  readonly dueAt?: number | undefined;
}

/** An entitlement that time alone has changed, which no line of the ledger shows yet. */
export interface DueEntitlement extends StoredEntitlement {
  readonly accountId: number;
  /** UTC milliseconds. */
  readonly dueAt: number;
}

/** The key of an entitlement within an account. */
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
  /** Whether the active status or the end changes; fetchDeltaSince lists such changes. */
  readonly changesAccess: boolean;
  /** When time alone will change the active status next; undefined: never. */
  readonly dueAt: number | undefined;
  /** Who changed it: the merchant's login or API key, or `latchkey` where it was time alone. */
  readonly actor: string;
  readonly note: string | undefined;
  /** Why, as a word of a fixed list. */
  readonly reason?: string | undefined;
  readonly soapId: string | undefined;
  /** The VID of the billing plan that gives it, or gave it if it ends; undefined: none does. */
  readonly billingPlan?: string | undefined;
}

/** A state of all entitlements of an account at a moment: another means that something may differ. */
export interface EntitlementStand {
  /** The account's last line of the ledger; 0: it has none. */
  readonly line: number;
  /** How many starts and ends lie at the moment or before it. */
  readonly passed: number;
}

/** The state that a line of the ledger replaced. */
export interface ReplacedEntitlement extends EntitlementKey {
  readonly line: number;
  /** Undefined: the entitlement was new. */
  readonly before: EntitlementState | undefined;
}

/** Which part of a listing of entitlements is read. */
export interface EntitlementPart {
  /** The one before its first; undefined: it begins with the first of all. */
  readonly after: EntitlementKey | undefined;
  /** After another, there may be fewer than this though others follow: where their texts are long. Then one at least. */
  readonly limit: number;
}

/** Whether an entitlement is in force at a moment, in UTC milliseconds. */
export interface Standing {
  readonly isActive: boolean;
  readonly at: number;
}

/** An entitlement that stands as is wanted, or the last that was looked at. */
export interface SeenEntitlement {
  readonly key: EntitlementKey;
  readonly isWanted: boolean;
}

/** An entitlement together with whose it is. */
export interface HeldEntitlement extends StoredEntitlement {
  readonly account: StoredAccount;
}

/** Look-ups of the entitlements of one merchant's accounts. */
export interface EntitlementReads {
  findEntitlement(
    accountId: number,
    key: EntitlementKey,
  ): Eventually<StoredEntitlement | undefined>;
  /** Those of every source, ordered by merchantEntitlementId, source and sourceId. */
  listAllEntitlements(accountId: number, part: EntitlementPart): Eventually<StoredEntitlement[]>;
  /**
   * The first after a key that stands so, as far as `limit` are looked at; what lies between stays in the store.
   * @returns undefined: none of the rest does
   */
  findStanding(
    accountId: number,
    standing: Standing,
    part: EntitlementPart & { readonly after: EntitlementKey },
  ): Eventually<SeenEntitlement | undefined>;
  /**
   * How far an account's entitlements have come by a moment, in UTC milliseconds. Where many are counted and one changes
   * meanwhile, the answer is that of no moment, and no later one is the same.
   */
  standOf(accountId: number, moment: number): Eventually<EntitlementStand>;
  /** The account's last line of the ledger that is dated then or before it, in UTC milliseconds; 0: there is none. */
  lastLineUntil(accountId: number, moment: number): Eventually<number>;
  /** What the account's lines of the ledger after one changed, in their order. */
  listReplaced(
    accountId: number,
    afterLine: number,
    limit: number,
  ): Eventually<ReplacedEntitlement[]>;
  /** Those of one source, ordered by merchantEntitlementId. */
  listEntitlements(
    accountId: number,
    source: Source,
    part: EntitlementPart,
  ): Eventually<StoredEntitlement[]>;
  /** The same of many accounts, as far as they have no more than `limit` together. */
  listEntitlementsOf(
    accountIds: readonly number[],
    source: Source,
    limit: number,
  ): Eventually<ListsOfMany<StoredEntitlement>>;
  /**
   * Those of one object of a source, ended ones included, ordered by sourceId and merchantEntitlementId: its
   * sourceId is theirs, or what theirs begins with before a slash.
   */
  listEntitlementsFrom(
    accountId: number,
    source: Source,
    sourceId: string,
    part: EntitlementPart,
  ): Eventually<StoredEntitlement[]>;
  /** Those of every source that share an id, ordered by source. */
  listEntitlementsOfId(
    accountId: number,
    merchantEntitlementId: string,
    part: EntitlementPart,
  ): Eventually<StoredEntitlement[]>;
  /**
   * The entitlements whose active status or end changed in the span, as they are now, each once, in
   * the order of their first change in it. Pages are stable while the ledger grows.
   */
  listChanged(span: Span, page: Page): Eventually<HeldEntitlement[]>;
}

/** Changes of the entitlements of one merchant's accounts, within a unit of work. */
export interface EntitlementWrites {
  /**
   * An account's entitlements whose active status time alone has changed by the moment of the unit, the
   * earliest first, those of one moment by their keys. Only the first time that a unit asks about an account: whoever asks writes them down.
   * @param most where there are more, some of them are missing, and still there are more than that; default: any number
   */
  listDueOf(accountId: number, most?: number): Eventually<readonly DueEntitlement[]>;
  /** Saves the entitlement's new state and the ledger's line of it: never one without the other. */
  recordChange(change: EntitlementChange): Eventually<void>;
  /**
   * Saves the changes by time alone of the merchant's entitlements that are due, the earliest first, each with
   * its line in the ledger, dated when it happened; the lines are in the order of their moments. The result
   * is that of `listDueOf` and `recordChange`, and comes faster.
   * @param until UTC milliseconds
   * @param limit the most entitlements
   * @returns whether that was all: the ledger is then complete until that moment
   */
  recordDueBatch(until: number, limit: number): Eventually<boolean>;
}
