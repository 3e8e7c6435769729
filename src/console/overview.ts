/**
 * GET /console/api/overview: how it goes, in numbers.
 * Decided: docs/decisions/overview.md
 */
import { z } from 'zod';
import { toIso } from '../base/iso';
import { ReaderGone } from '../base/reply-reader';
import { momentOutput } from '../rest/fields';
import { ok } from '../rest/ok';
import type { Reader } from '../store/store';
import { ENDPOINT_KINDS, type EndpointKind } from '../store/webhooks';
import { defineConsole } from './context';
import { EXAMPLE_TIME } from './session';
import { SPAN_NAMES, SPANS, startOf } from './spans';

/** The most payments that are counted. */
const MOST_IN_GRACE = 10_000;

const counts = z.array(z.int()).meta({ description: 'One a point, the oldest first.' });

const Endpoint = z.object({
  id: z.string(),
  kind: z.enum(ENDPOINT_KINDS),
  url: z.string(),
  description: z.string().optional(),
  state: z.enum(['failing', 'disabled']),
  since: momentOutput,
  reason: z.string().optional(),
  waiting: z.int().meta({ description: 'Messages that wait.' }),
});

const Overview = z
  .object({
    from: momentOutput.meta({ description: 'Where the first point begins.' }),
    step: z.int().meta({ description: 'Seconds from one point to the next.' }),
    points: z.int(),
    calls: z.array(z.object({ code: z.string(), counts })).meta({
      description:
        'Calls of the merchant by returnCode, faultcode or status, since this process started; what people only look at in ' +
        'the console is not counted.',
    }),
    active: z.object({
      now: z.int().meta({ description: 'Entitlements that give access, each source counted.' }),
      isCut: z.boolean().meta({
        description: 'Whether not all are counted yet: the next look goes on.',
      }),
      counts: z.array(z.int().nullable()).meta({ description: 'Null: it is not known yet.' }),
    }),
    changes: z.array(z.object({ action: z.string(), reason: z.string().optional(), counts })),
    changesCut: z.boolean().meta({
      description: 'Whether older ones are not counted yet: the next look goes on.',
    }),
    inGrace: z.object({
      autoBills: z
        .int()
        .meta({ description: 'Those whose payment has failed and is tried again.' }),
      orders: z.int().meta({ description: 'Active ones of which payments have failed.' }),
      isCut: z.boolean().meta({ description: `Whether there are more than ${MOST_IN_GRACE}.` }),
    }),
    endpoints: z.array(Endpoint).meta({ description: 'Those in trouble.' }),
    databaseBytes: z.int().meta({ description: 'Of all merchants.' }),
    walBytes: z
      .int()
      .optional()
      .meta({ description: 'The write-ahead log, where it is a file here.' }),
  })
  .meta({ id: 'Overview' });

export const overview = defineConsole({
  method: 'get',
  path: '/overview',
  name: 'getOverview',
  summary: 'Say how it goes: calls, access, changes, payments in grace, endpoints in trouble',
  description:
    'The ledger of a large merchant is counted in steps: what is not counted yet is said, and the next look counts on. In a ' +
    'simulation the points are by the clock of the merchant, and calls by that of the machine.',
  tag: 'Overview',
  query: z.object({ span: z.enum(SPAN_NAMES).default('hour') }),
  answers: { 200: { description: 'The figures.', schema: Overview } },
  example: {
    query: { span: 'hour' },
    answer: ok<z.input<typeof Overview>>({
      from: EXAMPLE_TIME,
      step: 60,
      points: 1,
      calls: [{ code: '200', counts: [12] }],
      active: { now: 130, isCut: false, counts: [130] },
      changes: [{ action: 'revoke', reason: 'refunded', counts: [2] }],
      changesCut: false,
      inGrace: { autoBills: 1, orders: 0, isCut: false },
      endpoints: [],
      databaseBytes: 1_048_576,
      walBytes: 0,
    }),
  },
  access: 'read',
  handle: async ({ tools, merchant, reader, isGone, input }) => {
    const { span } = input.query;
    const { id, login } = await merchant();
    const unit = await reader();
    const now = unit.now();
    const tally = tools.tallies.of(id);
    await tally.count(unit, now, async (rows) => {
      await unit.pause(rows);
      if (isGone()) throw new ReaderGone();
    });
    const { changes, isCut } = tally.changes(span, now);
    const { points, step } = SPANS[span];
    const { walBytes } = await tools.store.condition();
    return ok({
      from: toIso(startOf(span, now)),
      step: step / 1000,
      points,
      calls: tools.calls.counts.series(login, span, tools.time.now()),
      active: tally.activeOver(span, now),
      changes,
      changesCut: isCut,
      inGrace: await countInGrace(unit, now),
      endpoints: await listInTrouble(unit),
      databaseBytes: await unit.figures.size(),
      walBytes,
    });
  },
});

/** Payments that have failed, of what still gives access. */
async function countInGrace({ figures }: Reader, now: number) {
  const autoBills = await figures.countRetrying(now, MOST_IN_GRACE + 1);
  const orders = await figures.countFailing(MOST_IN_GRACE + 1);
  return {
    autoBills: Math.min(autoBills, MOST_IN_GRACE),
    orders: Math.min(orders, MOST_IN_GRACE),
    isCut: Math.max(autoBills, orders) > MOST_IN_GRACE,
  };
}

/** A merchant's endpoints that fail, or get no messages any more. */
async function listInTrouble(unit: Reader): Promise<Array<z.input<typeof Endpoint>>> {
  const found = [];
  for (const kind of ENDPOINT_KINDS) found.push(...(await listInTroubleOf(unit, kind)));
  return found;
}

async function listInTroubleOf({ webhooks }: Reader, kind: EndpointKind) {
  const found: Array<z.input<typeof Endpoint>> = [];
  for (const endpoint of await webhooks.list(kind)) {
    const { disabledAt, disabledReason, failingSince, settings, endpointId, url } = endpoint;
    const since = disabledAt ?? failingSince;
    if (since === undefined) continue;
    const { description } = settings;
    found.push({
      id: endpointId,
      kind,
      url,
      description: typeof description === 'string' ? description : undefined,
      state: disabledAt === undefined ? 'failing' : 'disabled',
      since: toIso(since),
      reason: disabledReason,
      waiting: await webhooks.countWaiting(endpoint.id),
    });
  }
  return found;
}
