/** The log of a process of its own: what becomes of its lines, and of a process that cannot write them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness/server';

/** Writes lines in two turns, then ends by itself. */
const PROGRAM = `
  const { createLogger } = require(${JSON.stringify(join(ROOT, 'dist', 'src', 'log.js'))});
  const logger = createLogger('info');
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

test('every line, in order, at that level', async () => {
  const { child, ended } = run('pipe');
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  expect(await ended).toEqual([7, null]);
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string });
  expect(lines.map(({ msg }) => msg)).toEqual(['one', 'two', 'three']);
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
