/** Every decision is in the index and named by the code that rests on it, and no other is named. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/server';

const FOLDER = join(ROOT, 'docs', 'decisions');

const decisions = readdirSync(FOLDER).filter(
  (name) => name.endsWith('.md') && name !== 'README.md',
);

/** `transfer.md`, for each comment of src/ and scripts/ that names it. */
function named(): Set<string> {
  const files = ['src', 'scripts'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  );
  return new Set(
    files
      .filter((name) => /\.(?:ts|sql)$/.test(name))
      .map((name) => readFileSync(join(ROOT, name), 'utf8'))
      .flatMap((text) => [...text.matchAll(/Decided: docs\/decisions\/([\w.-]+\.md)/g)])
      .map(([, name = '']) => name),
  );
}

test('the index asks a question for each', () => {
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  const rows = [...index.matchAll(/^\| (\S.*\?) +\| \[([\w-]+\.md)\]\(\2\) +\|$/gm)];
  expect(rows.map(([, , name]) => name).sort()).toEqual([...decisions].sort());
});

test('the code names each, and no other', () => {
  expect([...named()].sort()).toEqual([...decisions].sort());
});
