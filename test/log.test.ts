/** The log of a process of its own: its lines, and a process that cannot write them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './harness/server';

/** Writes lines in two turns, then ends by itself. */
const PROGRAM = `
  const { createLog } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'log.js'))});
  const { logger } = createLog('info', Date);
  logger.debug('not written');
  for (const text of ['one', 'two']) logger.info(text);
  setImmediate(() => {
    logger.info('three');
    process.exitCode = 7;
  });
`;

function run(output: 'pipe' | number) {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', output, 'inherit'] });
  return { child, ended: once(child, 'close') };
}

/** Writes more in each of many turns than a pipe holds, and says on the other output when it is through. */
const TALKATIVE = `
  const { createLog } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'log.js'))});
  const { logger } = createLog('info', Date);
  let turns = 0;
  const talk = () => {
    logger.info('x'.repeat(100_000));
    turns += 1;
    if (turns < 50) setImmediate(talk);
    else process.stderr.write('through');
  };
  talk();
`;

test('while nobody reads the process goes on', async () => {
  const child = spawn(process.execPath, ['-e', TALKATIVE], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    expect(String(said)).toBe('through');
  } finally {
    child.kill('SIGKILL');
  }
});

test('in a file: every line, in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-log-'));
  const file = join(folder, 'log');
  expect(await run(openSync(file, 'w')).ended).toEqual([7, null]);
  expect(messages(readFileSync(file, 'utf8'))).toEqual(['one', 'two', 'three']);
  rmSync(folder, { recursive: true });
});

const messages = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

test('every line, in order, at that level', async () => {
  const { child, ended } = run('pipe');
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  expect(await ended).toEqual([7, null]);
  expect(messages(text)).toEqual(['one', 'two', 'three']);
});

test('on a full disk the process goes on', async () => {
  const { ended } = run(openSync('/dev/full', 'w'));
  expect(await ended).toEqual([7, null]);
});

test('when nobody reads any more the process goes on', async () => {
  const { child, ended } = run('pipe');
  child.stdout?.destroy();
  expect(await ended).toEqual([7, null]);
});
