/** Server-Sent Events read from an answer: an EventSource cannot say whose events are wanted. */
import { openStream, Problem, send } from '../api/request';
import type { FeedEvent } from '../api/v1.generated';

/** What the reader of a stream gets. */
export interface Watcher {
  readonly onEvent: (event: FeedEvent) => void;
  readonly onState: (state: 'open' | 'lost') => void;
  /** The stream cannot go on. */
  readonly onProblem: (problem: unknown) => void;
}

/** Milliseconds before a lost stream is opened anew. */
const PAUSE = 2000;

/**
 * Follows a merchant's events until the signal says so; a stream that is lost is opened anew after the last event.
 * @param after the number of the last event that was seen
 */
export async function follow(
  merchant: string,
  after: number,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<void> {
  let last = after;
  for (;;) {
    try {
      const response = await openStream({ merchant, query: { after: last }, signal });
      watcher.onState('open');
      for await (const { id, data } of messagesOf(response)) {
        last = id ?? last;
        if (data !== '') watcher.onEvent(JSON.parse(data) as FeedEvent);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status >= 400 && error.status < 500) {
        watcher.onProblem(error);
        return;
      }
    }
    watcher.onState('lost');
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return;
  }
}

interface Message {
  readonly id: number | undefined;
  readonly data: string;
}

async function* messagesOf({ body }: Response): AsyncGenerator<Message> {
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const message = readMessage(part);
      if (message) yield message;
    }
  }
}

/** A message's id and data; undefined: a comment, or how long to wait. */
function readMessage(text: string): Message | undefined {
  const lines = text.split('\n');
  const valueOf = (name: string) =>
    lines
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trimStart();
  const data = valueOf('data');
  if (data === undefined) return undefined;
  const id = valueOf('id');
  return { id: id === undefined ? undefined : Number(id), data };
}

/**
 * The latest events, the newest first, and the number of the last.
 * @param count how many at most
 */
export async function latestEvents(merchant: string, count: number, signal: AbortSignal) {
  const { last: newest } = await send('getLastEvent', { merchant, signal });
  const after = Math.max(0, newest - count);
  const { events, last } = await send('listEvents', {
    merchant,
    query: { after, limit: count },
    signal,
  });
  return { events: [...events].reverse(), last };
}
