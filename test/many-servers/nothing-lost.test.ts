/**
 * Three servers on one database, writers and readers on all of them; one server after another is killed, and PostgreSQL
 * crashes now and then. What readers were shown is the ledger, each line once and in order; what was confirmed is there.
 * `MANY_SERVERS_SECONDS=3600` makes it an hour.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../../src/access/authenticate-key';
import { hashPassword } from '../../src/access/password';
import { newId } from '../../src/base/new-id';
import { loadMerchant } from '../../src/demo';
import { openPostgresStore } from '../../src/store/postgres/postgres-store';
import type { StoredEvent } from '../../src/store/events';
import { CutLine } from '../harness/cut-line';
import { MERCHANT, merchantWith } from '../delta/calls';
import { type ServerProcess, startServerProcess } from '../harness/server-process';
import { CONNECTIONS, describeOnPostgres, makeDatabase, withClient } from '../harness/postgres';
import { Random } from '../soap/random-value';
import { type Confirmed, type Crowd, walkDeltas, type Walked, walkFeed, write } from './crowd';

const SECONDS = Number(process.env.MANY_SERVERS_SECONDS ?? 60);
const SERVERS = 3;
const WRITERS = 64;
/** Of each kind. */
const READERS = 4;
/** A server is killed that often, in milliseconds; each fourth time PostgreSQL crashes as well. */
const KILLS = 5000;

/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:9';

const KEY = 'lk_reader-of-many';
const CHEAP = { N: 2, r: 1, p: 1 };

/** Kills one of its processes: PostgreSQL then ends all connections, and begins anew from its log. */
async function crash(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
       AND application_name = 'latchkey' LIMIT 1`,
    );
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  });
}

/** Fills a database. @returns the merchant's row */
async function fill(url: string): Promise<number> {
  // What is confirmed has to survive a crash.
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    await client.query(`ALTER DATABASE ${rows[0]?.name} SET synchronous_commit = on`);
  });
  const store = await openPostgresStore(url, CONNECTIONS);
  const hash = await hashPassword(MERCHANT.password, CHEAP);
  await loadMerchant(merchantWith(WRITERS), hash, { store, timeZone: 'UTC', newId });
  const { id = 0 } = (await store.findMerchant(MERCHANT.login)) ?? {};
  const key = { name: 'reader', digest: digestOf(KEY), scope: 'read' as const, createdAt: 0 };
  await store.transact(id, async ({ apiKeys }) => apiKeys.insert(key));
  await store.close();
  return id;
}

/** Starts a server, once more where PostgreSQL has no connection for it yet: a supervisor does the same. */
async function startAgain(start: () => Promise<ServerProcess>): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 10 || !/: ((no|the) connection to )?the database /.test(String(error)))
        throw error;
    }
  }
}

/** The whole feed, read when all is over. */
async function readFeed(url: string, merchant: number): Promise<StoredEvent[]> {
  const store = await openPostgresStore(url, CONNECTIONS);
  const { events } = store.reader(merchant);
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await events.list(all.length, 1000);
    all.push(...page);
    if (page.length < 1000) break;
  }
  await store.close();
  return all;
}

function expectWalked(feed: readonly StoredEvent[], walked: readonly Walked[]): void {
  for (const { from, until, shown } of walked) {
    const changed = new Set<string>();
    for (const { line } of feed) {
      if (line && line.at >= from && line.at < until) changed.add(line.merchantEntitlementId);
    }
    const ids = shown.map(({ id }) => id);
    expect(new Set(ids)).toEqual(changed);
    expect(ids).toHaveLength(changed.size);
  }
}

function expectConfirmed(feed: readonly StoredEvent[], confirmed: readonly Confirmed[]): void {
  const lines = feed.flatMap(({ line }) =>
    line ? [`${line.action} ${line.merchantEntitlementId}`] : [],
  );
  const kept = new Set(lines);
  // Nothing was done twice.
  expect(kept.size).toBe(lines.length);
  expect(confirmed.filter((change) => !kept.has(change))).toEqual([]);
}

describeOnPostgres('three servers', () => {
  test(
    `${WRITERS} writers, ${2 * READERS} readers, kill -9 for ${SECONDS} s: nothing is lost, nothing is done twice`,
    async () => {
      const url = await makeDatabase();
      const merchant = await fill(url);
      const began = Date.now();
      const line = await CutLine.open(url);
      const random = new Random(process.env.MANY_SERVERS_SEED ?? '1');
      line.pause = () => random.below(3);
      const start = () =>
        startAgain(() => startServerProcess(line.url, { LATCHKEY_DATABASE_WAIT: '5000' }));
      const servers: Array<ServerProcess | undefined> = [];
      for (let count = 0; count < SERVERS; count += 1) servers.push(await start());
      let going = true;
      const crowd: Crowd = {
        server: () => servers[random.below(SERVERS)]?.url ?? NOBODY,
        going: () => going,
      };
      let last = Infinity;
      const writing = Array.from({ length: WRITERS }, (_, writer) => write(crowd, writer));
      const deltas = Array.from({ length: READERS }, () => walkDeltas(crowd, began));
      const feeds = Array.from({ length: READERS }, () => walkFeed(crowd, KEY, () => last));
      const end = performance.now() + SECONDS * 1000;
      try {
        for (let kill = 0; performance.now() < end; kill += 1) {
          await sleep(KILLS);
          if (kill % 4 === 3) await crash(url);
          const index = kill % SERVERS;
          const server = servers[index];
          // Others may take its port at once: nobody must call there.
          servers[index] = undefined;
          await server?.end('SIGKILL');
          servers[index] = await start();
        }
      } finally {
        going = false;
      }
      const confirmed = (await Promise.all(writing)).flat();
      const walks = await Promise.all(deltas);
      const feed = await readFeed(url, merchant);
      last = feed.length;
      expect(feed.map(({ sequence }) => sequence)).toEqual(feed.map((_, index) => index + 1));
      expectConfirmed(feed, confirmed);
      for (const walked of walks) expectWalked(feed, walked);
      const numbers = (await Promise.all(feeds)).map((events) =>
        events.map(({ sequence }) => sequence),
      );
      for (const read of numbers) expect(read).toEqual(feed.map(({ sequence }) => sequence));
      // Else nothing of this would say anything.
      expect(confirmed.length).toBeGreaterThan(WRITERS);
      console.log({ seconds: SECONDS, confirmed: confirmed.length, lines: feed.length });
      await Promise.all(servers.map(async (server) => server?.end('SIGTERM')));
      await line.close();
    },
    SECONDS * 1000 + 240_000,
  );
});
