/** Schemas of the requests and answers of calls about offers, orders and users. */
import { z } from 'zod';
import { ORDER_STATES, REASONS } from '../entitlements/order-access';
import { keptAddress, toAsciiAddress } from '../base/email';
import { isIdTooLong, MAX_ID_BYTES } from '../base/id-limit';
import { momentOutput } from '../rest/fields';
import { nextPage } from '../rest/paging';

/** The longest e-mail address, in characters. */
const MAX_EMAIL = 254;

/** An id that a merchant gave. @param description the thing that the id names */
export function idInput(description: string) {
  return z
    .string()
    .min(1, 'must not be empty')
    .refine((id) => !isIdTooLong(id), {
      error: `must be no longer than ${MAX_ID_BYTES} bytes`,
    })
    .meta({ description });
}

/** The address of a user that is there. */
export const emailInput = z.string().trim().min(1, 'must not be empty').max(MAX_EMAIL).meta({
  description: "The user's e-mail address, in whatever case.",
  example: 'ada@example.com',
});

const asciiEmail = z.email();

/** The address of a user that may be new. */
export const newEmailInput = z
  .string()
  .trim()
  .max(MAX_EMAIL)
  .refine((address) => asciiEmail.safeParse(toAsciiAddress(address)).success, {
    error: 'must be an e-mail address',
  })
  .transform(keptAddress)
  .meta({
    type: 'string',
    format: 'idn-email',
    example: 'ada@example.com',
    description: "The user's e-mail address.",
  });

export const orderIdInput = idInput('The id of the order, as the shop that took it named it.');
/** The name of an account that is there. */
export const accountInput = idInput(
  'The VID of the account or, where none is called so, its merchantAccountId.',
);
export const offerIdInput = idInput('The id of the offer.');

export const noteInput = z
  .string()
  .max(1000)
  .optional()
  .meta({ description: 'For the readers of the history.' });

export const activeInput = z
  .boolean()
  .optional()
  .meta({
    description:
      'true restores the access, false revokes it; absent: it is removed altogether, and can only be ' +
      'granted anew.',
  });

const state = z.enum(ORDER_STATES);

export const Offer = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Offer' });

/** The access that one order or AutoBill gives. */
export const givenEntitlements = z.array(
  z.object({
    merchantEntitlementId: z.string(),
    active: z.boolean(),
    start: momentOutput,
    end: momentOutput.optional(),
  }),
);

export const Order = z
  .object({
    orderId: z.string(),
    email: z.string().optional(),
    userId: z.string().optional().meta({ description: "The VID of the user's Account." }),
    active: z.boolean().meta({ description: 'Whether the order gives access now.' }),
    state: state.meta({ description: 'active while one of its offers is.' }),
    failedPayments: z
      .int()
      .meta({ description: 'Payments that failed since the last one that succeeded.' }),
    createdAt: momentOutput,
    changedAt: momentOutput,
    offers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        state,
        reason: z.enum(REASONS).optional().meta({ description: 'Why it is revoked.' }),
      }),
    ),
    entitlements: givenEntitlements,
  })
  .meta({ id: 'Order' });

export const OrderPage = z
  .object({ orders: z.array(Order), next_page: nextPage })
  .meta({ id: 'OrderPage' });

export const OfferState = z
  .object({
    email: z.string(),
    offerId: z.string(),
    active: z.boolean().meta({ description: 'Whether any order gives the offer now.' }),
    orders: z.array(Order).meta({ description: "The user's orders that hold the offer." }),
  })
  .meta({ id: 'OfferState' });

const term = z.object({ start: momentOutput, end: momentOutput.optional() });

export const HistoryPage = z
  .object({
    history: z.array(
      z.object({
        id: z.string().meta({ description: "The number of the ledger's line." }),
        at: momentOutput,
        action: z.string().meta({ description: 'grant, revoke, restore, transfer or repair.' }),
        merchantEntitlementId: z.string(),
        userId: z.string(),
        actor: z.string().meta({ description: 'The name of the API key; operator; or a login.' }),
        reason: z.string().optional(),
        note: z.string().optional(),
        requestId: z.string().optional().meta({ description: "The call's X-Request-Id." }),
        before: term.optional(),
        after: term,
      }),
    ),
    next_page: nextPage,
  })
  .meta({ id: 'HistoryPage' });

export const User = z
  .object({
    id: z.string().meta({ description: "The VID of the user's Account." }),
    email: z.string(),
    firstname: z.string().optional(),
    name: z.string().optional().meta({ description: 'The last name.' }),
    active: z.boolean().meta({ description: 'Whether any order gives access now.' }),
    createdAt: momentOutput,
    offers: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })),
  })
  .meta({ id: 'User' });

export const UserPage = z
  .object({ users: z.array(User), next_page: nextPage })
  .meta({ id: 'UserPage' });
