/** V8's young generation, in a process of its own: bounded once a large reply finds it grown. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const BUILT = join(__dirname, '..', 'dist', 'src', 'young-generation.js');

/** Makes objects that live for a while, as large replies do; prints the bytes of the young generation. */
const PROGRAM = `
const { getHeapSpaceStatistics } = require('node:v8');
const look = require(process.argv[1]).boundYoungGeneration();
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
