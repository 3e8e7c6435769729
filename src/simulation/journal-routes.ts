/** The journal: the requests that came, and whether they were as a test expects. */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { quote } from '../base/quote';
import { notFound } from '../base/refusal';
import { ok } from '../rest/ok';
import {
  type ControlRoute,
  type ControlTools,
  defineControl,
  forMerchants,
  type Steered,
} from './context';
import type { JournalEntry } from './journal';
import { EXPECTATION, EXPECTED, WANTED } from './expectation';
import { matches } from './match';
import { describeDifference, listNearMisses } from './near-misses';
import { momentInput, queryInteger } from '../rest/fields';
import { listHappened } from './happened';
import { reportOf } from './report';
import { JournalRequest, NearMiss, WholeJournalRequest } from './shown';

const tag = 'Journal';
const SHOWN = {
  id: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
  number: 1,
  at: '2026-01-31T23:00:00.000Z',
  received: '2026-01-31T23:00:00.000Z',
  api: 'soap' as const,
  operation: 'Account.revokeEntitlement',
  version: '22.0',
  fields: { account: { merchantAccountId: 'xyz123' } },
  returnCode: 200,
  returnString: 'OK',
};

const list = defineControl({
  method: 'get',
  path: '/requests',
  name: 'listRequests',
  summary: 'List the requests that came, the latest last',
  description: 'The last 1,000 are kept, of 8 MiB together.',
  tag,
  query: z.object({
    operation: EXPECTATION.operation,
    soapId: z.string().max(100).optional(),
    since: momentInput.optional().meta({ description: "By the machine's time." }),
    limit: queryInteger(1, 1000)
      .optional()
      .meta({ description: 'The number of calls, the latest.' }),
  }),
  answers: { 200: { description: 'The requests.', schema: z.array(JournalRequest) } },
  example: { query: { operation: 'Account.*', limit: '10' }, answer: ok([SHOWN]) },
  access: 'read',
  handle: async ({ steered, input: { query } }) => {
    const { journal } = (await steered()).world;
    const { operation, soapId, since = -Infinity, limit = 1000 } = query;
    const found = journal.entries.filter(
      (entry) =>
        entry.received >= since &&
        (soapId === undefined || entry.id === soapId) &&
        matches({ operation }, entry),
    );
    return ok(found.slice(-limit).map(present));
  },
});

const get = defineControl({
  method: 'get',
  path: '/requests/{id}',
  name: 'getRequest',
  summary: 'Show a request with its bytes, its reply, and what it changed',
  tag,
  params: z.object({ id: z.string().min(1).max(100) }),
  answers: { 200: { description: 'The request.', schema: WholeJournalRequest } },
  example: {
    params: { id: SHOWN.id },
    answer: ok({
      ...SHOWN,
      raw: '<e:Envelope>…</e:Envelope>',
      reply: { status: 200, body: '<soap:Envelope>…</soap:Envelope>', isCut: false },
      problems: [],
      changed: [
        {
          at: '2026-01-31T23:00:00.000Z',
          account: 'xyz123',
          entitlement: 'bac',
          action: 'revoke',
          source: 'Account',
        },
      ],
    }),
  },
  refusals: [404],
  refusalExamples: { 404: 'There is no request "x": the last 1,000 are kept.' },
  access: 'read',
  handle: async ({ tools, steered, input: { params } }) => {
    const who = await steered();
    const entry = who.world.journal.find(params.id);
    if (!entry) throw notFound(`There is no request ${quote(params.id)}: the last 1,000 are kept.`);
    const { raw, reply, problems } = entry;
    const changed = await listChanged(tools, who, entry);
    return ok({ ...present(entry), raw, reply, problems: [...problems], changed });
  },
});

const clear = defineControl({
  method: 'delete',
  path: '/requests',
  name: 'clearRequests',
  summary: 'Forget the requests',
  tag,
  answers: { 204: { description: 'They are gone.' } },
  example: { answer: { status: 204 } },
  access: 'write',
  handle: async ({ steered }) => {
    (await steered()).world.journal.clear();
    return { status: 204 as const };
  },
});

const count = defineControl({
  method: 'post',
  path: '/requests/count',
  name: 'countRequests',
  summary: 'Count the requests that are as expected',
  tag,
  body: z.object(WANTED),
  answers: { 200: { description: 'How many.', schema: z.object({ count: z.int() }) } },
  example: { body: EXPECTED, answer: ok({ count: 1 }) },
  access: 'read',
  handle: async ({ steered, input: { body } }) => {
    const { journal } = (await steered()).world;
    journal.asked = body;
    return ok({ count: journal.entries.filter((entry) => matches(body, entry)).length });
  },
});

const find = defineControl({
  method: 'post',
  path: '/requests/find',
  name: 'findRequests',
  summary: 'Find the requests that are as expected',
  tag,
  body: z.object(WANTED),
  answers: { 200: { description: 'The requests.', schema: z.array(JournalRequest) } },
  example: { body: EXPECTED, answer: ok([SHOWN]) },
  access: 'read',
  handle: async ({ steered, input: { body } }) => {
    const { journal } = (await steered()).world;
    journal.asked = body;
    return ok(journal.entries.filter((entry) => matches(body, entry)).map(present));
  },
});

const nearMisses = defineControl({
  method: 'post',
  path: '/requests/near-misses',
  name: 'listNearMisses',
  summary: 'Find the requests that are nearly as expected, and say how they differ',
  tag,
  body: z.object(WANTED),
  answers: {
    200: {
      description: 'The closest first; three at most.',
      schema: z.array(NearMiss),
    },
  },
  example: {
    body: { ...EXPECTED, fields: { 'account.merchantAccountId': 'abc456' } },
    answer: ok([
      {
        request: SHOWN,
        differences: [{ path: 'account.merchantAccountId', expected: 'abc456', actual: 'xyz123' }],
        message: 'account.merchantAccountId is "xyz123" instead of "abc456"',
      },
    ]),
  },
  access: 'read',
  handle: async ({ steered, input: { body } }) => {
    const { journal } = (await steered()).world;
    journal.asked = body;
    return ok(
      listNearMisses(journal.entries, body).map(({ entry, differences }) => ({
        request: present(entry),
        differences: [...differences],
        message: differences.map(describeDifference).join('; '),
      })),
    );
  },
});

const report = defineControl({
  method: 'get',
  path: '/report',
  name: 'getReport',
  summary: 'Say in lines, for the report of a test that failed, which requests came',
  description:
    'First the requests that are nearly as expected by the last verify, find, count or near-misses, then the last ten, with what a ' +
    'strict reading objects to.',
  tag,
  answers: { 200: { description: 'The lines.', schema: z.object({ report: z.string() }) } },
  example: {
    answer: ok({
      report:
        'Nearly isEntitled: Account.revokeEntitlement (7d1f3b59): operation is "revokeEntitlement" instead of "isEntitled"\n' +
        'Came: Account.revokeEntitlement (7d1f3b59): 200 OK {"account":{"merchantAccountId":"xyz123"}}',
    }),
  },
  access: 'read',
  handle: async ({ steered }) => ok({ report: reportOf((await steered()).world.journal) }),
});

function present(entry: JournalEntry) {
  const { id, number, at, received, api, operation, version, fields } = entry;
  const { returnCode, returnString, fault } = entry;
  const moments = { at: toIso(at), received: toIso(received) };
  const call = { api, operation, version, fields };
  return { id, number, ...moments, ...call, returnCode, returnString, fault };
}

/** The events of the call, among the first that came after it. */
async function listChanged(
  { store }: ControlTools,
  { merchant }: Steered,
  { id, after }: JournalEntry,
) {
  const reader = store.reader(merchant.id);
  const until = Math.min(await reader.events.last(), after + MOST_EVENTS);
  return listHappened(reader, { after, until }, (soapId) => soapId === id);
}

/** The events after a request among which its own are looked for. */
const MOST_EVENTS = 2000;

/** In the order in which they are listed. */
export const JOURNAL_ROUTES: readonly ControlRoute[] = [
  list,
  get,
  clear,
  count,
  find,
  nearMisses,
  report,
].flatMap(forMerchants);
