/** Reads on in the feed for an endpoint, and makes its messages. Decided: docs/decisions/webhooks.md */
import type { Reader, Store } from '../store/store';
import type { Delivery, ReadyEndpoint } from '../store/webhooks';
import type { Message } from './format';
import type { FormatOf } from './formats';

/** How many messages of an endpoint may wait; the others are events yet. */
export const WINDOW = 1000;

/** The messages of the next events of an endpoint. */
export interface Made {
  readonly endpoint: ReadyEndpoint;
  /** The number of the last of the events. */
  readonly to: number;
  readonly messages: readonly Message[];
  /** The number of the last erasure before they were made; undefined: one was under way. */
  readonly erasure: number | undefined;
}

/**
 * Makes messages of the next events, as far as there are some and there is room.
 * @param most how many are read
 * @returns undefined: none was read
 */
export async function readOn(
  store: Pick<Store, 'reader' | 'now'>,
  formatOf: FormatOf,
  endpoint: ReadyEndpoint,
  most: number,
): Promise<Made | undefined> {
  const { id, merchantId, login, cursor, last } = endpoint;
  if (cursor >= last) return undefined;
  const reader = store.reader(merchantId);
  const room = WINDOW - (await reader.webhooks.countWaiting(id));
  if (room <= 0) return undefined;
  const erasure = await lastErasure(reader);
  const events = await reader.events.list(cursor, Math.min(most, room));
  const to = events.at(-1)?.sequence;
  if (to === undefined) return undefined;
  const making = { login, at: store.now() };
  const messages = await formatOf(endpoint).messagesOf(reader, endpoint, events, making);
  return { endpoint, to, messages, erasure };
}

/** As long as long work is under way, an erasure may be, and texts may hold what it is about to take. */
async function lastErasure({
  erasures,
  longWork,
}: Pick<Reader, 'erasures' | 'longWork'>): Promise<number | undefined> {
  return (await longWork.hasAny()) ? undefined : erasures.last();
}

/**
 * Keeps messages that were made, and moves the cursor on; not where another process has moved it. Where something was erased
 * meanwhile they are made anew of what is left: texts of before would stay.
 */
export async function keep(
  store: Pick<Store, 'transact'>,
  formatOf: FormatOf,
  { endpoint, to, messages, erasure }: Made,
): Promise<void> {
  const { id, merchantId, cursor, login } = endpoint;
  await store.transact(merchantId, async (unit) => {
    if (!(await unit.webhooks.moveCursor(id, cursor, to))) return;
    const at = unit.now();
    const isFresh = erasure !== undefined && erasure === (await lastErasure(unit));
    const events = isFresh ? [] : await unit.events.list(cursor, to - cursor);
    const kept = isFresh
      ? messages
      : await formatOf(endpoint).messagesOf(unit, endpoint, events, { login, at });
    await unit.webhooks.insertDeliveries(id, kept.map(toNew), at);
  });
}

function toNew({ id: messageId, name: event, lane, sequence, body }: Message) {
  return { messageId, event, lane, sequence, body };
}

/**
 * Makes the text of a message anew, after it was erased.
 * @returns undefined where nothing is left to be said
 */
export async function bodyOf(
  store: Pick<Store, 'reader' | 'now'>,
  formatOf: FormatOf,
  endpoint: ReadyEndpoint,
  { sequence, messageId }: Delivery,
): Promise<string | undefined> {
  const { merchantId, login } = endpoint;
  const reader = store.reader(merchantId);
  const events = await reader.events.list(sequence - 1, 1);
  const making = { login, at: store.now() };
  const messages = await formatOf(endpoint).messagesOf(reader, endpoint, events, making);
  return messages.find(({ id }) => id === messageId)?.body;
}
