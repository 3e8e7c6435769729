/** The YAML in the pages can be read, and the commands of containers in it are there. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../harness/server';
import { refusalOf } from './command-line';
import { readPages } from './pages';

const PRETTIER = join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs');

const recipes = readPages().flatMap(({ path, text }) =>
  [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = ''], index) => ({
    title: `${path}, block ${index + 1}`,
    block,
  })),
);

test('the pages have some', () => {
  expect(recipes.length).toBeGreaterThan(3);
});

test.each(recipes)('$title is YAML', ({ block }) => {
  expect(readYaml(block)).toBe('');
});

test('what is no YAML is found', () => {
  expect(readYaml('a: [b\nc: d\n')).toContain('SyntaxError');
});

/** The error in a text, or nothing. */
function readYaml(input: string): string {
  const args = [PRETTIER, '--parser', 'yaml', '--stdin-filepath', 'recipe.yaml'];
  return spawnSync(process.execPath, args, { input, encoding: 'utf8' }).stderr;
}

const commands = recipes.flatMap(({ title, block }) =>
  [...block.matchAll(/^ +command: \[(serve.*)\]$/gm)].map(([, words = '']) => ({
    title,
    line: words.replaceAll(',', ''),
  })),
);

test('some start the server', () => {
  expect(commands.length).toBeGreaterThan(1);
});

test.each(commands)('$title: latchkey $line', async ({ line }) => {
  expect(await refusalOf(line)).toBeUndefined();
});
