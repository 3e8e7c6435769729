/** docs/ws-i-basic-profile.md and the tests of the profile name the same requirements. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../harness/server';

const FOLDER = join(ROOT, 'test', 'ws-i');

/** `R1011 envelopes`, for each row; a row without a test ends in a dash. */
function rows(): string[] {
  const text = readFileSync(join(ROOT, 'docs', 'ws-i-basic-profile.md'), 'utf8');
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, number = '']) => /^R\d{4}$/.test(number))
    .map(([, number, , , test]) => `${number} ${test}`);
}

/** `R1011 envelopes`, for each test, by the beginning of its title. */
function tests(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.test.ts') && file !== 'docs.test.ts')
    .flatMap((file) => {
      const source = readFileSync(join(FOLDER, file), 'utf8');
      const titles = source.matchAll(/(?:requirement|test\w+)\(\s*['`](R\d{4}(?:, R\d{4})*)/g);
      return [...titles]
        .flatMap(([, numbers = '']) => numbers.split(', '))
        .map((number) => `${number} ${file.replace('.test.ts', '')}`);
    });
}

test('every test stands in the document, and the document names no other', () => {
  expect(tests().length).toBeGreaterThan(70);
  expect(
    rows()
      .filter((row) => !row.endsWith('—'))
      .sort(),
  ).toEqual(tests().sort());
});

test('the document names each requirement once', () => {
  const numbers = rows().map((row) => row.slice(0, 'R0000'.length));
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
});
