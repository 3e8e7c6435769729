/** The merchants that a person sees, and making one. */
import { z } from 'zod';
import { requireActorName } from '../access/names';
import { hashPassword, newPassword } from '../access/password';
import { PASSWORD_LENGTH } from '../access/people';
import { toIso } from '../base/iso';
import { cut } from '../base/quote';
import { conflict } from '../base/refusal';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import { StoreError } from '../store/store';
import { type ConsoleRoute, defineConsole, requireAllMerchants } from './context';
import { EXAMPLE_TIME } from './session';

const tag = 'Merchants';

const merchantExists = (login: string) => conflict(`There is a merchant ${cut(login)} already.`);

const list = defineConsole({
  method: 'get',
  path: '/merchants',
  name: 'listMerchants',
  summary: 'List the merchants that you see, by login',
  tag,
  answers: {
    200: {
      description: 'All of them.',
      schema: z
        .object({
          merchants: z.array(
            z.object({
              login: z.string(),
              createdAt: momentOutput,
              paymentFailureLimit: z.int(),
              graceDays: z.int(),
            }),
          ),
        })
        .meta({ id: 'Merchants' }),
    },
  },
  example: {
    answer: ok({
      merchants: [{ login: 'demo', createdAt: EXAMPLE_TIME, paymentFailureLimit: 3, graceDays: 7 }],
    }),
  },
  access: 'read',
  handle: async ({ tools, merchants }) => {
    const listed = [];
    for (const { id, login, createdAt } of await merchants()) {
      const { orders, autoBills } = tools.store.reader(id);
      listed.push({
        login,
        createdAt: toIso(createdAt),
        paymentFailureLimit: await orders.findPaymentFailureLimit(),
        graceDays: await autoBills.findGraceDays(),
      });
    }
    return ok({ merchants: listed });
  },
});

const add = defineConsole({
  method: 'post',
  path: '/merchants',
  name: 'addMerchant',
  summary: 'Make a merchant',
  tag,
  body: z.object({
    login: z.string().min(1, 'must not be empty').max(200).meta({
      description: 'What its clients call themselves.',
    }),
    password: z
      .string()
      .min(PASSWORD_LENGTH.least)
      .max(PASSWORD_LENGTH.most)
      .optional()
      .meta({ description: 'Absent: one is made.' }),
  }),
  answers: {
    200: {
      description: 'The merchant.',
      schema: z
        .object({
          login: z.string(),
          password: z.string().optional().meta({
            description: 'Where none was given: the one that was made. Nothing shows it again.',
          }),
        })
        .meta({ id: 'NewMerchant' }),
    },
  },
  example: {
    body: { login: 'acme' },
    answer: ok({ login: 'acme', password: 'kB7dVt0mQ2xN8fYpL3sWcR5h' }),
  },
  refusals: [409],
  refusalExamples: { 409: merchantExists('acme').message },
  access: 'write',
  scope: 'admin',
  handle: async (call) => {
    requireAllMerchants(call);
    const { login, password = newPassword() } = call.input.body;
    requireActorName(login);
    const { store } = call.tools;
    const passwordHash = await hashPassword(password);
    try {
      await store.insertMerchant({ login, passwordHash, createdAt: store.now() });
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'refused') throw merchantExists(login);
      throw error;
    }
    const shown = call.input.body.password === undefined ? { password } : {};
    return { ...ok({ login, ...shown }), changed: { merchant: login } };
  },
});

/** In the order in which they are listed. */
export const MERCHANT_ROUTES: readonly ConsoleRoute[] = [list, add];
