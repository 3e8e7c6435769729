/** The form of a seed: lists of the contract's objects, and of offers and orders. */
import { z } from 'zod';

/** One of the contract's objects; the contract says which fields it has. */
const object = z.record(z.string(), z.unknown());

const id = z.string().min(1).max(200);

/** What a merchant's data are to be, without a name of its own in a document. */
export const SeedFields = z.object({
  demo: z.boolean().optional().meta({
    description: 'Whether the demo data come first: accounts xyz123, abc456 and nothing-yet.',
  }),
  products: z.array(object).optional().meta({ description: 'Each a Product.' }),
  billingPlans: z.array(object).optional().meta({ description: 'Each a BillingPlan.' }),
  accounts: z.array(object).optional().meta({ description: 'Each an Account.' }),
  autoBills: z.array(object).optional().meta({ description: 'Each an AutoBill.' }),
  entitlements: z.array(object).optional().meta({
    description: 'Each an Entitlement, with the account that is granted it.',
  }),
  offers: z
    .array(z.strictObject({ id, name: id, entitlements: z.array(id).min(1).max(1000) }))
    .optional(),
  orders: z
    .array(
      z.strictObject({
        id,
        email: z.email(),
        firstname: z.string().optional(),
        name: z.string().optional(),
        offers: z.array(id).min(1).max(100),
      }),
    )
    .optional(),
});

/** The same as the OpenAPI document names it. */
export const Seed = SeedFields.meta({ id: 'Seed' });

export type Seed = z.output<typeof Seed>;

/** Lists of a seed that are made of the contract's objects, and the operation that saves one. */
export const KINDS = [
  { list: 'products', service: 'Product', operation: 'update', part: 'product' },
  { list: 'billingPlans', service: 'BillingPlan', operation: 'update', part: 'billingPlan' },
  { list: 'accounts', service: 'Account', operation: 'update', part: 'account' },
  { list: 'autoBills', service: 'AutoBill', operation: 'update', part: 'autobill' },
  { list: 'entitlements', service: 'Account', operation: 'grantEntitlement', part: 'entitlement' },
] as const;

/** Of an entitlement of a seed, the field that names its account. */
export const ACCOUNT = 'account';
