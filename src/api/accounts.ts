/** Accounts: the erasure of their personal data. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import type { Erased } from '../erasure/erase-account';
import { eraseInParts } from '../erasure/erase-in-parts';
import { unknownAccount } from '../orders/refusals';
import { momentOutput, queryBoolean } from '../rest/fields';
import { ok } from '../rest/ok';
import { requireAccount } from '../support/find-accounts';
import { type ApiRoute, defineRoute } from './context';
import { CREATED, USER_ID } from './examples';
import { accountInput } from './schemas';

const Erasure = z
  .object({
    at: momentOutput,
    by: z.string().meta({ description: 'The name of the API key, or `operator`.' }),
    callId: z.string().optional().meta({ description: "The call's X-Request-Id." }),
    revoked: z.boolean().meta({ description: 'Whether access was taken, too.' }),
    finishedAt: momentOutput.optional().meta({
      description: "When nothing of it was left in the database's files; absent: not yet.",
    }),
  })
  .meta({ id: 'Erasure' });

const ErasedAccount = z
  .object({
    VID: z.string(),
    merchantAccountId: z.string().optional(),
    idReplaced: z.boolean().meta({
      description:
        'Whether the merchantAccountId said who the person is and is a pseudonym now: clients that name the ' +
        'account by the former one find it no more.',
    }),
    relatedAccounts: z.array(z.string()).meta({
      description:
        'VIDs of accounts that gave or got what this one had by Account.transfer, 500 at most. They have data of their own, which stays.',
    }),
    erasures: z.array(Erasure).meta({ description: 'This erasure, after earlier ones.' }),
  })
  .meta({ id: 'ErasedAccount' });

const erase = defineRoute({
  method: 'delete',
  path: '/accounts/{account}/personal-data',
  name: 'erasePersonalData',
  summary: 'Erase the personal data of an account',
  description:
    'Names, addresses, e-mail address, nameValues, notes and whatever else says who the person is. The account, its ' +
    'entitlements, orders and AutoBills stay, and so do the lines of its history, with ids only; access goes on ' +
    'unless `revoke` is true. It cannot be undone; the same call again does no harm. ' +
    'Much data is erased in the background: `finishedAt` says when all of it was gone.',
  tag: 'Accounts',
  params: z.object({ account: accountInput }),
  query: z.object({
    revoke: queryBoolean
      .optional()
      .meta({ description: 'True: access of every kind ends at once, too. Absent: it stays.' }),
  }),
  answers: { 200: { description: 'What is left of the account.', schema: ErasedAccount } },
  example: {
    params: { account: 'xyz123' },
    query: { revoke: 'false' },
    answer: ok({
      VID: USER_ID,
      merchantAccountId: 'xyz123',
      idReplaced: false,
      relatedAccounts: [],
      erasures: [
        {
          at: CREATED,
          by: 'office',
          callId: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
          revoked: false,
        },
      ],
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownAccount('xyz123').message },
  access: 'parts',
  scope: 'admin',
  handle: async ({ merchant: { id: merchantId }, store, workOf, input: { params, query } }) => {
    const account = await requireAccount(store.reader(merchantId), params.account);
    const revoke = query.revoke ?? false;
    return ok(present(await eraseInParts({ store, merchantId, workOf }, account, { revoke })));
  },
});

function present({ account, formerId, related, erasures }: Erased) {
  return {
    VID: account.VID,
    merchantAccountId: account.merchantAccountId,
    idReplaced: formerId !== undefined,
    relatedAccounts: [...related],
    erasures: erasures.map(({ at, actor, callId, revoked, finishedAt }) => {
      return { at: toIso(at), by: actor, callId, revoked, finishedAt: toIso(finishedAt) };
    }),
  };
}

/** In the order in which they are listed. */
export const ACCOUNT_ROUTES: readonly ApiRoute[] = [erase];
