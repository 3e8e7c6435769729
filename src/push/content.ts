/**
 * The content of messages: the ten fields of an entitlement, or an object as SOAP's replies show it.
 * Decided: docs/decisions/push.md
 */
import { createHash } from 'node:crypto';
import { type AutoBillStand, presentAutoBillAt } from '../cashbox/auto-bill/present';
import type { ComplexType, ContractVersion } from '../contract/model';
import { oneOf } from '../contract/one-of';
import type { Selection } from '../contract/selection';
import type { Account, Address, AutoBill } from '../contract/types.generated';
import { isFinished, type Standing } from '../entitlements/subscription';
import type { EventSource, Sources } from '../feed/present';
import type { AccountDocument } from '../ledger/record-account';
import type { DateTimeFormat } from '../soap/date-time';
import type { StoredAutoBill } from '../store/auto-bills';
import type { AccountEvent, AutoBillDocument, EventAccount, RecordedEvent } from '../store/events';
import type { LedgerRow, Reader } from '../store/store';
import type { PushKind } from './classes';
import { localTime } from './times';
import { type JsonObject, writeObject } from './write-object';

/** How objects and moments are written. */
export interface ContentFormat {
  /** The version of the contract whose objects are shown. */
  readonly version: ContractVersion;
  readonly dateTime: DateTimeFormat;
}

/** Where content is read from. */
export interface ContentReads {
  readonly reader: Reader;
  /** What gave the entitlements of the events. */
  readonly sources: Sources;
}

/** The content of the message of an event. */
export async function contentOf(
  { reader, sources }: ContentReads,
  stored: AccountEvent,
  { className, eventName }: PushKind,
  format: ContentFormat,
): Promise<JsonObject> {
  const { account, line, event } = stored;
  if (line) return entitlementContent(account, line, sources.of(stored, line), format.dateTime);
  if (!event) throw new Error('an event is a line of the ledger or was recorded');
  if (className === 'accounts') return accountContent(account, event, eventName, format);
  const autoBill = await autoBillContent(reader, event, eventName, format);
  return eventName === 'modify' ? { autobill: autoBill } : autoBill;
}

/** All ten are always there (observed); what there is not is empty. */
function entitlementContent(
  { VID, merchantAccountId }: EventAccount,
  { merchantEntitlementId, after: { start, end } }: LedgerRow,
  { autoBill, billingPlan, item, product }: EventSource,
  dateTime: DateTimeFormat,
): JsonObject {
  const source = product ? 'Product' : billingPlan || autoBill ? 'BillingPlan' : 'Account';
  return {
    merchantAutobillId: autoBill?.id ?? '',
    merchantBillingPlanId: billingPlan?.id ?? '',
    merchantAutoBillItemId: item?.id ?? '',
    // A list, though there has never been more than one in it.
    merchantEntitlementId: [merchantEntitlementId],
    merchantAccountId: merchantAccountId ?? VID,
    entitlementSource: source,
    merchantProductId: product?.id ?? '',
    autoBillItemVid: item?.VID ?? '',
    startTimestamp: localTime(start, dateTime),
    endTimestamp: end === undefined ? '' : localTime(end, dateTime),
  };
}

/** What a message of an AutoBill shows beside its single values: of its account these, too. */
const AUTO_BILL_PARTS: Selection = new Map<string, Selection>([
  ['account', new Map()],
  ['billingPlan', 'all'],
  ['items', 'all'],
]);

async function autoBillContent(
  reader: Reader,
  { subject = 0, at, document }: RecordedEvent,
  eventName: PushKind['eventName'],
  { version, dateTime }: ContentFormat,
): Promise<JsonObject> {
  const kept = await reader.autoBills.find(subject);
  const type = typeOf(version, 'AutoBill');
  if (!kept) return writeObject({}, type, dateTime);
  const then = document && asOf(kept, document as AutoBillDocument);
  // Of an erased one its present state is all that is left.
  if (!then) return writeObject({ VID: kept.VID }, type, dateTime);
  const stand: AutoBillStand = { ...then.stand, at: eventName === 'stop' ? then.stand.at : at };
  const shown = await presentAutoBillAt(reader, then.autoBill, AUTO_BILL_PARTS, stand);
  return writeObject(asSent(shown, eventName, then.stand.standing), type, dateTime);
}

/** An AutoBill as an event has it: its course and items are those of then, its other values the present ones. */
function asOf(
  kept: StoredAutoBill,
  { standing: stood, start, end, billingDay, ...document }: AutoBillDocument,
): { autoBill: StoredAutoBill; stand: AutoBillStand } {
  const standing = stood as Standing;
  const values = new Map(kept.items.map((item) => [item.VID, item.values]));
  const items = document.items.map(({ VID, id, product, from, until }) => ({
    VID,
    product: product.VID,
    from,
    until,
    values: { ...values.get(VID), merchantAutoBillItemId: id },
  }));
  // Its items go with it.
  const endsAt = isFinished(standing) || standing === 'cancelling' ? end : undefined;
  const { merchantAutoBillId } = document;
  const billingPlan = document.billingPlan.VID;
  const course = { ...kept.course, start, endsAt };
  const autoBill = { ...kept, merchantAutoBillId, billingPlan, course, items };
  // Just before its end all items were there that ended with it.
  return { autoBill, stand: { standing, start, end, billingDay, at: (end ?? start) - 1 } };
}

/** Observed: an AutoBill that starts is not billed yet, and one that has stopped is Expired, however it came to it. */
function asSent(shown: AutoBill, eventName: PushKind['eventName'], standing: Standing): AutoBill {
  if (eventName === 'start') {
    return { ...shown, status: oneOf('Processing', 'Active'), billingState: 'Unbilled' };
  }
  if (eventName !== 'stop') return shown;
  const billingState = standing === 'failed' ? shown.billingState : 'Billing Completed';
  return { ...shown, status: oneOf('Expired', 'Cancelled'), billingState };
}

function accountContent(
  account: EventAccount,
  { document }: RecordedEvent,
  eventName: PushKind['eventName'],
  { version, dateTime }: ContentFormat,
): JsonObject {
  const { account: state = {}, oldEmailAddress } = (document ?? {}) as Partial<AccountDocument>;
  const { VID, merchantAccountId, parentMerchantAccountId } = account;
  const address = state['shippingAddress'] as Address | undefined;
  const whole: Account = {
    // Observed: these two are there when they are empty, too.
    taxType: '',
    company: '',
    ...state,
    // Receivers read its VID unguarded (observed): an account without an address has one of nothing else.
    shippingAddress: { VID: digestOf(['shippingAddress', VID]), ...address },
    VID,
    merchantAccountId,
    parentMerchantAccountId,
  };
  const content = writeObject(whole, typeOf(version, 'Account'), dateTime);
  if (eventName === 'create') return content;
  // Empty where it had none.
  const old = oldEmailAddress ?? state.emailAddress ?? '';
  return { old_emailAddress: old, account: content };
}

function typeOf(version: ContractVersion, name: string): ComplexType {
  const type = version.types.get(name);
  if (type?.kind !== 'complex') throw new Error(`${version.version} has no type ${name}`);
  return type;
}

/** 40 hexadecimal digits, as VIDs have. */
export function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}
