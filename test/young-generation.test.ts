/** V8's generations, in a process of their own: bounded once there are large requests or replies. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const BUILT = join(__dirname, '..', 'dist', 'src', 'young-generation.js');

/** Makes objects that live for a while, as large replies do; prints the bytes of the young generation. */
const PROGRAM = `
const { getHeapSpaceStatistics } = require('node:v8');
const look = require(process.argv[1]).boundGenerations();
let kept = [];
for (let n = 0; n < 3e6; n += 1) {
  kept.push({ text: 'x' + n, pair: [n, n + 1] });
  if (kept.length > 300_000) kept = [];
  if (process.argv[2] === 'looked' && n % 1000 === 0) look();
}
const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
console.log(space.space_size);
`;

function sizeAfter(how: 'looked' | 'never'): number {
  return Number(execFileSync(process.execPath, ['-e', PROGRAM, BUILT, how], { encoding: 'utf8' }));
}

test('it grows no more', () => {
  const most = 32 * 2 ** 20;
  expect(sizeAfter('looked')).toBe(most);
  // Node.js 22 has this limit itself.
  expect(sizeAfter('never')).toBeGreaterThanOrEqual(most);
});

/** Makes objects that live on for a while beside some that stay; prints the most bytes of the old generation. */
const OLD = `
const { getHeapSpaceStatistics } = require('node:v8');
const look = require(process.argv[1]).boundGenerations();
if (process.argv[2] === 'looked') look();
const live = (count) => Array.from({ length: count }, (_, n) => ({ text: 'x' + n, pair: [n, n + 1] }));
const stays = live(150_000);
let most = 0;
for (let n = 0; n < 60; n += 1) {
  globalThis.kept = live(100_000);
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space');
  most = Math.max(most, space.space_size);
}
console.log(most, stays.length);
`;

/**
 * On one thread: V8's helpers come late where others use the processor, and the heap grows meanwhile. By how much it grows
 * of itself, V8 finds out by how fast it collects, so that is said, too.
 */
const FLAGS = ['--single-threaded-gc', '--heap-growing-percent=400'];

function mostAfter(how: 'looked' | 'never'): number {
  const program = [...FLAGS, '-e', OLD, BUILT, how];
  return parseInt(execFileSync(process.execPath, program, { encoding: 'utf8' }));
}

test('the old one grows little beyond what is in use', () => {
  expect(mostAfter('looked')).toBeLessThan(0.8 * mostAfter('never'));
});
