/**
 * Two processes share a database and are killed in turn while changes come in: a receiver of webhooks, and one of push
 * notifications, gets every message, and for each account in order, apart from repeats.
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

/** What one kind of messages is. */
interface Kind {
  /** The command that has them sent. */
  readonly add: (url: string) => string[];
  /** The numbers of what is to be sent, all there are. */
  readonly numbers: string;
  /** What a message is about: its number, and the account. */
  readonly about: (message: unknown) => readonly [number, string];
}

const MERCHANT = "(SELECT id FROM merchant WHERE login = 'acme_soap')";

const KINDS: Readonly<Record<string, Kind>> = {
  webhooks: {
    add: (url) => ['webhook', 'add', '--url', url],
    numbers: `SELECT sequence FROM event WHERE merchant_id = ${MERCHANT} ORDER BY 1`,
    about: (message) => {
      const { sequence, data } = message as {
        sequence: number;
        data: { account: { VID: string } };
      };
      return [sequence, data.account.VID];
    },
  },
  'push notifications': {
    add: (url) => ['push', 'add', '--class', 'entitlement', '--skip', 'stop', '--url', url],
    numbers: `SELECT id FROM ledger WHERE merchant_id = ${MERCHANT} AND action = 'grant' ORDER BY 1`,
    about: (message) => {
      const { header, content } = message as Record<string, Record<string, string>>;
      return [Number(header?.['x_el_id']), content?.['merchantAccountId'] ?? ''];
    },
  },
};

function numbersOf({ numbers }: Kind): number[] {
  const connection = openDatabase(database, { readonly: true });
  const found = connection.prepare(numbers).pluck().all() as number[];
  connection.close();
  return found;
}

test.each(Object.entries(KINDS))(
  '%s: nothing is lost, each account is in order',
  async (_, kind) => {
    const add = [...kind.add(receiver.url), '--merchant', 'acme_soap'];
    expect((await runLatchkeyWith({ database }, ...add)).code).toBe(0);
    const before = new Set(numbersOf(kind));
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
    const wanted = numbersOf(kind).filter((number) => !before.has(number));
    expect(wanted.length).toBeGreaterThan(CHANGES);
    const got = () => receiver.events.map(kind.about);
    const known = () => new Set(got().map(([number]) => number));
    while (known().size < wanted.length) await receiver.until(receiver.received.length + 1);
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
    expect([...known()].sort((a, b) => a - b)).toEqual(wanted);
    const last = new Map<string, number>();
    const seen = new Set<number>();
    for (const [number, account] of got()) {
      if (seen.has(number)) continue;
      seen.add(number);
      expect(number).toBeGreaterThan(last.get(account) ?? 0);
      last.set(account, number);
    }
  },
);
