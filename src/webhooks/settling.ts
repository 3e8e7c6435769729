/** Writes down what came of attempts, in one unit of work. Decided: docs/decisions/webhooks.md */
import type { Logger } from 'pino';
import { TIME } from '../base/work';
import type { UnitOfWork } from '../store/store';
import type {
  Attempt,
  Delivery,
  DeliveryState,
  Endpoint,
  EndpointState,
  ReadyEndpoint,
} from '../store/webhooks';
import { recordEndpoint } from './endpoints';
import type { FormatOf } from './formats';
import { judge } from './outcome';
import type { Reply } from './transport';

/** How many messages that have ended stay, of each endpoint and end. */
const KEPT = 1000;

/** What came of an attempt. Moments are UTC milliseconds. */
export interface Result {
  readonly endpoint: ReadyEndpoint;
  readonly delivery: Delivery;
  /** When it began. */
  readonly at: number;
  /** When it had ended. */
  readonly now: number;
  /** Undefined: nothing was left to be said. */
  readonly reply: Reply | undefined;
}

interface Settling {
  readonly formatOf: FormatOf;
  readonly logger: Logger;
  /** From 0 to 1, for jitter. */
  readonly chance: () => number;
  /** Gets what an attempt has made of its message, before it is kept; default: nothing does. */
  readonly onState?: (state: DeliveryState) => void;
}

/**
 * Writes results of one merchant down. One of a message that has ended, was forgotten, or that another process has
 * written an attempt of, counts no more.
 * @returns the endpoints as they are then, by their rows
 */
export async function settle(
  unit: UnitOfWork,
  results: readonly Result[],
  settling: Settling,
): Promise<ReadonlyMap<number, Endpoint>> {
  const { webhooks } = unit;
  const endpoints = new Map<number, Endpoint>();
  for (const result of results) {
    const { endpoint: row } = result.delivery;
    const endpoint = endpoints.get(row) ?? (await webhooks.findRow(row));
    if (endpoint) endpoints.set(row, await settleOne(unit, result, endpoint, settling));
  }
  for (const row of endpoints.keys()) {
    await webhooks.forget(row, 'delivered', KEPT);
    await webhooks.forget(row, 'failed', KEPT);
  }
  return endpoints;
}

/** @returns the endpoint as it is then */
async function settleOne(
  unit: UnitOfWork,
  { delivery, reply, at, now }: Result,
  endpoint: Endpoint,
  { formatOf, logger, chance, onState }: Settling,
): Promise<Endpoint> {
  const { webhooks } = unit;
  const { id, attempts, event } = delivery;
  if (!reply) {
    const fate = { state: 'failed', endedAt: now } as const;
    const isSettled = await webhooks.settle(delivery, nothingLeft(attempts + 1, at), fate);
    if (isSettled) onState?.(fate.state);
    return endpoint;
  }
  const format = formatOf(endpoint);
  const circumstances = { delivery, endpoint, format, at, now, chance: chance() };
  const { attempt, fate, endpoint: state } = judge(reply, circumstances);
  if (!(await webhooks.settle(delivery, attempt, fate))) return endpoint;
  onState?.(fate.state);
  if (differs(endpoint, state)) await webhooks.setState(endpoint.id, state);
  const { number, status, failure, duration } = attempt;
  const line = { endpoint: endpoint.endpointId, event, delivery: id, attempt: number };
  logger[failure === undefined ? 'debug' : 'warn'](
    { ...line, status, failure, duration, state: fate.state },
    'message',
  );
  const after = { ...endpoint, ...state };
  if (endpoint.disabledAt === undefined && state.disabledAt !== undefined) {
    const { endpointId, disabledReason: reason } = after;
    await recordEndpoint(unit, { ...BY_ITSELF, now: unit.now() }, after, 'endpoint.disabled');
    logger.error({ endpoint: endpointId, reason }, 'endpoint disabled');
  }
  return after;
}

/** The author of what the server does by itself. */
const BY_ITSELF = { actor: TIME, callId: undefined };

function nothingLeft(number: number, at: number): Attempt {
  const failure = 'what it would say was erased';
  return { number, at, duration: 0, status: undefined, failure, answer: undefined };
}

function differs(one: EndpointState, other: EndpointState): boolean {
  return (
    one.failingSince !== other.failingSince ||
    one.notBefore !== other.notBefore ||
    one.disabledAt !== other.disabledAt
  );
}
