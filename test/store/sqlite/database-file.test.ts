/** The file of a database: for its owner alone, and known again. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupDatabase } from '../../../src/store/sqlite/backup';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { makeDatabase, type ServerProcess, startServerProcess } from '../../harness/server-process';
import { SEED } from '../../harness/seed';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  path = join(folder, 'test.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe.each([0o000, 0o022, 0o277])('umask %o', (mask) => {
  let before: number;
  beforeEach(() => (before = process.umask(mask)));
  afterEach(() => process.umask(before));

  test('a new database, its -wal and -shm, and a backup are for their owner alone', async () => {
    const store = openSqliteStore(path);
    await store.insertMerchant({ login: 'a', passwordHash: 'b', createdAt: 0 });
    for (const end of ['', '-wal', '-shm']) expect([end, modeOf(path + end)]).toEqual([end, '600']);
    await backupDatabase(path, `${path}.backup`, () => undefined);
    expect(modeOf(`${path}.backup`)).toBe('600');
    await store.close();
  });
});

test('a file that is there keeps its mode, and gives it to its -wal', async () => {
  await openSqliteStore(path).close();
  chmodSync(path, 0o640);
  const store = openSqliteStore(path);
  await store.insertMerchant({ login: 'a', passwordHash: 'b', createdAt: 0 });
  expect(modeOf(path)).toBe('640');
  expect(modeOf(`${path}-wal`)).toBe('640');
  await store.close();
});

describe('readiness', () => {
  let server: ServerProcess;
  let place: string;

  beforeEach(async () => {
    mkdirSync(join(folder, 'data'));
    place = join(folder, 'data', 'test.db');
    await makeDatabase(place, SEED);
    server = await startServerProcess(place);
  });
  afterEach(() => server.end('SIGKILL'));

  const ready = async () => {
    const reply = await fetch(`${server.url}/readyz`);
    return [reply.status, await reply.text()];
  };

  test('fails in words while the file is gone or another lies there, and no longer', async () => {
    expect(await ready()).toEqual([200, 'ok\n']);
    const away = join(folder, 'away.db');
    renameSync(place, away);
    expect(await ready()).toEqual([
      503,
      'The database does not answer: the database file is gone.\n',
    ]);
    copyFileSync(away, place);
    expect(await ready()).toEqual([
      503,
      'The database does not answer: the database file was replaced by another.\n',
    ]);
    renameSync(away, place);
    expect(await ready()).toEqual([200, 'ok\n']);
    rmSync(join(folder, 'data'), { recursive: true });
    expect((await ready())[0]).toBe(503);
    expect(existsSync(place)).toBe(false);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
