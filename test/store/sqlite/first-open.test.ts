/** A database that isn't there yet, opened by many processes at the same moment. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../harness/server';
import { openDatabase } from './database';

const PROCESSES = 16;

/** Loads everything, and then opens each file whose name is sent to it, and says how that went. */
const PROGRAM = `
  const dist = ${JSON.stringify(join(ROOT, 'dist', 'src'))};
  const { openSqliteStore } = require(dist + '/store/sqlite/sqlite-store.js');
  const { loadDemo } = require(dist + '/demo.js');
  const { newId } = require(dist + '/base/new-id.js');
  const [, demoFile] = process.argv;
  process.stdout.write('loaded');
  process.stdin.on('data', async (name) => {
    try {
      const store = openSqliteStore(String(name));
      if (demoFile) await loadDemo(demoFile, { store, newId, timeZone: 'UTC' });
      await store.close();
      process.stdout.write('opened');
    } catch (error) {
      process.stdout.write(String(error));
    }
  });
`;

let folder: string;
let children: ChildProcessWithoutNullStreams[] = [];

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));

afterEach(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
});

/** The next word of each process. */
const words = () =>
  Promise.all(children.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])));

test.each([
  ['empty', 6, []],
  ['filled with the demo data', 2, [join(ROOT, 'fixtures', 'demo.json')]],
])('%s: all succeed, and it is made once', async (_title, rounds, demoFile) => {
  children = Array.from({ length: PROCESSES }, () =>
    spawn(process.execPath, ['-e', PROGRAM, ...demoFile]),
  );
  expect(new Set(await words())).toEqual(new Set(['loaded']));
  for (let round = 0; round < rounds; round += 1) {
    const path = join(folder, `${round}.db`);
    const said = words();
    children.forEach(({ stdin }) => stdin.write(path));
    expect(await said).toEqual(Array<string>(PROCESSES).fill('opened'));
    const database = openDatabase(path);
    const count = (table: string) =>
      database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([count('merchant'), count('api_key')]).toEqual([demoFile.length, demoFile.length]);
    database.close();
  }
});
