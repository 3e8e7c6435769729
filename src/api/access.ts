/**
 * GET /v1/access: whether an account has access at a moment, and why.
 * Decided: docs/decisions/why.md
 */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { invalid } from '../base/refusal';
import { requireAccountsOf } from '../orders/find-user';
import { requireOrder } from '../orders/order-state';
import { momentInput, momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import type { Reader, StoredAccount } from '../store/store';
import { requireAccount } from '../support/find-accounts';
import { presentAccess } from '../support/present-access';
import { explainAccess } from '../support/why';
import { AuditLine } from './audit';
import { defineRoute } from './context';
import { AUDIT_LINE, CREATED, START, USER_ID } from './examples';
import { accountInput, emailInput, idInput, orderIdInput } from './schemas';

/** A part of an answer in words. */
export const sentence = z.string().meta({ description: 'The same as a sentence.' });

/** A line of the ledger with its sentence. */
export const ExplainedLine = AuditLine.extend({ text: sentence }).meta({ id: 'ExplainedLine' });

const SourceOfAccess = z.object({
  source: z.enum(['Account', 'AutoBill', 'Order']),
  orderId: z.string().optional(),
  offers: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  autoBill: z.string().optional().meta({ description: 'Its merchantAutoBillId, or else its VID.' }),
  product: z.string().optional(),
  billingPlan: z.string().optional(),
  userId: z.string().meta({ description: 'The VID of the account whose it was.' }),
  standing: z.enum(['active', 'coming', 'expired', 'taken']),
  start: momentOutput,
  end: momentOutput.optional().meta({ description: 'Absent: without end.' }),
  takenBy: z.string().optional().meta({ description: 'The line that took it away.' }),
  text: sentence,
  moreLines: z.int().meta({ description: 'Lines that are left out after the first.' }),
  lines: z.array(ExplainedLine).meta({ description: 'Since it was last given, oldest first.' }),
});

/** The access to one id, with what gives it. */
export const AccessToId = z.object({
  merchantEntitlementId: z.string(),
  active: z.boolean(),
  until: momentOutput.optional().meta({ description: 'Absent: without end, or none.' }),
  text: sentence,
  moreSources: z.int().meta({ description: 'Sources that are left out.' }),
  sources: z.array(SourceOfAccess),
});

const Access = z
  .object({
    at: momentOutput,
    text: z.string().meta({ description: 'The whole answer in sentences, a line each.' }),
    accounts: z.array(
      z.object({
        userId: z.string().meta({ description: 'The VID of the Account.' }),
        merchantAccountId: z.string().optional(),
        email: z.string().optional(),
        transferredTo: z
          .string()
          .optional()
          .meta({ description: 'The account that got what this one had.' }),
        text: sentence,
        isCut: z.boolean().meta({ description: 'Whether there are more entitlements than these.' }),
        entitlements: z.array(AccessToId),
      }),
    ),
  })
  .meta({ id: 'Access' });

// The sentences of the example.
const ACCOUNT = `Account ada@example.com (${USER_ID}) at ${CREATED}:`;
const LESSONS = 'ada@example.com has access to lessons without end.';
const ORDER = `By order A1 (offer course-a) since ${START}, without end.`;
const GRANT = `Line 5: granted by shop on ${CREATED}, call ${AUDIT_LINE.requestId}; without end.`;

const AccessQuery = z.object({
  account: accountInput.optional(),
  email: emailInput.optional(),
  order: orderIdInput.optional().meta({ description: 'An order: its account is meant.' }),
  entitlement: idInput('Only this merchantEntitlementId.').optional(),
  at: momentInput.optional().meta({ description: 'The moment; absent: now.' }),
});

export const access = defineRoute({
  method: 'get',
  path: '/access',
  name: 'getAccess',
  summary: 'Say whether an account has access at a moment, and why',
  description:
    'Name the account by `account`, `email` or `order`. The answer comes from the ledger alone, as ' +
    'it stood at the moment: each source of access with its lines, and each source that was taken away ' +
    'or ran out. A moment to come is answered by what is known now.',
  tag: 'Support',
  query: AccessQuery,
  answers: { 200: { description: 'The access, by account and entitlement.', schema: Access } },
  example: {
    query: { order: 'A1', entitlement: 'lessons' },
    answer: ok<z.input<typeof Access>>({
      at: CREATED,
      text: [ACCOUNT, LESSONS, `  ${ORDER}`, `    ${GRANT}`].join('\n'),
      accounts: [
        {
          userId: USER_ID,
          merchantAccountId: 'ada@example.com',
          email: 'ada@example.com',
          text: ACCOUNT,
          isCut: false,
          entitlements: [
            {
              merchantEntitlementId: 'lessons',
              active: true,
              text: LESSONS,
              moreSources: 0,
              sources: [
                {
                  source: 'Order',
                  orderId: 'A1',
                  offers: [{ id: 'course-a', name: 'Course A' }],
                  userId: USER_ID,
                  standing: 'active',
                  start: START,
                  text: ORDER,
                  moreLines: 0,
                  lines: [{ ...AUDIT_LINE, text: GRANT }],
                },
              ],
            },
          ],
        },
      ],
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ unit, work, input, isGone }) => {
    const { entitlement, at = work.now } = input.query;
    const question = { entitlement, at, now: work.now, isGone };
    const accounts = [];
    for (const account of await accountsOf(unit, input.query)) {
      accounts.push(await explainAccess(unit, account, question));
    }
    return ok(presentAccess(accounts, question, toIso));
  },
});

/** @throws Refusal 404; 400 where not exactly one name is given */
async function accountsOf(
  reader: Reader,
  { account, email, order }: z.output<typeof AccessQuery>,
): Promise<readonly StoredAccount[]> {
  const given = [account, email, order].filter((name) => name !== undefined);
  if (given.length !== 1) throw invalid('Name the account by one of account, email and order.');
  if (account !== undefined) return [await requireAccount(reader, account)];
  if (email !== undefined) return requireAccountsOf(reader, email);
  const { accountId } = await requireOrder(reader, order ?? '');
  const holder = await reader.findAccount(accountId);
  return holder ? [holder] : [];
}
