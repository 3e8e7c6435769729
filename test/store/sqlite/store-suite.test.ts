/** The store's behaviour on SQLite: on one connection in memory, and on two of a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { describeStore } from '../../store-suite/describe-store';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describeStore('SQLite in memory', (time, onCommit) =>
  openSqliteStore(':memory:', time, undefined, 'off', onCommit),
);

describeStore('SQLite in a file', (time, onCommit) => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-suite-'));
  folders.push(folder);
  return openSqliteStore(join(folder, 'test.db'), time, undefined, 'off', onCommit);
});
