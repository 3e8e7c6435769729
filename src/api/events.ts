/**
 * GET /v1/events: all that happened, once and in order; as pages that may wait, or as a stream of Server-Sent Events.
 * Decided: docs/decisions/feed.md
 */
import { z } from 'zod';
import { invalid } from '../base/refusal';
import { type FeedPage, type FeedQuery, readPage } from '../feed/page';
import { FeedEvent } from '../feed/schema';
import { readTypes } from '../feed/types';
import { queryInteger } from '../rest/fields';
import { FEW_ROWS } from '../rest/list-call';
import { ok } from '../rest/ok';
import { requireAccount } from '../support/find-accounts';
import { type ApiRoute, defineRoute, type ReadContext } from './context';
import { CREATED, START, USER_ID } from './examples';
import { idInput } from './schemas';

/** The longest a call may wait, in seconds. */
const MOST_WAIT = 60;

/** The events that a stream reads at once, and holds until they are taken. */
const STREAMED = 25;

/** How long a stream is silent at most, in milliseconds: proxies close what is silent for longer. */
const SILENCE = 15_000;

const STREAM = 'text/event-stream';

const typesInput = z
  .string()
  .transform((text, context) => readTypes(text, (problem) => context.addIssue(problem)))
  .meta({
    type: 'string',
    description: 'Only these types, separated by commas.',
    example: 'entitlement.granted,entitlement.revoked',
  });

const EventsQuery = z.object({
  after: queryInteger(0, Number.MAX_SAFE_INTEGER).default(0).meta({
    description: 'The number of the last event that was seen: `last` of the page before.',
  }),
  types: typesInput.optional(),
  account: idInput('Only of this account: its VID or merchantAccountId.').optional(),
  limit: queryInteger(1, 1000).default(100),
  wait: queryInteger(0, MOST_WAIT)
    .default(0)
    .meta({ description: 'Seconds to wait for an event where there is none.' }),
});

const EventsPage = z
  .object({
    events: z.array(FeedEvent),
    last: z.int().meta({
      description: 'The number of the last event that was looked at: `after` of the next page.',
    }),
    more: z.boolean().meta({ description: 'Whether there are more already.' }),
  })
  .meta({ id: 'EventsPage' });

const list = defineRoute({
  method: 'get',
  path: '/events',
  name: 'listEvents',
  summary: 'Follow all that happens to accounts, orders, AutoBills and entitlements',
  description:
    'Events after a number, in the order in which they were kept, without gaps. With `wait` an empty page is ' +
    'answered only after that time. With `Accept: text/event-stream` they come as Server-Sent Events, whose ids ' +
    'are the numbers; `Last-Event-ID` goes on after one.',
  tag: 'Events',
  query: EventsQuery,
  headers: z.object({
    accept: z.string().optional(),
    'last-event-id': z.string().optional(),
  }),
  answers: { 200: { description: 'A page.', schema: EventsPage, streamed: STREAM } },
  example: {
    query: { account: 'ada@example.com', types: 'entitlement.granted', limit: '1' },
    answer: ok({
      events: [
        {
          id: '1f0c7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0',
          sequence: 10,
          type: 'entitlement.granted' as const,
          timestamp: CREATED,
          data: {
            account: { VID: USER_ID, merchantAccountId: 'ada@example.com' },
            actor: 'shop',
            soapId: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
            entitlement: { merchantEntitlementId: 'lessons', active: true, start: START },
            source: { type: 'Order' as const, orderId: 'A1' },
            action: 'grant',
            ledgerId: '5',
          },
        },
      ],
      last: 10,
      more: true,
    }),
  },
  refusals: [404, 409],
  access: 'read',
  handle: async ({ input: { query, headers }, ...context }) => {
    const { types, account, limit, wait } = query;
    const accountId =
      account === undefined ? undefined : (await requireAccount(context.unit, account)).id;
    const streamed = headers.accept?.includes(STREAM) === true;
    const after = (streamed ? lastEventId(headers['last-event-id']) : undefined) ?? query.after;
    const end = await context.whenUpToDate(async (reader) => reader.events.last());
    const wanted = { after, types, accountId, limit: streamed ? STREAMED : limit };
    if (wanted.limit > FEW_ROWS && end - after > FEW_ROWS) await context.enterList();
    // What is wrong with it is answered before a stream begins.
    const first = await readPage(context.unit, context.merchant.login, wanted);
    if (streamed) {
      const pieces = stream(context, wanted, first);
      return {
        status: 200 as const,
        headers: { 'Content-Type': STREAM },
        pieces: context.waits(pieces),
      };
    }
    const isDone = first.events.length > 0 || first.more || wait === 0;
    // Others wait, too, and get the same when it comes: none of them gets much at once.
    const few = { ...wanted, limit: Math.min(limit, FEW_ROWS) };
    const page = isDone ? first : await waitFor(context, few, wait);
    return ok(page as z.input<typeof EventsPage>);
  },
});

/** The events at present or, where there are none, those that come in time. */
async function waitFor(context: ReadContext, query: FeedQuery, seconds: number): Promise<FeedPage> {
  let last: FeedPage | undefined;
  for await (const page of context.waits(pages(context, query, seconds * 1000))) last = page;
  return last ?? { events: [], last: query.after, more: false };
}

/** One page: as soon as it has an event, or after the time as it is then. */
async function* pages(
  { unit, merchant, waitUntil }: ReadContext,
  query: FeedQuery,
  limit: number,
): AsyncGenerator<FeedPage> {
  let page = await readPage(unit, merchant.login, query);
  const happened = async () => {
    const { last } = page;
    if ((await unit.events.last()) > last) {
      page = await readPage(unit, merchant.login, { ...query, after: last });
    }
    return page.events.length > 0 || page.more;
  };
  await waitUntil(happened, limit);
  yield page;
}

/** The events as text, for as long as the client is there and the server runs. */
async function* stream(
  context: ReadContext,
  query: FeedQuery,
  page: FeedPage,
): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  while (!context.ended.aborted) {
    for (const event of page.events) {
      yield `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    }
    // A number alone moves the client on past what it did not want.
    const passed = page.events.at(-1)?.sequence !== page.last && page.last > query.after;
    if (passed) yield `id: ${page.last}\ndata:\n\n`;
    const after = page.last;
    const { unit, merchant } = context;
    const happened = async () => page.more || (await unit.events.last()) > after;
    if (await context.waitUntil(happened, SILENCE)) {
      page = await readPage(unit, merchant.login, { ...query, after });
    } else {
      page = { events: [], last: after, more: false };
      query = { ...query, after };
      yield ': nothing yet\n\n';
    }
  }
}

/** @throws Refusal 400 where it is no number */
function lastEventId(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalid('Last-Event-ID must be the number of an event.');
  return Number(text);
}

/** In the order in which they are listed. */
export const EVENT_ROUTES: readonly ApiRoute[] = [list];
