/** The store's interface for AutoBills. */
import type { AutoBill, AutoBillEventType, AutoBillItem } from '../contract/types.generated';
import type { Course } from '../entitlements/subscription';
import type { Eventually } from './eventually';
import type { Page, RowPart, Span } from './page';
import type { Walk } from './walk';

/** One product of an AutoBill. A removed one stays, with the moment of its removal. */
export interface StoredAutoBillItem {
  readonly VID: string;
  /** The product's VID. */
  readonly product: string;
  /** From when on it is part of the AutoBill; UTC milliseconds. */
  readonly from: number;
  /** Until when; undefined: as long as the AutoBill runs. */
  readonly until: number | undefined;
  /** The other values that the merchant gave. */
  readonly values: AutoBillItem;
}

/** An AutoBill as it is kept. Its access is the entitlements whose source is `AutoBill`. */
export interface StoredAutoBill {
  readonly id: number;
  readonly VID: string;
  readonly merchantAutoBillId: string | undefined;
  readonly accountId: number;
  /** The billing plan's VID. */
  readonly billingPlan: string;
  readonly course: Course;
  /** In the order in which they were added. */
  readonly items: readonly StoredAutoBillItem[];
  /** The other values that the merchant gave. */
  readonly values: AutoBill;
  /** UTC milliseconds. */
  readonly createdAt: number;
  /** When time alone will change where it stands next; undefined: never. */
  readonly dueAt: number | undefined;
}

/** Something that happened to an AutoBill. */
export interface AutoBillEvent {
  readonly autoBill: number;
  readonly type: AutoBillEventType;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Look-ups in one merchant's AutoBills. Lists are in the order in which they were made. */
export interface AutoBillReads {
  find(id: number): Eventually<StoredAutoBill | undefined>;
  findByVid(vid: string): Eventually<StoredAutoBill | undefined>;
  /** Those of these VIDs that are the merchant's, by VID. */
  findByVids(vids: readonly string[]): Eventually<ReadonlyMap<string, StoredAutoBill>>;
  findByMerchantAutoBillId(id: string): Eventually<StoredAutoBill | undefined>;
  listByAccount(accountId: number, part: RowPart): Eventually<StoredAutoBill[]>;
  /** Those of an account. */
  readonly ofAccount: Walk;
  /** Those of a billing plan. */
  readonly ofBillingPlan: Walk;
  /** Those that have or had a product. */
  readonly ofProduct: Walk;
  /**
   * Those to which something of these types happened in the span, each once, in the order of the
   * first such event in it. Pages are stable while events are added.
   */
  listChanged(
    span: Span,
    types: readonly AutoBillEventType[],
    page: Page,
  ): Eventually<StoredAutoBill[]>;
  /** Those whose standing time alone has changed by `now`, the earliest first. */
  listDue(now: number, limit: number): Eventually<StoredAutoBill[]>;
  /** For how many days access stays while a payment is tried again. */
  findGraceDays(): Eventually<number>;
}

/** Look-ups and changes of one merchant's AutoBills, within a unit of work. */
export interface AutoBillWrites extends AutoBillReads {
  /** @returns its row */
  insert(autoBill: Omit<StoredAutoBill, 'id'>): Eventually<number>;
  /** Replaces all that is kept of it; its VID stays. */
  update(autoBill: StoredAutoBill): Eventually<void>;
  insertEvent(event: AutoBillEvent): Eventually<void>;
  updateGraceDays(days: number): Eventually<void>;
}
