/** A merchant's clock: frozen, set, moved on, let run. */
import { toIso } from '../base/iso';
import { conflict } from '../base/refusal';
import { badRequest } from '../rest/api-error';
import { ok } from '../rest/ok';
import { type ControlRoute, type ControlTools, defineControl, forMerchants } from './context';
import { type Delivered, NOTHING_TRIED } from './delivering';
import { moveOn, nextDueOf } from './due';
import { currentExchange, dateReply } from './exchange';
import { LAST_MOMENT, later } from './duration';
import { listHappened } from './happened';
import type { Owner } from './post';
import { Clock, ClockChange, MovedClock } from './shown';
import type { z } from 'zod';

const tag = 'Clock';
const EXAMPLE = { now: '2026-03-01T00:00:00.000Z', system: '2026-01-31T23:00:00.000Z' };

const get = defineControl({
  method: 'get',
  path: '/clock',
  name: 'getClock',
  summary: 'Show the clock',
  tag,
  answers: { 200: { description: 'The clock.', schema: Clock.meta({ id: 'Clock' }) } },
  example: { answer: ok({ mode: 'frozen' as const, ...EXAMPLE }) },
  access: 'read',
  handle: async ({ tools, steered }) => ok(await show(tools, (await steered()).merchant.id)),
});

const put = defineControl({
  method: 'put',
  path: '/clock',
  name: 'changeClock',
  summary: 'Freeze, set or move on the clock, or let it run',
  description:
    'Answers when all that fell due until then was written down, in order and at its own moments, and messages to ' +
    'endpoints were tried; says what that was. A clock goes back only with the data: by `reset` or by restoring a snapshot.',
  tag,
  body: ClockChange,
  answers: { 200: { description: 'The clock.', schema: MovedClock.meta({ id: 'MovedClock' }) } },
  example: {
    body: { action: 'advance', duration: 'P1M' },
    answer: ok({
      mode: 'frozen' as const,
      ...EXAMPLE,
      happened: [
        {
          at: '2026-02-14T08:00:00.000Z',
          account: 'xyz123',
          entitlement: 'bac',
          action: 'expire',
          source: 'grant',
        },
      ],
      total: 1,
      deliveries: {
        attempts: [
          {
            at: '2026-02-14T08:00:00.000Z',
            endpoint: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
            message: '1',
            event: 'entitlement.expired',
            attempt: 1,
            status: 204,
            state: 'delivered' as const,
          },
        ],
        total: 1,
        complete: true,
      },
    }),
  },
  refusals: [409],
  refusalExamples: { 409: 'The data of demo are later than the time of the machine.' },
  access: 'write',
  handle: async ({ tools, steered, input: { body } }) => {
    const { merchant, world } = await steered();
    return world.inTurn(async () => {
      const reader = tools.store.reader(merchant.id);
      const after = await reader.events.last();
      const delivered = await change(tools, merchant, body);
      const until = await reader.events.last();
      const happened = await listHappened(reader, { after, until });
      const shown = await show(tools, merchant.id);
      const deliveries = presentDelivered(delivered);
      return ok({ ...shown, happened, total: until - after, deliveries });
    });
  },
});

async function show({ clocks, store }: ControlTools, merchantId: number) {
  const nextDue = await nextDueOf({ store }, merchantId);
  const now = clocks.now(merchantId);
  dateReply(currentExchange(), now);
  const { mode } = clocks.stateOf(merchantId);
  return { mode, now: toIso(now), system: toIso(clocks.systemNow()), nextDue: toIso(nextDue) };
}

async function change(
  tools: ControlTools,
  { id, login }: Owner,
  { action, instant, duration }: z.output<typeof ClockChange>,
): Promise<Delivered> {
  const { clocks, timeZone } = tools;
  requireFields(action, { instant, duration });
  const now = clocks.now(id);
  if (action === 'reset') return resetClock(tools, { id, login });
  const until = duration === undefined ? (instant ?? now) : later(now, duration, timeZone);
  if (until < now) {
    throw badRequest(
      `instant must not be before ${toIso(now)}, which the clock shows: it goes back only by reset or by restoring a snapshot`,
    );
  }
  if (!(until <= LAST_MOMENT)) {
    const field = duration === undefined ? 'instant' : 'duration';
    throw badRequest(`${field} leads beyond ${toIso(LAST_MOMENT)}`);
  }
  if (action === 'freeze') clocks.set(id, now, 'frozen');
  if (action === 'run') clocks.set(id, now, 'running');
  return moveOn(tools, { id, login }, until);
}

/** Has a clock show the machine's time, and go with it. @throws Refusal 409 where the data are later */
async function resetClock(tools: ControlTools, { id, login }: Owner): Promise<Delivered> {
  const { clocks, store } = tools;
  const before = clocks.stateOf(id);
  const now = clocks.systemNow();
  const isBehind = clocks.now(id) < now;
  const delivered = isBehind ? await moveOn(tools, { id, login }, now) : NOTHING_TRIED;
  clocks.forget(id);
  // Never earlier than the merchant's data.
  const dated = await store.transact(id, (unit) => Promise.resolve(unit.now()));
  if (dated <= clocks.systemNow()) return delivered;
  clocks.put(id, before);
  throw conflict(
    `The data of ${login} are later than the time of the machine, up to ${toIso(dated)}: reset them, or restore a snapshot.`,
  );
}

function presentDelivered({ attempts, total, complete }: Delivered) {
  const shown = attempts.map(({ endpoint, delivery, at, ...became }) => ({
    at: toIso(at),
    endpoint: endpoint.endpointId,
    message: String(delivery.id),
    event: delivery.event,
    attempt: delivery.attempts + 1,
    ...became,
  }));
  return { attempts: shown, total, complete };
}

/** Of the fields that not every action takes, exactly those that this one does. @throws ApiError 400 */
function requireFields(
  action: z.output<typeof ClockChange>['action'],
  { instant, duration }: Pick<z.output<typeof ClockChange>, 'instant' | 'duration'>,
): void {
  if (action === 'set' && instant === undefined) throw badRequest('instant is missing');
  if (action === 'advance' && duration === undefined) throw badRequest('duration is missing');
  if (instant !== undefined && action !== 'set' && action !== 'freeze') {
    throw badRequest(`instant must be absent: ${action} takes none`);
  }
  if (duration !== undefined && action !== 'advance') {
    throw badRequest(`duration must be absent: ${action} takes none`);
  }
}

/** In the order in which they are listed. */
export const CLOCK_ROUTES: readonly ControlRoute[] = [get, put].flatMap(forMerchants);
