/** The store's interface for the feed: all that happened to a merchant's accounts, numbered without gaps. */
import type { OrderState } from '../entitlements/order-access';
import type { Eventually } from './eventually';
import type { LedgerRow } from './ledger';
import type { EndpointKind } from './webhooks';

/** What may happen that changes no entitlement; changes of entitlements are lines of the ledger. */
export const RECORDED_TYPES = [
  'order.granted',
  'order.revoked',
  'order.restored',
  'order.removed',
  'order.payment_failed',
  'order.payment_succeeded',
  'autobill.started',
  'autobill.modified',
  'autobill.canceled',
  'autobill.ended',
  'autobill.payment_failed',
  'autobill.payment_succeeded',
  'account.created',
  'account.updated',
  'account.merged',
  'endpoint.disabled',
  'endpoint.enabled',
] as const;

export type RecordedType = (typeof RECORDED_TYPES)[number];

/** The document of an event of an order. */
export interface OrderDocument {
  readonly orderId: string;
  readonly state: OrderState;
  readonly failedPayments: number;
  /** UTC milliseconds. */
  readonly createdAt: number;
  readonly offers: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly state: OrderState;
    readonly reason: string | undefined;
  }>;
}

/** A thing of the catalogue, by its VID and the merchant's own id. */
interface Named {
  readonly VID: string;
  readonly id: string | undefined;
}

/** The document of an event of an AutoBill. Moments are UTC milliseconds. */
export interface AutoBillDocument {
  readonly VID: string;
  readonly merchantAutoBillId: string | undefined;
  readonly standing: string;
  /** How it stood before; undefined: it is new. */
  readonly stood: string | undefined;
  readonly start: number;
  /** Until when it entitles, as far as that is known. */
  readonly end: number | undefined;
  readonly cancelledAt: number | undefined;
  /** Since when a payment is tried again, and until when it entitles meanwhile. */
  readonly retrySince: number | undefined;
  readonly graceUntil: number | undefined;
  readonly failedAt: number | undefined;
  /** The day of the month, 1 to 31, on which it is billed. */
  readonly billingDay: number;
  readonly billingPlan: Named;
  readonly items: ReadonlyArray<
    Named & {
      readonly product: Named;
      readonly from: number;
      readonly until: number | undefined;
    }
  >;
}

/** The document of an event of an endpoint. */
export interface EndpointDocument {
  /** As clients name it. */
  readonly id: string;
  readonly kind: EndpointKind;
  /** In the words of its owner. */
  readonly description: string | undefined;
  /** Since when every attempt had failed, in UTC milliseconds; undefined: the last one had not. */
  readonly failingSince: number | undefined;
  /** Why it is disabled, in words; undefined: it is not. */
  readonly disabledReason: string | undefined;
}

/** Something that changed no entitlement, as it is written down. */
export interface RecordedEvent {
  readonly type: RecordedType;
  /** UTC milliseconds. */
  readonly at: number;
  /** Undefined: it is about an endpoint. */
  readonly accountId: number | undefined;
  /** The row of the order or the AutoBill that it is about; of a merged account, the account it came from. */
  readonly subject?: number | undefined;
  readonly actor: string;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  /** The call's id; undefined: it was no call. */
  readonly soapId: string | undefined;
  /** The state after it, as JSON has it; undefined: it was erased. */
  readonly document: object | undefined;
}

/** The account that an event is about, under its present names. */
export interface EventAccount {
  readonly id: number;
  readonly VID: string;
  readonly merchantAccountId: string | undefined;
  readonly parentMerchantAccountId: string | undefined;
  /** The account that this one was merged into. */
  readonly mergedInto: number | undefined;
}

/** What every event has. */
interface NumberedEvent {
  /** Counts from 1 for each merchant, in the order of the commits, without gaps. */
  readonly sequence: number;
  readonly line: LedgerRow | undefined;
  /** Of a line: the VID of the billing plan that gave the entitlement. What time did names none in files of version 0.1. */
  readonly billingPlan: string | undefined;
  readonly event: RecordedEvent | undefined;
}

/** An event about an account: any but those of endpoints. */
export interface AccountEvent extends NumberedEvent {
  readonly account: EventAccount;
}

/** An event of the feed: a line of the ledger or something else, never both. */
export type StoredEvent = AccountEvent | (NumberedEvent & { readonly account: undefined });

/** Look-ups in one merchant's feed. */
export interface EventReads {
  /** The number of the last event; 0: there is none. */
  last(): Eventually<number>;
  /** The events after a number, in their order. */
  list(after: number, limit: number): Eventually<StoredEvent[]>;
}

/** Additions to one merchant's feed, within a unit of work. */
export interface EventWrites extends EventReads {
  /** Gives it the next number. */
  insert(event: RecordedEvent): Eventually<void>;
}
