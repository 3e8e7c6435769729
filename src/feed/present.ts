/** Makes events of what the store has: lines of the ledger, and what was written down beside them. */
import { createHash } from 'node:crypto';
import { toIso } from '../base/iso';
import { type EntitlementState, isActive, isOver, type Source } from '../entitlements/entitlement';
import type { AccountDocument } from '../ledger/record-account';
import type { StoredAutoBill } from '../store/auto-bills';
import type {
  AutoBillDocument,
  EndpointDocument,
  OrderDocument,
  RecordedEvent,
  StoredEvent,
} from '../store/events';
import type { LedgerRow, Reader } from '../store/store';
import { readSourceId } from '../entitlements/source-id';
import type { EventType } from './schema';

/** An event as clients get it; FeedEvent of schema.ts describes it. */
export interface Event {
  readonly id: string;
  readonly sequence: number;
  readonly type: EventType;
  readonly timestamp: string;
  readonly data: object;
}

/** The type of an event. A transfer is what it does to the account: it loses the entitlement, or has it. */
export function typeOf({ line, event }: StoredEvent): EventType {
  if (event) return event.type;
  const { action, before, after, at } = line as LedgerRow;
  switch (action) {
    case 'grant':
    case 'restore':
      return 'entitlement.granted';
    case 'extend':
      return 'entitlement.extended';
    case 'revoke':
      return 'entitlement.revoked';
    case 'start':
      return 'entitlement.started';
    case 'expire':
      return 'entitlement.expired';
    case 'transfer':
      if (isOver(after, at)) return 'entitlement.revoked';
      return before && !isOver(before, at) ? 'entitlement.changed' : 'entitlement.granted';
    case 'repair':
      return 'entitlement.changed';
  }
}

/** Presents events of one merchant, in their order. @param login the merchant's */
export async function presentEvents(
  reader: Reader,
  login: string,
  events: readonly StoredEvent[],
): Promise<Event[]> {
  const sources = await readSources(reader, events);
  const from = await reader.findAccounts(
    events.flatMap(({ event }) => (event?.type === 'account.merged' ? [event.subject ?? 0] : [])),
  );
  return events.map((stored) => {
    const { sequence, account, line, event } = stored;
    const type = typeOf(stored);
    const at = momentOf(stored);
    const names = account && { VID: account.VID, merchantAccountId: account.merchantAccountId };
    const common = { account: names, ...causeOf(line ?? (event as RecordedEvent)) };
    const data = line
      ? { ...common, ...ofLine(stored, line, sources) }
      : { ...common, ...ofDocument(event as RecordedEvent, account?.parentMerchantAccountId) };
    const other = event?.type === 'account.merged' ? from.get(event.subject ?? 0) : undefined;
    const merged = other && {
      from: { VID: other.VID, merchantAccountId: other.merchantAccountId },
    };
    const id = eventIdOf(login, stored);
    return { id, sequence, type, timestamp: toIso(at), data: { ...data, ...merged } };
  });
}

/** The moment of an event; UTC milliseconds. */
export function momentOf({ line, event }: StoredEvent): number {
  return (line ?? (event as RecordedEvent)).at;
}

/**
 * The id of an event, 40 hexadecimal digits: of what never changes, so that it is the same after a restart; another
 * event of a restored file has another. @param login the merchant's
 */
export function eventIdOf(login: string, event: StoredEvent): string {
  const parts = [login, event.sequence, typeOf(event), momentOf(event)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

function causeOf({ actor, reason, note, soapId }: LedgerRow | RecordedEvent) {
  return { actor, reason, note, soapId };
}

/** Whether an entitlement was in force before a line of the ledger, and whether it is after it. */
export function activityOf({ action, before, after, at }: LedgerRow): {
  readonly was: boolean;
  readonly is: boolean;
} {
  // What time alone changes leaves the state as it is.
  if (action === 'start') return { was: false, is: true };
  if (action === 'expire') return { was: true, is: false };
  return { was: before !== undefined && isActive(before, at), is: isActive(after, at) };
}

function ofLine(event: StoredEvent, line: LedgerRow, sources: Sources) {
  const { merchantEntitlementId, action, before, after, id } = line;
  const { was, is } = activityOf(line);
  return {
    entitlement: { merchantEntitlementId, active: is, ...stateOf(after) },
    before: before && { active: was, ...stateOf(before) },
    source: sources.of(event, line),
    action,
    ledgerId: String(id),
  };
}

function stateOf({ start, end, description }: EntitlementState) {
  return { start: toIso(start), end: toIso(end), description };
}

function ofDocument({ type, document }: RecordedEvent, parentMerchantAccountId?: string) {
  if (type.startsWith('account.')) {
    const { account: state, ...rest } = (document ?? {}) as Partial<AccountDocument>;
    return { state, parentMerchantAccountId, ...rest };
  }
  if (document === undefined) return {};
  if (type.startsWith('endpoint.')) {
    const { failingSince, ...endpoint } = document as EndpointDocument;
    return { endpoint: { ...endpoint, failingSince: toIso(failingSince) } };
  }
  if (type.startsWith('order.')) {
    const order = document as OrderDocument;
    return { order: { ...order, createdAt: toIso(order.createdAt) } };
  }
  return { autoBill: presentAutoBill(document as AutoBillDocument) };
}

function presentAutoBill({ items, ...autoBill }: AutoBillDocument) {
  const { start, end, cancelledAt, retrySince, graceUntil, failedAt } = autoBill;
  const moments = { end, cancelledAt, retrySince, graceUntil, failedAt };
  const texts = Object.entries(moments).map(([name, at]) => [name, toIso(at)] as const);
  return {
    ...autoBill,
    ...(Object.fromEntries(texts) as object),
    start: toIso(start),
    items: items.map(({ from, until, ...item }) => ({
      ...item,
      from: toIso(from),
      until: toIso(until),
    })),
  };
}

/** What gave an entitlement. Things of an AutoBill go by their VID and the merchant's own id. */
export interface EventSource {
  readonly type: Source;
  readonly orderId?: string;
  readonly autoBill?: NamedThing;
  /** Where the plan of the AutoBill gives it. */
  readonly billingPlan?: NamedThing;
  /** Where an item of the AutoBill gives it. */
  readonly item?: NamedThing | undefined;
  readonly product?: NamedThing;
}

interface NamedThing {
  readonly VID: string;
  readonly id: string | undefined;
}

/** The objects that gave entitlements. */
export interface Sources {
  of(event: Pick<StoredEvent, 'billingPlan'>, line: LedgerRow): EventSource;
}

/** Reads the AutoBills, plans and products of a page at once. */
export async function readSources(
  reader: Reader,
  events: readonly StoredEvent[],
): Promise<Sources> {
  const given = events.flatMap(({ line }) =>
    line?.source === 'AutoBill' ? [readSourceId(line.sourceId)] : [],
  );
  const vids = (texts: ReadonlyArray<string | undefined>) =>
    [...new Set(texts)].filter((vid) => vid !== undefined);
  const { catalogue } = reader;
  const autoBills = await reader.autoBills.findByVids(vids(given.map(({ autoBill }) => autoBill)));
  const products = await catalogue.products.findByVids(vids(given.map(({ product }) => product)));
  const plans = await catalogue.billingPlans.findByVids(
    vids([...autoBills.values(), ...events].map(({ billingPlan }) => billingPlan)),
  );
  return {
    of: ({ billingPlan }, { source: type, sourceId, at }) => {
      if (type === 'Account') return { type };
      if (type === 'Order') return { type, orderId: sourceId };
      const { autoBill: VID, product } = readSourceId(sourceId);
      const kept = autoBills.get(VID);
      const autoBill = { VID, id: kept?.merchantAutoBillId };
      if (product === undefined) {
        // Of a start or an end that an earlier version wrote, the plan is the present one.
        const plan = billingPlan ?? kept?.billingPlan;
        if (plan === undefined) return { type, autoBill };
        const id = plans.get(plan)?.values.merchantBillingPlanId;
        return { type, autoBill, billingPlan: { VID: plan, id } };
      }
      const item = kept && itemAt(kept, product, at);
      return {
        type,
        autoBill,
        item: item && { VID: item.VID, id: item.values.merchantAutoBillItemId },
        product: { VID: product, id: products.get(product)?.values.merchantProductId },
      };
    },
  };
}

/** Of the items of a product the last one that had begun by a moment; a removed one stays with its AutoBill. */
function itemAt({ items }: StoredAutoBill, product: string, at: number) {
  const ofProduct = items.filter((one) => one.product === product);
  return ofProduct.findLast(({ from }) => from <= at) ?? ofProduct.at(-1);
}
