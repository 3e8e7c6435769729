/** The names of what gives access: orders with their offers, AutoBills with product or plan. */
import type { Source } from '../entitlements/entitlement';
import type { Reader } from '../store/store';
import { readSourceId } from '../entitlements/source-id';

/** A source of an entitlement under the names that people know it by, as they are now. */
export interface NamedSource {
  readonly orderId?: string | undefined;
  /** The offers of the order that give the entitlement; all of them where none gives it now. */
  readonly offers?: Array<{ readonly id: string; readonly name: string }> | undefined;
  /** Its merchantAutoBillId or, where it has none, its VID. */
  readonly autoBill?: string | undefined;
  /** The product that gives the entitlement: the merchant's name for it, or else its VID. */
  readonly product?: string | undefined;
  /** The billing plan, where that gives it. */
  readonly billingPlan?: string | undefined;
  /** In words: `order A1 (offer course)`. */
  readonly text: string;
}

interface Given {
  readonly merchantEntitlementId: string;
  readonly source: Source;
  readonly sourceId: string;
}

/** Looks each source up. */
export async function nameSource(reader: Reader, given: Given): Promise<NamedSource> {
  if (given.source === 'Order') return nameOrder(reader, given);
  return given.source === 'AutoBill' ? nameAutoBill(reader, given) : { text: 'a grant' };
}

async function nameOrder(
  reader: Reader,
  { merchantEntitlementId, sourceId: orderId }: Given,
): Promise<NamedSource> {
  const order = await reader.orders.findOrder(orderId);
  const lines = order ? await reader.orders.listLines(order.id) : [];
  const giving = [];
  for (const line of lines) {
    const gives = await reader.orders.hasOfferEntitlement(line.offer, merchantEntitlementId);
    if (gives) giving.push(line);
  }
  const named = giving.length > 0 ? giving : lines;
  const offers = named.map(({ offerId: id, offerName: name }) => ({ id, name }));
  const list = offers.map(({ id }) => id).join(', ');
  const word = offers.length === 1 ? 'offer' : 'offers';
  return { orderId, offers, text: `order ${orderId}${list && ` (${word} ${list})`}` };
}

async function nameAutoBill(reader: Reader, { sourceId }: Given): Promise<NamedSource> {
  const { autoBill: vid, product: productVid } = readSourceId(sourceId);
  const { products, billingPlans } = reader.catalogue;
  const found = await reader.autoBills.findByVid(vid);
  const autoBill = found?.merchantAutoBillId ?? vid;
  if (productVid !== undefined) {
    const values = (await products.findByVid(productVid))?.values;
    const product = values?.merchantProductId ?? productVid;
    return { autoBill, product, text: `AutoBill ${autoBill} (product ${product})` };
  }
  const plan = found && (await billingPlans.findByVid(found.billingPlan))?.values;
  const billingPlan = plan?.merchantBillingPlanId ?? found?.billingPlan;
  const of = billingPlan === undefined ? '' : ` (billing plan ${billingPlan})`;
  return { autoBill, billingPlan, text: `AutoBill ${autoBill}${of}` };
}
