/**
 * GET /v1/accounts/{account}/entitlements: all that an account holds, of every source.
 * Decided: docs/decisions/entitlement-batches.md
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toIso } from '../base/iso';
import { version } from '../base/package';
import { isActive } from '../entitlements/entitlement';
import { listAsOf, tooManyReplaced } from '../ledger/as-of';
import { unknownAccount } from '../orders/refusals';
import { momentInput, momentOutput, queryBoolean } from '../rest/fields';
import { type Frame, jsonList } from '../rest/json-list';
import type { EntitlementStand } from '../store/entitlements';
import type { StoredAccount, StoredEntitlement } from '../store/store';
import { readSourceId } from '../entitlements/source-id';
import { requireAccount } from '../support/find-accounts';
import { defineRoute } from './context';
import { START, USER_ID } from './examples';
import { accountInput } from './schemas';

const HeldEntitlement = z.object({
  merchantEntitlementId: z.string(),
  description: z.string().optional(),
  startTimestamp: momentOutput,
  endTimestamp: momentOutput.optional().meta({ description: 'Absent: without end.' }),
  active: z.boolean().meta({ description: 'Whether it is in force at the moment asked for.' }),
  source: z.string().meta({ description: 'What gave it: Account (a grant), Order or AutoBill.' }),
  orderId: z.string().optional(),
  autoBillVID: z.string().optional(),
  productVID: z.string().optional().meta({ description: 'The product of the AutoBill.' }),
});

const AccountEntitlements = z
  .object({
    VID: z.string(),
    merchantAccountId: z.string().optional(),
    entitlements: z.array(HeldEntitlement).meta({
      description:
        'Ordered by merchantEntitlementId. The account has access to one while any of its sources is active.',
    }),
  })
  .meta({ id: 'AccountEntitlements' });

const EntitlementsQuery = z.object({
  active: queryBoolean.optional().meta({
    description: 'Only those that are active at the moment, or only those that are not.',
  }),
  at: momentInput.optional().meta({
    description:
      'The moment that is asked for; absent: now. A past one is answered as it was then, one to come by what is known ' +
      'now.',
  }),
});

const EntitlementsHeaders = z.object({
  'if-none-match': z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'An ETag: 304 where the answer would be the same as it was with that.' }),
});

export const listAccountEntitlements = defineRoute({
  method: 'get',
  path: '/accounts/{account}/entitlements',
  name: 'listAccountEntitlements',
  summary: 'List all entitlements of an account, of every source',
  description:
    'All of them in one answer, ended ones and those to come included, as they were at one moment, however long it ' +
    'takes to read them; with `at` as they were then. The ETag changes with each change of one of them, and when one ' +
    'starts or ends by time alone.',
  tag: 'Entitlements',
  params: z.object({ account: accountInput }),
  query: EntitlementsQuery,
  headers: EntitlementsHeaders,
  answers: {
    200: {
      description: 'All of them; the header ETag names this state.',
      schema: AccountEntitlements,
      written: 'json',
    },
    304: { description: 'As it was with the ETag that If-None-Match names.' },
  },
  example: {
    params: { account: 'xyz123' },
    query: { active: 'true' },
    answer: {
      status: 200,
      body: {
        VID: USER_ID,
        merchantAccountId: 'xyz123',
        entitlements: [
          {
            merchantEntitlementId: 'bac',
            description: 'Play the game',
            startTimestamp: START,
            active: true,
            source: 'Account',
          },
          {
            merchantEntitlementId: 'forum',
            description: 'Read and write in the forum',
            startTimestamp: START,
            active: true,
            source: 'Account',
          },
        ],
      },
    },
  },
  refusals: [404, 422],
  refusalExamples: { 404: unknownAccount('xyz123').message, 422: tooManyReplaced().message },
  access: 'read',
  handle: async ({ unit, work, input }) => {
    const { active, at = work.now } = input.query;
    const account = await requireAccount(unit, input.params.account);
    const stand =
      at < work.now
        ? { line: await unit.lastLineUntil(account.id, at), at }
        : await unit.standOf(account.id, at);
    const ETag = tagOf(account, stand, active);
    // Others must not make other bytes of what the tag names.
    const headers = { ETag, 'Cache-Control': 'private, no-cache, no-transform' };
    if (isAmong(input.headers['if-none-match'], ETag)) return { status: 304, headers } as const;
    const pages = await listAsOf(unit, account.id, stand.line);
    const pieces = jsonList(frameOf(account), pages, (entitlement) => {
      const shown = present(entitlement, at);
      return active === undefined || shown.active === active ? shown : undefined;
    });
    return { status: 200, headers, pieces } as const;
  },
});

/** Names the bytes of an answer: they follow from these parts. */
function tagOf(
  { VID, merchantAccountId }: StoredAccount,
  /** Of a past moment: that, for what has passed by then is another thing after each change since. */
  stand: EntitlementStand | { readonly line: number; readonly at: number },
  active: boolean | undefined,
): string {
  const parts = [version, VID, merchantAccountId ?? null, stand, active ?? null];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `"${digest.slice(0, 27)}"`;
}

/** Whether a tag is among those of an If-None-Match; it compares weakly (RFC 9110, 13.1.2). */
function isAmong(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === '*' || one === tag);
}

/** The text around the list. */
function frameOf({ VID, merchantAccountId }: StoredAccount): Frame {
  const head = JSON.stringify({ VID, merchantAccountId });
  return { start: `${head.slice(0, -1)},"entitlements":[`, end: ']}' };
}

function present(
  { merchantEntitlementId, description, source, sourceId, ...term }: StoredEntitlement,
  at: number,
): z.input<typeof HeldEntitlement> {
  return {
    merchantEntitlementId,
    description,
    startTimestamp: toIso(term.start),
    endTimestamp: toIso(term.end),
    active: isActive({ description, ...term }, at),
    source,
    ...sourceNames(source, sourceId),
  };
}

/** The object that gave it. */
function sourceNames(source: StoredEntitlement['source'], sourceId: string) {
  if (source === 'Order') return { orderId: sourceId };
  if (source === 'Account') return {};
  const { autoBill, product } = readSourceId(sourceId);
  return { autoBillVID: autoBill, productVID: product };
}
