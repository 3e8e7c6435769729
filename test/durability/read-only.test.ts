/**
 * Files that may not be written. A running server refuses what it cannot keep, and goes on by itself
 * when the cause is gone; a server that could keep nothing doesn't start.
 */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { ROOT } from '../harness/server';
import {
  makeDatabase,
  runCheck,
  type ServerProcess,
  startServerProcess,
} from '../harness/server-process';
import { callAccount } from '../harness/soap-call';
import { textOf } from '../harness/xml';

let folder: string;
let database: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  mkdirSync(join(folder, 'data'));
  database = join(folder, 'data', 'test.db');
  await makeDatabase(database, SEED);
});

afterEach(() => {
  chmodSync(join(folder, 'data'), 0o755);
  rmSync(folder, { recursive: true });
});

const freeze = (file: string) => spawnSync('chattr', ['+i', file]);
const thaw = (file: string) => spawnSync('chattr', ['-i', file]);

/** Whether chattr stops even processes with the file open: its mode counts only on opening. */
function canFreeze(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'latchkey-'));
  const file = join(place, 'file');
  const descriptor = openSync(file, 'w');
  try {
    freeze(file);
    writeSync(descriptor, 'x');
    return false;
  } catch {
    return true;
  } finally {
    thaw(file);
    closeSync(descriptor);
    rmSync(place, { recursive: true });
  }
}

const FREEZES = canFreeze();
const testFrozen = FREEZES ? test : test.skip;
const NEEDS = FREEZES ? '' : ' (needs root, chattr, and a file system such as ext4)';

describe('under a running server', () => {
  const ACCOUNT = '<account><merchantAccountId>alan-1912</merchantAccountId></account>';
  const idOf = (name: string) => `<merchantEntitlementId>${name}</merchantEntitlementId>`;
  const notSaved = (change: string) => ({
    status: 200,
    returnCode: '400',
    returnString: `Failed to save Account after ${change} entitlement: the disk cannot be read or written.`,
  });

  let server: ServerProcess;

  afterEach(() => server.end('SIGKILL'));

  const grant = (name: string) =>
    callAccount(
      server.url,
      'grantEntitlement',
      `${ACCOUNT}<entitlement>${idOf(name)}</entitlement>`,
    );
  const revoke = (name: string) =>
    callAccount(server.url, 'revokeEntitlement', ACCOUNT + idOf(name));
  const isEntitled = async (name: string) => {
    const reply = await callAccount(server.url, 'isEntitled', ACCOUNT + idOf(name));
    return textOf(reply.body, 'entitled');
  };

  /** Gives acme_soap an offer and a key. @returns orders it over REST; fulfils with the status */
  async function openShop(): Promise<() => Promise<number>> {
    const json = async (...args: string[]) => {
      const { stdout } = await runLatchkey(database, ...args, '--merchant', 'acme_soap', '--json');
      return JSON.parse(stdout) as Record<string, string>;
    };
    await json('offer', 'add', 'Lab', '--id', 'lab', '--entitlement', 'lab');
    const { key = '' } = await json('key', 'add', 'shop');
    return async () => {
      const reply = await fetch(`${server.url}/v1/users/grant-user-offer-by-mail`, {
        method: 'POST',
        headers: { 'X-API-KEY': key, 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: 'bob@example.com', grantOffer: 'lab', orderId: 'A1' }),
      });
      return reply.status;
    };
  }

  /** Killed, so that what counts is what is on disk. */
  async function expectLedger(lines: readonly string[]): Promise<void> {
    await server.end('SIGKILL');
    expect(await runCheck(database)).toContain('nothing is wrong');
    const { stdout } = await runLatchkey(database, 'ledger', '--account', 'alan-1912');
    const columns = stdout.split('\n').map((line) => line.split('\t'));
    expect(columns.slice(0, -1).map((line) => `${line[3]} ${line[4]}`)).toEqual(lines);
  }

  testFrozen(`-wal → not saved; when it may be written again, it goes on${NEEDS}`, async () => {
    const order = await openShop();
    server = await startServerProcess(database);
    await grant('old');
    freeze(`${database}-wal`);
    try {
      expect(await grant('new')).toMatchObject(notSaved('granting'));
      expect(await revoke('old')).toMatchObject(notSaved('revoking'));
      expect(await order()).toBe(503);
      expect(await isEntitled('old')).toBe('1');
      expect(await isEntitled('new')).toBe('0');
    } finally {
      thaw(`${database}-wal`);
    }
    expect(await revoke('old')).toMatchObject({ returnCode: '200' });
    expect(await grant('new')).toMatchObject({ returnCode: '200' });
    expect(await order()).toBe(200);
    await expectLedger(['grant old', 'revoke old', 'grant new']);
  });

  testFrozen(`the database itself → changes are kept in its -wal${NEEDS}`, async () => {
    server = await startServerProcess(database);
    freeze(database);
    try {
      expect(await grant('kept')).toMatchObject({ returnCode: '200' });
      await server.end('SIGTERM');
    } finally {
      thaw(database);
    }
    await expectLedger(['grant kept']);
  });
});

describe('before the start', () => {
  const CLI = join(ROOT, 'dist', 'src', 'cli.js');
  /** Root may write whatever the mode says, unless it gives that up. */
  const AS_OTHERS = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];
  const COMMAND = [...(process.getuid?.() === 0 ? AS_OTHERS : ['env']), process.execPath, CLI];

  /** One that starts all the same is stopped, and ends with code 0. */
  function serve(path: string) {
    const [command, ...args] = [...COMMAND, 'serve', '--database', path, '--port', '0'];
    return new Promise((resolve) => {
      execFile(command, args, { timeout: 10_000 }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : error.code, stdout, stderr });
      });
    });
  }

  test.each([
    ['the file', 'data/test.db', 'data/test.db'],
    ['its -wal', 'data/test.db-wal', 'data/test.db'],
    ['its -shm', 'data/test.db-shm', 'data/test.db'],
    ['its folder', 'data', 'data/test.db'],
    ['where its folder would be made', 'data', 'data/more/folders/test.db'],
  ])('%s → one line that says so', async (_what, readOnly, path) => {
    const denied = join(folder, readOnly);
    if (!existsSync(denied)) writeFileSync(denied, '');
    chmodSync(denied, 0o555);
    expect(await serve(join(folder, path))).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `latchkey: ${denied} cannot be opened for writing: permission denied; the user who runs ` +
        'the server must be able to read and write the database, its -wal and -shm, and their folder\n',
    });
  });
});
