/**
 * Faults that take the disk or the database away from a running server: the caller learns why, nothing is
 * confirmed that isn't kept, the rest is served, and when the cause is gone, so is the failure.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled, testWith } from '../clients/scenario';
import { SEED } from '../harness/seed';
import {
  makeDatabase,
  runCheck,
  type ServerProcess,
  startServerProcess,
} from '../harness/server-process';
import { callAccount, type CallReply } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import { openDatabase } from '../store/sqlite/database';

const ACCOUNT = '<account><merchantAccountId>alan-1912</merchantAccountId></account>';
/** Enough for a few calls to fill what is left. */
const NOTE = `<note>${'x'.repeat(16_000)}</note>`;

let folder: string;
let database: string;
let server: ServerProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  database = join(folder, 'test.db');
  await makeDatabase(database, SEED);
});

afterEach(async () => {
  if (server.alive()) await server.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

const idOf = (name: string) => `<merchantEntitlementId>${name}</merchantEntitlementId>`;
const grant = (name: string, note = '') =>
  callAccount(
    server.url,
    'grantEntitlement',
    `${ACCOUNT}<entitlement>${idOf(name)}</entitlement>${note}`,
  );
const isEntitled = async (name: string) => {
  const reply = await callAccount(server.url, 'isEntitled', ACCOUNT + idOf(name));
  return textOf(reply.body, 'entitled');
};
const alive = async () => (await fetch(`${server.url}/healthz`)).status;

/** Grants under new names until one is refused. */
async function grantUntilRefused(confirmed: string[], prefix: string): Promise<CallReply> {
  for (let number = 0; number < 1000; number++) {
    const name = `${prefix}-${number}`;
    const reply = await grant(name, NOTE);
    if (reply.returnCode !== '200') {
      expect(await isEntitled(name)).toBe('0');
      return reply;
    }
    confirmed.push(name);
  }
  throw new Error('nothing was refused');
}

/** Killed, so that what counts is what is on disk. */
async function expectKept(confirmed: readonly string[]): Promise<void> {
  await server.end('SIGKILL');
  expect(await runCheck(database)).toContain('nothing is wrong');
  const connection = openDatabase(database, { readonly: true });
  const kept = connection
    .prepare(
      `SELECT merchant_entitlement_id FROM ledger WHERE at > 0 AND soap_id IS NOT NULL
              AND account_id = (SELECT id FROM account WHERE merchant_account_id = 'alan-1912')
              ORDER BY id`,
    )
    .pluck()
    .all();
  connection.close();
  expect(kept).toEqual(confirmed);
}

const refused = (cause: string) => ({
  status: 200,
  returnCode: '400',
  returnString: `Failed to save Account after granting entitlement: ${cause}.`,
});

const limitFileSize = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);

testWith(isInstalled(['prlimit', '--version']), 'util-linux')(
  'files may not grow → not saved; when they may again, it goes on by itself',
  async () => {
    server = await startServerProcess(database);
    const confirmed: string[] = [];
    for (const round of ['one', 'two']) {
      await grant(`${round}-first`);
      confirmed.push(`${round}-first`);
      limitFileSize(statSync(`${database}-wal`).size + 100_000);
      const reply = await grantUntilRefused(confirmed, round);
      expect(reply).toMatchObject(refused('the disk cannot be read or written'));
      expect(await alive()).toBe(200);
      expect(await isEntitled(`${round}-first`)).toBe('1');
      limitFileSize('unlimited');
    }
    expect(await grant('after')).toMatchObject({ returnCode: '200' });
    await expectKept([...confirmed, 'after']);
  },
);

/** Whether small file systems can be mounted here: it takes root. */
function mounts(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'latchkey-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

// CI may not be root; files that may not grow are tested there all the same.
(mounts() ? test : test.skip)(
  'a full disk → not saved; when there is room again, it goes on by itself',
  async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
    try {
      database = join(disk, 'test.db');
      await makeDatabase(database, SEED);
      server = await startServerProcess(database);
      const confirmed: string[] = [];
      for (const round of ['one', 'two']) {
        const ballast = join(disk, 'ballast');
        expect(() => writeFileSync(ballast, Buffer.alloc(4_000_000))).toThrow('ENOSPC');
        const reply = await grantUntilRefused(confirmed, round);
        expect(reply).toMatchObject(refused('the disk is full'));
        expect(await alive()).toBe(200);
        rmSync(ballast);
        expect(await grant(`${round}-after`)).toMatchObject({ returnCode: '200' });
        confirmed.push(`${round}-after`);
      }
      await expectKept(confirmed);
    } finally {
      if (server.alive()) await server.end('SIGKILL');
      execFileSync('umount', [disk]);
    }
  },
);

test('another process holds the lock: changes wait, everything else is served', async () => {
  server = await startServerProcess(database);
  const other = openDatabase(database);
  other.exec('BEGIN IMMEDIATE');
  let waiting = true;
  const granting = grant('late').finally(() => (waiting = false));
  // Few: the lock is waited for some seconds only.
  for (let time = 0; time < 3; time++) {
    expect(await alive()).toBe(200);
    expect(await isEntitled('late')).toBe('0');
  }
  expect(waiting).toBe(true);
  other.exec('COMMIT');
  other.close();
  expect(await granting).toMatchObject({ returnCode: '200' });
  await expectKept(['late']);
});

test('another process keeps the lock → not saved, in the end', async () => {
  server = await startServerProcess(database);
  const other = openDatabase(database);
  other.exec('BEGIN IMMEDIATE');
  expect(await grant('never')).toMatchObject(refused('the database is locked by another process'));
  other.close();
  expect(await grant('then')).toMatchObject({ returnCode: '200' });
  await expectKept(['then']);
});

describe('files taken away while the server is stopped', () => {
  test.each(['-wal', '-shm'])('%s after a stop: nothing is missing', async (end) => {
    server = await startServerProcess(database);
    await grant('kept');
    await server.end('SIGTERM');
    rmSync(database + end, { force: true });
    server = await startServerProcess(database);
    expect(await isEntitled('kept')).toBe('1');
    await expectKept(['kept']);
  });

  test('-shm after a kill: it is made again', async () => {
    server = await startServerProcess(database);
    await grant('kept');
    await server.end('SIGKILL');
    rmSync(`${database}-shm`);
    server = await startServerProcess(database);
    expect(await isEntitled('kept')).toBe('1');
    await expectKept(['kept']);
  });

  test('-wal after a kill: changes that were only there are lost, and the rest is whole', async () => {
    server = await startServerProcess(database);
    await grant('lost');
    await server.end('SIGKILL');
    expect(existsSync(`${database}-wal`)).toBe(true);
    rmSync(`${database}-wal`);
    server = await startServerProcess(database);
    expect(await isEntitled('lost')).toBe('0');
    expect(await grant('new')).toMatchObject({ returnCode: '200' });
    await expectKept(['new']);
  });
});
