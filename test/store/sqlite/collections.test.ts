/** Statements and connections that are collected as garbage: some binaries end the process then. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const SQLITE = createRequire(__filename).resolve('better-sqlite3');

const PREPARE_AND_COLLECT = `
  const Database = require(${JSON.stringify(SQLITE)});
  const database = new Database(':memory:');
  let sum = 0;
  for (let n = 1; n <= 20_000; n++) {
    sum += database.prepare('SELECT ? AS n').get(n).n;
    if (n % 1000 === 0) {
      new Database(':memory:').prepare('SELECT 1').get();
      gc();
    }
  }
  console.log(sum);
`;

test('20,000 statements and some connections are collected, and the process goes on', () => {
  const args = ['--expose-gc', '-e', PREPARE_AND_COLLECT];
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('200010000\n');
});
