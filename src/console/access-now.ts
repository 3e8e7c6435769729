/** GET /console/api/accounts/{account}/access: what an account may do now, by id, with all that gives it. */
import { z } from 'zod';
import { AccessToId } from '../api/access';
import { AUDIT_LINE, CREATED, START, USER_ID } from '../api/examples';
import { accountInput } from '../api/schemas';
import { toIso } from '../base/iso';
import { momentOutput, queryBoolean, queryInteger } from '../rest/fields';
import { ok } from '../rest/ok';
import { nextPage, PageQuery } from '../rest/paging';
import { unknownAccount } from '../orders/refusals';
import { requireAccount } from '../support/find-accounts';
import { presentHeld } from '../support/present-access';
import { explainHeld } from '../support/why';
import { defineConsole } from './context';
import { readIds } from './held-ids';
import { readLines } from './held-rows';

/** The most lines of an account that one page reads. */
const MOST_LINES = 5000;

/** The longest page: each of its ids is looked up with what gives it. */
const MOST_IDS = 200;

const AccessNow = z
  .object({
    at: momentOutput,
    entitlements: z.array(AccessToId).meta({
      description:
        'Those that give access come first; each part is ordered by merchantEntitlementId.',
    }),
    next_page: nextPage,
    completeSince: momentOutput.optional().meta({
      description:
        'Lines of before were not read, for the account has too many: a source that changed last before has none, and ' +
        'one that was taken away then is shown as expired.',
    }),
  })
  .meta({ id: 'AccessNow' });

const GRANT = `Line 5: granted by shop on ${CREATED}, call ${AUDIT_LINE.requestId}; without end.`;

export const accessNow = defineConsole({
  method: 'get',
  path: '/accounts/{account}/access',
  name: 'listAccess',
  summary: 'List what an account may do now, and no longer, with all that gives it',
  description:
    'Page by page, for accounts of any size; reasons come from the last ' +
    `${MOST_LINES} lines of the account's ledger. With \`active\` a page may hold fewer ids than it is long though others ` +
    'follow. `GET /v1/access` answers from the whole ledger, as of any moment.',
  tag: 'Accounts',
  params: z.object({ account: accountInput }),
  query: PageQuery.extend({
    pageLength: queryInteger(1, MOST_IDS).default(24),
    active: queryBoolean
      .optional()
      .meta({ description: 'Only what gives access now, or only what does not.' }),
  }),
  answers: { 200: { description: 'A page.', schema: AccessNow } },
  example: {
    params: { account: 'ada@example.com' },
    query: { active: 'true' },
    answer: ok<z.input<typeof AccessNow>>({
      at: CREATED,
      entitlements: [
        {
          merchantEntitlementId: 'lessons',
          active: true,
          text: 'ada@example.com has access to lessons without end.',
          moreSources: 0,
          sources: [
            {
              source: 'Account',
              userId: USER_ID,
              standing: 'active',
              start: START,
              text: `By a grant since ${START}, without end.`,
              moreLines: 0,
              lines: [{ ...AUDIT_LINE, text: GRANT }],
            },
          ],
        },
      ],
      next_page: null,
    }),
  },
  refusals: [404],
  refusalExamples: { 404: unknownAccount('ada@example.com').message },
  access: 'read',
  handle: async ({ reader, isGone, input: { params, query } }) => {
    const unit = await reader();
    const account = await requireAccount(unit, params.account);
    const now = unit.now();
    const { ids, next } = await readIds(unit, account.id, { ...query, now, isGone });
    const rows = ids.flatMap((id) => id.rows);
    const { lines, completeSince } = await readLines(unit, account, rows, {
      most: MOST_LINES,
      isGone,
    });
    const explained = await explainHeld(unit, account, {
      now,
      ids,
      lines: [...lines.values()].flatMap((newestFirst) => newestFirst.toReversed()),
      isGone,
    });
    return ok({
      at: toIso(now),
      entitlements: presentHeld(account, explained, now, toIso),
      next_page: next,
      completeSince: toIso(completeSince),
    });
  },
});
