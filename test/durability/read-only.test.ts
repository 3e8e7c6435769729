/** Files that may not be written: a server that could keep nothing doesn't start. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEED } from '../harness/seed';
import { ROOT } from '../harness/server';
import { makeDatabase } from '../harness/server-process';

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

describe('before the start', () => {
  const CLI = join(ROOT, 'dist', 'src', 'cli.js');
  /** Root may write whatever the mode says, unless it gives that up. */
  const AS_OTHERS = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];
  const COMMAND = [...(process.getuid?.() === 0 ? AS_OTHERS : ['env']), process.execPath, CLI];

  /** One that starts all the same is told to stop, and ends with code 0. */
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
