/** The billing plans of a merchant's catalogue: looked at, made and changed by the rules of BillingPlan.update. */
import { z } from 'zod';
import { conflict } from '../base/refusal';
import { cut } from '../base/quote';
import { withDefaults } from '../cashbox/catalogue/defaults';
import { lookUpByVid } from '../cashbox/catalogue/look-up';
import { BILLING_PLANS } from '../cashbox/catalogue/kinds';
import { updateBillingPlan } from '../cashbox/catalogue/update';
import type { BillingPlan as Values } from '../contract/types.generated';
import { ok } from '../rest/ok';
import { nextPage, PageQuery } from '../rest/paging';
import type { CatalogueReader, StoredBillingPlan } from '../store/catalogue';
import {
  descriptionInput,
  EXAMPLE_ITEM,
  hasAny,
  Item,
  ItemInput,
  ItemParams,
  listItems,
  presentItem,
  toEntitlementIds,
} from './catalogue';
import { type ConsoleContext, type ConsoleRoute, defineConsole } from './context';

const tag = 'Catalogue';

const PERIOD_TYPES = ['Day', 'Week', 'Month', 'Year'] as const;

/** The most that the calendar counts; the rules say so in their own words. */
const count = z.int().min(0).max(1_000_000);

const Plan = Item.extend({
  description: z.string().optional(),
  periods: z.array(z.object({ type: z.enum(PERIOD_TYPES), quantity: z.int(), cycles: z.int() })),
}).meta({ id: 'BillingPlan' });

const PLAN = { 200: { description: 'The billing plan.', schema: Plan } };

const MONTHLY: z.input<typeof Plan> = {
  ...EXAMPLE_ITEM,
  id: 'monthly',
  entitlements: [...EXAMPLE_ITEM.entitlements],
  description: 'Every month',
  periods: [{ type: 'Month', quantity: 1, cycles: 0 }],
};

const PlanInput = ItemInput.extend({
  description: descriptionInput.optional(),
  periods: z
    .array(
      z.object({
        type: z.enum(PERIOD_TYPES),
        quantity: count.optional().meta({ description: 'How many of them a period lasts; 1.' }),
        cycles: count.optional().meta({ description: 'How many periods; 0, the default: no end.' }),
      }),
    )
    .min(1)
    .max(100)
    .optional()
    .meta({
      description:
        'How long it is billed, one after another; they replace those that there are. One in the place of another keeps ' +
        'what else that has, as its prices.',
    }),
});

const PlanChange = PlanInput.partial();

const planExists = (id: string) => conflict(`There is a billing plan ${cut(id)} already.`);

const list = defineConsole({
  method: 'get',
  path: '/billing-plans',
  name: 'listBillingPlans',
  summary: 'List the billing plans, in the order in which they were made',
  tag,
  query: PageQuery,
  answers: {
    200: {
      description: 'A page.',
      schema: z
        .object({ billingPlans: z.array(Plan), next_page: nextPage })
        .meta({ id: 'BillingPlanPage' }),
    },
  },
  example: {
    query: { pageLength: '50' },
    answer: ok({ billingPlans: [MONTHLY], next_page: null }),
  },
  access: 'read',
  handle: async ({ reader, input: { query } }) => {
    const { billingPlans } = (await reader()).catalogue;
    const { rows, next } = await listItems((part) => billingPlans.listAll(part), query);
    return ok({ billingPlans: rows.map(present), next_page: next });
  },
});

const get = defineConsole({
  method: 'get',
  path: '/billing-plans/{VID}',
  name: 'getBillingPlan',
  summary: 'Get a billing plan',
  tag,
  params: ItemParams,
  answers: PLAN,
  example: { params: { VID: MONTHLY.VID }, answer: ok(MONTHLY) },
  refusals: [404],
  refusalExamples: { 404: BILLING_PLANS.strings.noVid(MONTHLY.VID).message },
  access: 'read',
  handle: async ({ reader, input: { params } }) => {
    const { catalogue } = await reader();
    return ok(present(await lookUpByVid(BILLING_PLANS, catalogue, params.VID)));
  },
});

const add = defineConsole({
  method: 'post',
  path: '/billing-plans',
  name: 'addBillingPlan',
  summary: 'Make a billing plan',
  tag,
  body: PlanInput,
  answers: PLAN,
  example: {
    body: {
      id: 'monthly',
      description: 'Every month',
      entitlements: ['news'],
      periods: [{ type: 'Month' }],
    },
    answer: ok(MONTHLY),
  },
  refusals: [409],
  refusalExamples: { 409: planExists('monthly').message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { body } = call.input;
    return save(call, async ({ billingPlans }) => {
      if (await billingPlans.findByMerchantId(body.id)) throw planExists(body.id);
      return toValues(body, undefined);
    });
  },
});

const change = defineConsole({
  method: 'patch',
  path: '/billing-plans/{VID}',
  name: 'changeBillingPlan',
  summary: 'Change a billing plan, and the access that its running AutoBills give',
  description:
    'The rules are those of BillingPlan.update: a field that is absent stays, and an AutoBill that has run out stays so. ' +
    'Where many AutoBills have it, the rest of them follow in the background.',
  tag,
  params: ItemParams,
  body: PlanChange.refine(...hasAny),
  answers: PLAN,
  example: {
    params: { VID: MONTHLY.VID },
    body: { entitlements: ['news', 'archive'] },
    answer: ok({ ...MONTHLY, entitlements: [{ id: 'news' }, { id: 'archive' }] }),
  },
  refusals: [404],
  refusalExamples: { 404: BILLING_PLANS.strings.noVid(MONTHLY.VID).message },
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { params, body } = call.input;
    return save(call, async (catalogue) => {
      return toValues(body, await lookUpByVid(BILLING_PLANS, catalogue, params.VID));
    });
  },
});

/** Makes or changes a plan in a unit of work. @param prepare what is given of it */
async function save(
  { tools, merchant, workOf }: ConsoleContext,
  prepare: (catalogue: CatalogueReader) => Promise<Values>,
) {
  const { id } = await merchant();
  const item = await tools.store.transact(id, async (unit) => {
    const given = await prepare(unit.catalogue);
    return (await updateBillingPlan(unit, given, workOf(unit))).item;
  });
  return { ...ok(present(item)), changed: { billingPlan: item.values.VID } };
}

/** @param known the plan that is changed; undefined: it is new */
function toValues(body: z.output<typeof PlanChange>, known: StoredBillingPlan | undefined): Values {
  const { id: merchantBillingPlanId, status, description, entitlements } = body;
  const { VID, merchantEntitlementIds: ids, periods: before = [] } = known?.values ?? {};
  const merchantEntitlementIds = toEntitlementIds(entitlements, ids);
  const periods = body.periods?.map((period, index) => Object.assign({}, before[index], period));
  return { VID, merchantBillingPlanId, status, description, merchantEntitlementIds, periods };
}

/** Its periods as they count: what none was given for is filled in. */
function present({ values }: StoredBillingPlan): z.input<typeof Plan> {
  const periods = (withDefaults(values).periods ?? []).map((period) => {
    const { type = 'Month', quantity = 1, cycles = 0 } = period;
    return { type, quantity, cycles };
  });
  const { description, merchantBillingPlanId } = values;
  return { ...presentItem(values, merchantBillingPlanId), description, periods };
}

/** In the order in which they are listed. */
export const BILLING_PLAN_ROUTES: readonly ConsoleRoute[] = [list, get, add, change];
