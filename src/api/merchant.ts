/** The merchant whose key calls: its limits. */
import { z } from 'zod';
import { GRACE_DAYS, PAYMENT_FAILURES } from '../base/limits';
import { ok } from '../rest/ok';
import type { Merchant, Reader } from '../store/store';
import { answerOnce, ChangeHeaders } from './answer-once';
import { type ApiRoute, defineRoute } from './context';

const tag = 'Merchant';

const failureLimit = z
  .int()
  .min(PAYMENT_FAILURES.least)
  .max(PAYMENT_FAILURES.most)
  .meta({ description: 'Payments of an order that may fail in a row before it is revoked.' });
const graceDays = z
  .int()
  .min(GRACE_DAYS.least)
  .max(GRACE_DAYS.most)
  .meta({ description: 'Days that access by an AutoBill lasts while it is not paid.' });

const Limits = z
  .object({ login: z.string(), paymentFailureLimit: failureLimit, graceDays })
  .meta({ id: 'Merchant' });

const LIMITS = { 200: { description: 'The merchant.', schema: Limits } };

const get = defineRoute({
  method: 'get',
  path: '/merchant',
  name: 'getMerchant',
  summary: "Get the merchant's limits",
  tag,
  answers: LIMITS,
  example: { answer: ok({ login: 'demo', paymentFailureLimit: 3, graceDays: 7 }) },
  access: 'read',
  handle: async ({ unit, merchant }) => ok(await present(unit, merchant)),
});

const change = defineRoute({
  method: 'patch',
  path: '/merchant',
  name: 'changeMerchant',
  summary: "Change the merchant's limits",
  description: 'A field that is absent stays. They count for payments that fail from then on.',
  tag,
  headers: ChangeHeaders,
  body: z
    .object({ paymentFailureLimit: failureLimit.optional(), graceDays: graceDays.optional() })
    .refine((body) => Object.values(body).some((value) => value !== undefined), {
      error: 'must have paymentFailureLimit or graceDays',
    }),
  answers: LIMITS,
  example: {
    body: { graceDays: 14 },
    answer: ok({ login: 'demo', paymentFailureLimit: 3, graceDays: 14 }),
  },
  refusals: [422],
  access: 'write',
  scope: 'admin',
  handle: (call) => {
    const { unit, merchant, input } = call;
    const { paymentFailureLimit: limit, graceDays: days } = input.body;
    const set = async () => {
      if (limit !== undefined) await unit.orders.updatePaymentFailureLimit(limit);
      if (days !== undefined) await unit.autoBills.updateGraceDays(days);
      return present(unit, merchant);
    };
    const changed = () => ({ paymentFailureLimit: limit, graceDays: days });
    return answerOnce(call, 'change-merchant', set, { changed });
  },
});

async function present({ orders, autoBills }: Reader, { login }: Merchant) {
  return {
    login,
    paymentFailureLimit: await orders.findPaymentFailureLimit(),
    graceDays: await autoBills.findGraceDays(),
  };
}

/** In the order in which they are listed. */
export const MERCHANT_ROUTES: readonly ApiRoute[] = [get, change];
