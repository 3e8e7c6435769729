/** GET /console/api/accounts/{account}/timeline: when each source gave access, and why. */
import { z } from 'zod';
import { CREATED, START } from '../api/examples';
import { accountInput, idInput } from '../api/schemas';
import { toIso } from '../base/iso';
import { ReaderGone } from '../base/reply-reader';
import { isActive } from '../entitlements/entitlement';
import { momentOutput, queryBoolean } from '../rest/fields';
import { ok } from '../rest/ok';
import { nextPage, PageQuery } from '../rest/paging';
import type { Reader, StoredEntitlement } from '../store/store';
import { requireAccount } from '../support/find-accounts';
import { nameSource } from '../support/name-sources';
import { type Bar, barsOf, describeBegin, describeEnding } from './bars';
import { defineConsole } from './context';
import { nameOfKey, readLines, readRows, SOURCES } from './held-rows';

/** The most lines of an account that one page reads. */
const MOST_LINES = 10_000;

/** What naming a source costs, in changes of an entitlement. */
const SOURCE_WEIGHT = 20;

const Span = z.object({
  from: momentOutput,
  to: momentOutput.optional().meta({ description: 'Absent: without end.' }),
  line: z
    .string()
    .optional()
    .meta({ description: 'The line of the ledger that began it; absent: it was not read.' }),
  endLine: z.string().optional().meta({ description: 'The line that ended it before its end.' }),
  why: z.string().optional().meta({ description: 'Why it began, in words.' }),
  whyEnd: z.string().optional().meta({ description: 'Why it ended, or will end, in words.' }),
});

const Row = z.object({
  merchantEntitlementId: z.string(),
  source: z.enum(SOURCES),
  sourceId: z.string().optional().meta({ description: 'The order or AutoBill that gives it.' }),
  text: z.string().meta({ description: 'What gives it, in words.' }),
  active: z.boolean(),
  start: momentOutput,
  end: momentOutput.optional(),
  bars: z.array(Span).meta({ description: 'Oldest first.' }),
});

const Timeline = z
  .object({
    now: momentOutput,
    rows: z.array(Row).meta({ description: 'Ordered by entitlement, source and sourceId.' }),
    next_page: nextPage,
    completeSince: momentOutput.optional().meta({
      description: 'Of what happened before, not all was read: the account has too many lines.',
    }),
  })
  .meta({ id: 'Timeline' });

export const timeline = defineConsole({
  method: 'get',
  path: '/accounts/{account}/timeline',
  name: 'getTimeline',
  summary: 'Say when each source of access of an account gave it, and why',
  description:
    `Bars come from the last ${MOST_LINES} lines of the account's ledger. With \`active\` a page may hold fewer rows ` +
    'than it is long though others follow.',
  tag: 'Accounts',
  params: z.object({ account: accountInput }),
  query: PageQuery.extend({
    active: queryBoolean
      .optional()
      .meta({ description: 'Only those that are active now, or only those that are not.' }),
    entitlement: idInput('Only this merchantEntitlementId.').optional(),
  }),
  answers: { 200: { description: 'A page.', schema: Timeline } },
  example: {
    params: { account: 'ada@example.com' },
    query: { pageLength: '50' },
    answer: ok<z.input<typeof Timeline>>({
      now: CREATED,
      rows: [
        {
          merchantEntitlementId: 'lessons',
          source: 'Order',
          sourceId: 'A1',
          text: 'order A1 (offer course-a)',
          active: true,
          start: START,
          bars: [{ from: CREATED, line: '5', why: `granted by shop on ${CREATED}` }],
        },
      ],
      next_page: null,
    }),
  },
  refusals: [404],
  access: 'read',
  handle: async ({ reader, isGone, input: { params, query } }) => {
    const unit = await reader();
    const account = await requireAccount(unit, params.account);
    const now = unit.now();
    const page = await readRows(unit, account.id, { ...query, now, isGone });
    const { lines, completeSince } = await readLines(unit, account, page.rows, {
      most: MOST_LINES,
      isGone,
    });
    const rows: Array<z.input<typeof Row>> = [];
    for (const row of page.rows) {
      rows.push(await present(unit, row, barsOf(lines.get(nameOfKey(row)) ?? [], row), now));
      await unit.pause(SOURCE_WEIGHT);
      if (isGone()) throw new ReaderGone();
    }
    const cut = { completeSince: toIso(completeSince) };
    return ok({ now: toIso(now), rows, next_page: page.next, ...cut });
  },
});

async function present(
  reader: Reader,
  row: StoredEntitlement,
  bars: readonly Bar[],
  now: number,
): Promise<z.input<typeof Row>> {
  const { merchantEntitlementId, source, sourceId } = row;
  const { text } = await nameSource(reader, row);
  return {
    merchantEntitlementId,
    source,
    sourceId: sourceId === '' ? undefined : sourceId,
    text,
    active: isActive(row, now),
    start: toIso(row.start),
    end: toIso(row.end),
    bars: bars.map((bar) => ({
      from: toIso(bar.from),
      to: toIso(bar.to),
      line: bar.line && String(bar.line.id),
      endLine: bar.endLine && String(bar.endLine.id),
      why: describeBegin(bar, toIso),
      whyEnd: describeEnding(bar, now, toIso),
    })),
  };
}
