/** A database that a command cannot open: one line that names it and what to do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLatchkey } from '../harness/run-latchkey';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-'));

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a folder', folder, ' is a folder; name a file'],
  [
    'PostgreSQL that nothing answers for',
    'postgres://ada@127.0.0.1:1/x',
    ': the database cannot be reached; start PostgreSQL, or name its host and port as they are',
  ],
])('%s in place of the database', async (_title, place, rest) => {
  expect(await runLatchkey(place, 'ledger')).toEqual({
    code: 1,
    stdout: '',
    stderr: `latchkey: ${place}${rest}\n`,
  });
});
