/** Clients of several servers: writers that remember what was confirmed, and readers that walk on over every failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../soap/random-value';
import {
  accountId,
  call,
  CallFailed,
  fetchDelta,
  isEntitled,
  type Shown,
  xml,
  xmlAccount,
} from '../delta/calls';

/** A change that was confirmed, by the entitlement's id: each is granted once and revoked once. */
export type Confirmed = `${'grant' | 'revoke'} ${string}`;

/** An event of the feed, as far as it is compared. */
export interface FeedEvent {
  readonly id: string;
  readonly sequence: number;
}

/** A span that was walked, and what it showed. */
export interface Walked {
  readonly from: number;
  readonly until: number;
  readonly shown: readonly Shown[];
}

/** What clients need to know. */
export interface Crowd {
  /** The URL of a server that may be alive, another each time. */
  readonly server: () => string;
  readonly going: () => boolean;
}

/** A walk goes on after a failure, in a moment. */
const PAUSE = 50;

/** Grants and revokes; what was not answered is not repeated. @returns what was confirmed */
export async function write(crowd: Crowd, writer: number): Promise<Confirmed[]> {
  const confirmed: Confirmed[] = [];
  const random = new Random(`writer ${writer}`);
  for (let change = 0; crowd.going(); change += 1) {
    const id = `e-${writer}-${change}`;
    try {
      await sleep(random.below(20));
      const named = xml('merchantEntitlementId', id);
      await changed(crowd, 'grant', xmlAccount(accountId(writer)) + xml('entitlement', named));
      confirmed.push(`grant ${id}`);
      await expectEntitled(crowd, writer, id, true);
      await changed(crowd, 'revoke', xmlAccount(accountId(writer)) + named);
      confirmed.push(`revoke ${id}`);
      await expectEntitled(crowd, writer, id, false);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
    }
  }
  return confirmed;
}

async function changed(crowd: Crowd, change: 'grant' | 'revoke', parts: string): Promise<void> {
  const operation = `${change}Entitlement`;
  const { returnCode, returnString } = await call(crowd.server(), 'Account', operation, parts);
  if (returnCode !== '200') throw new CallFailed(returnString);
}

/** Whoever is asked after a change was confirmed knows of it. */
async function expectEntitled(crowd: Crowd, writer: number, id: string, expected: boolean) {
  const entitled = await isEntitled(crowd.server(), accountId(writer), id);
  if (entitled !== expected) throw new Error(`${id} is ${expected ? 'not ' : ''}entitled`);
}

/** Walks the changes of one span after another, page by page, each page until it is answered. */
export async function walkDeltas(crowd: Crowd, from: number): Promise<Walked[]> {
  const walked: Walked[] = [];
  for (let start = from; crowd.going();) {
    const until = Date.now();
    const shown: Shown[] = [];
    for (let page = 0; ; page += 1) {
      const query = { from: start, until, page, pageSize: 50 };
      const rows = await repeated(() => fetchDelta(crowd.server(), query));
      if (rows.length === 0) break;
      shown.push(...rows);
    }
    walked.push({ from: start, until, shown });
    start = until;
    await sleep(PAUSE);
  }
  return walked;
}

/** Walks the feed until it has the event of a number. @param until the number, once it is known */
export async function walkFeed(
  crowd: Crowd,
  key: string,
  until: () => number,
): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  while (events.length < until()) {
    const after = events.at(-1)?.sequence ?? 0;
    const page = await repeated(async () => {
      const url = `${crowd.server()}/v1/events?after=${after}&limit=100`;
      const reply = await fetch(url, { headers: { 'X-API-KEY': key } }).catch(() => undefined);
      if (!reply?.ok) throw new CallFailed('no page');
      return (await reply.json().catch(() => undefined)) as { events: FeedEvent[] } | undefined;
    });
    events.push(...(page?.events ?? []));
    await sleep(PAUSE);
  }
  return events;
}

async function repeated<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      await sleep(PAUSE);
    }
  }
}
