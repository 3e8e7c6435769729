/** GET /console/api/touched: the accounts that a change of the catalogue will touch, before it is made. */
import { z } from 'zod';
import { idInput } from '../api/schemas';
import { invalid } from '../base/refusal';
import { BILLING_PLANS, PRODUCTS } from '../cashbox/catalogue/kinds';
import { lookUpByVid } from '../cashbox/catalogue/look-up';
import { unknownOffer } from '../orders/refusals';
import { ok } from '../rest/ok';
import type { Reader } from '../store/store';
import type { Subject } from '../store/uses';
import { defineConsole } from './context';

/** The most AutoBills or orders that are looked at: some ten milliseconds' worth. */
const MOST = 10_000;

const Query = z.object({
  product: idInput('The VID of a product.').optional(),
  billingPlan: idInput('The VID of a billing plan.').optional(),
  offer: idInput('The id of an offer.').optional(),
});

export const countTouched = defineConsole({
  method: 'get',
  path: '/touched',
  name: 'countTouched',
  summary: 'Say how many accounts a change of a product, billing plan or offer touches',
  description:
    'Those with a running AutoBill or an active order of it. An AutoBill whose plan has run out is counted, too.',
  tag: 'Catalogue',
  query: Query,
  answers: {
    200: {
      description: 'The accounts that have it.',
      schema: z
        .object({
          accounts: z.int(),
          isCut: z.boolean().meta({
            description: `Whether there may be more: ${MOST} AutoBills or orders are looked at.`,
          }),
        })
        .meta({ id: 'Touched' }),
    },
  },
  example: { query: { offer: 'course-a' }, answer: ok({ accounts: 130, isCut: false }) },
  refusals: [404],
  refusalExamples: { 404: unknownOffer('course-a').message },
  access: 'read',
  handle: async ({ reader, input: { query } }) => {
    const unit = await reader();
    const [kind, row] = await requireSubject(unit, query);
    const { accounts, isCut } = await unit.uses.count(kind, row, unit.now(), MOST);
    return ok({ accounts, isCut });
  },
});

/** @throws Refusal 404; 400 where not exactly one thing is named */
async function requireSubject(
  { catalogue, orders }: Reader,
  { product, billingPlan, offer }: z.output<typeof Query>,
): Promise<readonly [Subject, number]> {
  const named = [product, billingPlan, offer].filter((one) => one !== undefined);
  if (named.length !== 1) throw invalid('Name one of product, billingPlan and offer.');
  if (product !== undefined)
    return ['product', (await lookUpByVid(PRODUCTS, catalogue, product)).id];
  if (offer === undefined) {
    return ['billingPlan', (await lookUpByVid(BILLING_PLANS, catalogue, billingPlan)).id];
  }
  const found = await orders.findOffer(offer);
  if (!found) throw unknownOffer(offer);
  return ['offer', found.id];
}
