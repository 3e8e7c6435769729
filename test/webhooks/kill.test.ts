/**
 * Two processes share a database and are killed in turn while changes come in: a receiver gets every event, and for each
 * account in order, apart from repeats.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callAccount } from '../harness/soap-call';
import { SEED } from '../harness/seed';
import { makeDatabase, startServerProcess } from '../harness/server-process';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { openDatabase } from '../store/sqlite/database';
import { Receiver } from './receiver';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 3);

/** Changes of a round, half of them on each of these accounts. */
const CHANGES = 60;
const ACCOUNTS = ['alan-1912', 'ada-1815'];

let folder: string;
let database: string;
let receiver: Receiver;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-webhooks-'));
  database = join(folder, 'test.db');
  receiver = await new Receiver().start();
  await makeDatabase(database, SEED);
});
afterEach(async () => {
  await receiver.stop();
  rmSync(folder, { recursive: true });
});

async function grant(url: string, n: number): Promise<void> {
  const account = `<account><merchantAccountId>${ACCOUNTS[Math.floor(n / 2) % 2]}</merchantAccountId></account>`;
  const id = `<merchantEntitlementId>e${n}</merchantEntitlementId>`;
  const parts = `${account}<entitlement>${id}</entitlement>`;
  await callAccount(url, 'grantEntitlement', parts).catch(() => undefined);
}

function lastSequence(): number {
  const connection = openDatabase(database, { readonly: true });
  const last = connection
    .prepare(
      "SELECT max(sequence) FROM event JOIN merchant ON merchant.id = merchant_id WHERE login = 'acme_soap'",
    )
    .pluck()
    .get() as number;
  connection.close();
  return last;
}

test('nothing is lost, and each account is in order', async () => {
  const add = ['webhook', 'add', receiver.url, '--merchant', 'acme_soap'];
  expect((await runLatchkeyWith({ database }, ...add)).code).toBe(0);
  const first = lastSequence() + 1;
  // Some answers come late, so that a kill meets attempts under way.
  receiver.manner = (response) => void setTimeout(() => response.writeHead(204).end(), 5);
  const start = () => startServerProcess(database);
  let servers = await Promise.all([start(), start()]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, other] = servers;
    const calls = Array.from({ length: CHANGES }, (_, n) =>
      grant((n % 2 ? one : other).url, round * CHANGES + n),
    );
    await Promise.race([
      receiver.until(receiver.received.length + CHANGES / 4),
      Promise.all(calls),
    ]);
    await (round % 2 ? one : other).end('SIGKILL');
    await Promise.all(calls);
    servers = round % 2 ? [await start(), other] : [one, await start()];
  }
  const last = lastSequence();
  const wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const got = () => new Set(receiver.events.map(({ sequence }) => sequence));
  while (got().size < wanted.length) await receiver.until(receiver.received.length + 1);
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  expect([...got()].sort((a, b) => a - b)).toEqual(wanted);
  const seen = new Map<unknown, number>();
  const known = new Set<number>();
  for (const { sequence, data } of receiver.events) {
    if (known.has(sequence)) continue;
    known.add(sequence);
    const { VID } = data.account as { VID: string };
    expect(sequence).toBeGreaterThan(seen.get(VID) ?? 0);
    seen.set(VID, sequence);
  }
});
