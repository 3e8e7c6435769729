/** The feed where two processes write, one of them is killed, and readers go on: every event once, in order. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../../src/access/authenticate-key';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { SEED } from '../harness/seed';
import { makeDatabase, type ServerProcess, startServerProcess } from '../harness/server-process';
import { callAccount, USER } from '../harness/soap-call';

const KEY = 'lk_reader-of-the-feed';
const HEADERS = { 'X-API-KEY': KEY };

/** Changes of each writer before the kill, and after it. */
const CHANGES = 40;

interface Event {
  readonly id: string;
  readonly sequence: number;
}

let folder: string;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-feed-'));
  database = join(folder, 'test.db');
  await makeDatabase(database, SEED);
  const store = openSqliteStore(database);
  const { id = 0 } = (await store.findMerchant(USER.login)) ?? {};
  const key = { name: 'reader', digest: digestOf(KEY), scope: 'read' as const, createdAt: 0 };
  await store.transact(id, async ({ apiKeys }) => apiKeys.insert(key));
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Grants and revokes in turn; calls that a killed server leaves without an answer are not repeated. */
async function write(server: () => ServerProcess, account: string): Promise<void> {
  const named = `<account><merchantAccountId>${account}</merchantAccountId></account>`;
  for (let change = 0; change < CHANGES; change += 1) {
    const id = `<merchantEntitlementId>${account}-${change >> 1}</merchantEntitlementId>`;
    const call =
      change % 2 === 0
        ? callAccount(server().url, 'grantEntitlement', `${named}<entitlement>${id}</entitlement>`)
        : callAccount(server().url, 'revokeEntitlement', named + id);
    await call.catch(() => undefined);
  }
}

/** Reads page by page, on whichever server there is, until it has the event of that number. */
async function readPages(server: () => ServerProcess, until: () => number): Promise<Event[]> {
  const events: Event[] = [];
  for (let after = 0; after < until();) {
    try {
      const query = `after=${after}&limit=17&wait=1`;
      const reply = await fetch(`${server().url}/v1/events?${query}`, { headers: HEADERS });
      const page = (await reply.json()) as { events: Event[]; last: number };
      events.push(...page.events);
      after = page.last;
    } catch {
      // The server was killed: the same page is asked for again.
    }
  }
  return events;
}

/** Reads streams as EventSource does: it comes again with the number of the last event that it has whole. */
async function readStream(server: () => ServerProcess, until: () => number): Promise<Event[]> {
  const events: Event[] = [];
  const last = () => events.at(-1)?.sequence ?? 0;
  while (last() < until()) {
    const ended = new AbortController();
    try {
      const accept = { Accept: 'text/event-stream', 'Last-Event-ID': String(last()) };
      const reply = await fetch(`${server().url}/v1/events`, {
        headers: { ...HEADERS, ...accept },
        signal: ended.signal,
      });
      let text = '';
      for await (const piece of reply.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(piece).toString();
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const [, data] = /^data: (\{.*)$/m.exec(part) ?? [];
          if (data !== undefined) events.push(JSON.parse(data) as Event);
        }
        if (last() >= until()) ended.abort();
      }
    } catch {
      // The server was killed, or all is read.
    }
  }
  return events;
}

test('kill -9 of one of two servers: pages and streams have each event once, in order, without gaps', async () => {
  const [first, second] = await Promise.all([
    startServerProcess(database),
    startServerProcess(database),
  ]);
  let other = second;
  let end = Infinity;
  const readers = [
    readPages(
      () => other,
      () => end,
    ),
    readStream(
      () => other,
      () => end,
    ),
    readStream(
      () => first,
      () => end,
    ),
  ];
  const writers = () => [
    write(() => first, 'ada-1815'),
    write(() => first, 'alan-1912'),
    write(() => other, 'grace-1906'),
    write(() => other, 'alan-1912'),
  ];
  const writing = writers();
  await writing[2];
  const killing = writers();
  await other.end('SIGKILL');
  other = await startServerProcess(database);
  await Promise.all([...writing, ...killing]);

  const reply = await fetch(`${first.url}/v1/events?limit=1000`, { headers: HEADERS });
  const whole = (await reply.json()) as { events: Event[]; last: number; more: boolean };
  expect(whole.more).toBe(false);
  // All changes but those that the kill cut off.
  expect(whole.last).toBeGreaterThan(4 * CHANGES);
  expect(whole.events.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: whole.last }, (_, index) => index + 1),
  );
  end = whole.last;
  // What waits or streams notices the end with the next event.
  await callAccount(
    first.url,
    'grantEntitlement',
    '<account><merchantAccountId>ada-1815</merchantAccountId></account>' +
      '<entitlement><merchantEntitlementId>last</merchantEntitlementId></entitlement>',
  );
  for (const events of await Promise.all(readers)) {
    expect(events.slice(0, whole.last)).toEqual(whole.events);
    expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(events.length);
  }
  await Promise.all([first.end('SIGTERM'), other.end('SIGTERM')]);
}, 120_000);
