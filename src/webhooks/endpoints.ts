/**
 * What the owner of endpoints does with them, whatever their kind and on whichever surface.
 * Decided: docs/decisions/webhooks.md
 */
import { cut } from '../base/quote';
import { conflict, invalid, notFound } from '../base/refusal';
import type { Work } from '../base/work';
import { recordEvent } from '../ledger/record-event';
import type { EndpointDocument, RecordedType } from '../store/events';
import type { Reader, UnitOfWork } from '../store/store';
import {
  type Delivery,
  type Endpoint,
  type EndpointKind,
  type EndpointState,
  MOST_ENDPOINTS,
  type NewEndpoint,
} from '../store/webhooks';
import { faultOfUrl, type Target } from './addresses';
import type { Format } from './format';

/** What an endpoint is called, by its kind. */
const NAMES: Readonly<Record<EndpointKind, string>> = {
  webhook: 'webhook',
  push: 'push subscription',
};

export const unknownEndpoint = (kind: EndpointKind, endpointId: string) =>
  notFound(`There is no ${NAMES[kind]} ${cut(endpointId)}.`);
export const unknownDelivery = (id: string) => notFound(`There is no message ${cut(id)} to it.`);
export const stillWaits = (id: number) =>
  conflict(`The message ${id} still waits: it is sent by itself.`);
export const isDisabled = (kind: EndpointKind) =>
  conflict(`The ${NAMES[kind]} is disabled: enable it first.`);

/**
 * An endpoint of a kind.
 * @throws Refusal 404 where the merchant has none of that id
 */
export async function requireEndpoint(
  { webhooks }: Pick<Reader, 'webhooks'>,
  kind: EndpointKind,
  endpointId: string,
): Promise<Endpoint> {
  const found = await webhooks.find(endpointId);
  if (found?.kind !== kind) throw unknownEndpoint(kind, endpointId);
  return found;
}

/**
 * A message to an endpoint.
 * @param id as clients have it: the number of its row, as text
 * @throws Refusal 404 where there is none
 */
export async function requireDelivery(
  { webhooks }: Pick<Reader, 'webhooks'>,
  endpoint: Endpoint,
  id: string,
): Promise<Delivery> {
  const found = /^\d{1,15}$/.test(id) ? await webhooks.findDelivery(Number(id)) : undefined;
  if (found?.endpoint !== endpoint.id) throw unknownDelivery(id);
  return found;
}

/** @throws Refusal 400 where a URL is none that can be called */
export function requireUrl(target: Target): void {
  const fault = faultOfUrl(target);
  if (fault !== undefined) throw invalid(`url ${fault}.`);
}

/**
 * Makes an endpoint. It gets messages of what happens from now on.
 * @throws Refusal 400 for its URL, 409 where the merchant has the most there may be
 */
export async function addEndpoint(
  { webhooks, events }: Pick<UnitOfWork, 'webhooks' | 'events'>,
  { now: createdAt, actor: createdBy, newId }: Work,
  values: Omit<NewEndpoint, 'endpointId' | 'createdAt' | 'createdBy' | 'cursor'>,
): Promise<Endpoint> {
  requireUrl(values);
  if ((await webhooks.list(values.kind)).length >= MOST_ENDPOINTS) {
    throw conflict(`There are ${MOST_ENDPOINTS} already, and no more are possible: remove some.`);
  }
  const endpointId = newId();
  const cursor = await events.last();
  await webhooks.insert({ ...values, endpointId, createdAt, createdBy, cursor });
  return requireEndpoint({ webhooks }, values.kind, endpointId);
}

/** @throws Refusal 400 for its URL */
export async function changeEndpoint(
  { webhooks }: Pick<UnitOfWork, 'webhooks'>,
  endpoint: Endpoint,
  changes: Partial<Pick<Endpoint, 'url' | 'private' | 'format' | 'settings' | 'secrets'>>,
): Promise<Endpoint> {
  const changed = { ...endpoint, ...changes };
  // An address that is not changed stays, even if it could not be given now.
  if (changed.url !== endpoint.url) requireUrl(changed);
  await webhooks.update(endpoint.id, changed);
  return changed;
}

const WELL: EndpointState = {
  failingSince: undefined,
  notBefore: undefined,
  disabledAt: undefined,
  disabledReason: undefined,
};

/** Has an endpoint get messages again: what waits is tried at once, then all that happened meanwhile. */
export async function enableEndpoint(
  unit: Pick<UnitOfWork, 'webhooks' | 'events'>,
  work: Author,
  endpoint: Endpoint,
): Promise<Endpoint> {
  const { webhooks } = unit;
  await webhooks.setState(endpoint.id, WELL);
  await webhooks.hurry(endpoint.id, work.now);
  const enabled = { ...endpoint, ...WELL };
  const wasDisabled = endpoint.disabledAt !== undefined;
  if (wasDisabled) await recordEndpoint(unit, work, enabled, 'endpoint.enabled');
  return enabled;
}

/** Has an endpoint get none. One that is disabled stays as it is. */
export async function disableEndpoint(
  unit: Pick<UnitOfWork, 'webhooks' | 'events'>,
  work: Author,
  endpoint: Endpoint,
): Promise<Endpoint> {
  if (endpoint.disabledAt !== undefined) return endpoint;
  const { now, actor } = work;
  const disabled = { ...endpoint, disabledAt: now, disabledReason: `by ${actor}` };
  await unit.webhooks.setState(endpoint.id, disabled);
  await recordEndpoint(unit, work, disabled, 'endpoint.disabled');
  return disabled;
}

/** The author of a change, its call and moment. */
type Author = Pick<Work, 'actor' | 'callId' | 'now'>;

/**
 * Adds to the feed that an endpoint was disabled or enabled. Its URL is left out: it may hold a secret, and the event goes to
 * other endpoints.
 * @param endpoint as it is now
 */
export async function recordEndpoint(
  unit: Pick<UnitOfWork, 'events'>,
  work: Author,
  { endpointId: id, kind, settings, failingSince, disabledReason }: Endpoint,
  type: EndpointHappening,
): Promise<void> {
  const { description } = settings as { description?: string };
  const document: EndpointDocument = { id, kind, description, failingSince, disabledReason };
  await recordEvent(unit, work, { type, accountId: undefined, document });
}

/** What the feed calls what happened to an endpoint. */
type EndpointHappening = Extract<RecordedType, `endpoint.${string}`>;

/**
 * Adds the message of a test. The background sends it.
 * @throws Refusal 409 where the endpoint is disabled
 */
export async function testEndpoint(
  { webhooks }: Pick<UnitOfWork, 'webhooks'>,
  { now, newId }: Pick<Work, 'now' | 'newId'>,
  endpoint: Endpoint,
  { format, login }: { readonly format: Format; readonly login: string },
): Promise<Delivery> {
  requireEnabled(endpoint);
  const { id, name, ...message } = format.testOf(endpoint, newId(), { login, at: now });
  await webhooks.insertDeliveries(endpoint.id, [{ messageId: id, event: name, ...message }], now);
  const [made] = await webhooks.listDeliveries({ endpoint: endpoint.id, limit: 1 });
  return made as Delivery;
}

/**
 * Has a message that was delivered or given up be sent again, with the same text and id.
 * @throws Refusal 409 where it waits, or the endpoint is disabled
 */
export async function resendDelivery(
  { webhooks }: Pick<UnitOfWork, 'webhooks'>,
  { now }: Pick<Work, 'now'>,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<Delivery> {
  requireEnabled(endpoint);
  if (delivery.state === 'waiting') throw stillWaits(delivery.id);
  await webhooks.resend(delivery, now);
  return { ...delivery, state: 'waiting', dueAt: now, endedAt: undefined };
}

/**
 * Has all that happened after an event go out once more, with the same ids; messages that wait about later events are
 * made anew.
 * @param after the number of the event; 0: from the beginning
 * @throws Refusal 409 where the feed does not reach it
 */
export async function replay(
  { webhooks, events }: Pick<UnitOfWork, 'webhooks' | 'events'>,
  endpoint: Endpoint,
  after: number,
): Promise<Endpoint> {
  const last = await events.last();
  if (after > last) throw conflict(`after is ${after}, but the last event is ${last}.`);
  await webhooks.rewind(endpoint.id, after);
  return { ...endpoint, cursor: after };
}

/** The number of the last event before a moment, in the order of the feed. @param moment UTC milliseconds */
export async function lastBefore(
  { events }: Pick<Reader, 'events'>,
  moment: number,
): Promise<number> {
  let before = 0;
  let end = (await events.last()) + 1;
  while (end - before > 1) {
    const middle = Math.floor((before + end) / 2);
    const [event] = await events.list(middle - 1, 1);
    const at = (event?.line ?? event?.event)?.at ?? Infinity;
    if (at < moment) before = middle;
    else end = middle;
  }
  return before;
}

function requireEnabled({ kind, disabledAt }: Endpoint): void {
  if (disabledAt !== undefined) throw isDisabled(kind);
}
