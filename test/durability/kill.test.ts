/**
 * The server is killed at random moments under load. Confirmed changes are there when it is back,
 * with its line in the ledger, and nothing is half done. `npm run test:kill` does fifty rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeDatabase, runCheck, startServerProcess } from '../harness/server-process';
import { callAccount } from '../harness/soap-call';
import { SEED } from '../harness/seed';
import { textOf } from '../harness/xml';
import { Random } from '../soap/random-value';
import { openDatabase } from '../store/sqlite/database';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4);
const SEED_OF_RUN = process.env.KILL_SEED ?? '1';
/** Calls under way at any time, each on an entitlement of its own. */
const CALLERS = 16;
/** The most that is confirmed before the kill, and then the most milliseconds until it. */
const MAX_CONFIRMED = 400;
const MAX_DELAY = 20;

/** A change that the server confirmed. */
interface Confirmed {
  readonly soapId: string;
  readonly action: string;
  readonly entitlement: string;
}

const named = (caller: number) =>
  '<account><merchantAccountId>alan-1912</merchantAccountId></account>' +
  `<merchantEntitlementId>caller-${caller}</merchantEntitlementId>`;

/** Grants and revokes in turn until the server is gone. */
async function changeUntilGone(url: string, caller: number, onConfirmed: (c: Confirmed) => void) {
  const entitlement = `caller-${caller}`;
  const id = `<merchantEntitlementId>${entitlement}</merchantEntitlementId>`;
  const account = '<account><merchantAccountId>alan-1912</merchantAccountId></account>';
  for (;;) {
    for (const action of ['grant', 'revoke']) {
      const parts =
        action === 'grant' ? `${account}<entitlement>${id}</entitlement>` : account + id;
      const reply = await callAccount(url, `${action}Entitlement`, parts).catch(() => undefined);
      if (!reply) return;
      if (reply.returnCode !== '200') throw new Error(reply.body);
      onConfirmed({ soapId: textOf(reply.body, 'soapId') ?? '', action, entitlement });
    }
  }
}

/** Puts the server under load and kills it. @returns the changes confirmed by then */
async function loadAndKill(database: string, random: Random) {
  const server = await startServerProcess(database);
  const confirmed: Confirmed[] = [];
  const target = 1 + random.below(MAX_CONFIRMED);
  await new Promise<void>((resolve, reject) => {
    const callers = Array.from({ length: CALLERS }, (_, caller) =>
      changeUntilGone(server.url, caller, (change) => {
        confirmed.push(change);
        // The moment is what is random here: nothing is waited for.
        if (confirmed.length === target)
          void setTimeout(random.below(MAX_DELAY)).then(() => server.end('SIGKILL'));
      }),
    );
    Promise.all(callers).then(() => resolve(), reject);
  });
  return { confirmed, startMs: server.startMs };
}

interface Line {
  readonly soapId: string;
  readonly action: string;
  readonly entitlement: string;
}

function readLedger(database: string): Line[] {
  const connection = openDatabase(database, { readonly: true });
  const lines = connection
    .prepare(
      `SELECT soap_id AS soapId, action, merchant_entitlement_id AS entitlement FROM ledger
       WHERE merchant_entitlement_id GLOB 'caller-*' ORDER BY id`,
    )
    .all() as Line[];
  connection.close();
  return lines;
}

test(
  `kill -9, ${ROUNDS} times: confirmed changes are there, and nothing is half done`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const database = join(folder, 'test.db');
    const random = new Random(SEED_OF_RUN);
    const starts: number[] = [];
    let confirmedTotal = 0;
    let unconfirmedTotal = 0;
    try {
      await makeDatabase(database, SEED);
      const all: Confirmed[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const known = readLedger(database).length;
        const { confirmed, startMs } = await loadAndKill(database, random);
        starts.push(startMs);
        all.push(...confirmed);
        confirmedTotal += confirmed.length;
        // Before any server opened it again: the file is whole right after the kill.
        expect(await runCheck(database)).toContain('nothing is wrong');
        const ledger = readLedger(database);
        const bySoapId = new Map(ledger.map((line) => [line.soapId, line]));
        expect(bySoapId.size).toBe(ledger.length);
        for (const change of all) expect(bySoapId.get(change.soapId)).toEqual(change);
        // Beyond what was confirmed, only what was under way.
        const unconfirmed = ledger.length - known - confirmed.length;
        expect(unconfirmed).toBeGreaterThanOrEqual(0);
        expect(unconfirmed).toBeLessThanOrEqual(CALLERS);
        unconfirmedTotal += unconfirmed;
        starts.push(await expectServed(database, ledger));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    if (process.env.KILL_ROUNDS !== undefined) {
      starts.sort((a, b) => a - b);
      console.log({
        rounds: ROUNDS,
        confirmed: confirmedTotal,
        keptUnconfirmed: unconfirmedTotal,
        medianStartMs: Math.round(starts[starts.length >> 1] ?? 0),
        slowestStartMs: Math.round(starts.at(-1) ?? 0),
      });
    }
  },
  60_000 + ROUNDS * 10_000,
);

/** Over the wire, each entitlement is what its last line of the ledger says. */
async function expectServed(database: string, ledger: readonly Line[]): Promise<number> {
  const server = await startServerProcess(database);
  for (let caller = 0; caller < CALLERS; caller++) {
    const last = ledger.findLast(({ entitlement }) => entitlement === `caller-${caller}`);
    const reply = await callAccount(server.url, 'isEntitled', named(caller));
    expect(reply.returnCode).toBe('200');
    expect(textOf(reply.body, 'entitled')).toBe(last?.action === 'grant' ? '1' : '0');
  }
  await server.end('SIGTERM');
  return server.startMs;
}
