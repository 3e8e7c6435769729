/** The pages' links lead somewhere, their commands and variables exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { SETTINGS } from '../../src/config/settings';
import { OTHERS } from '../../src/config/unknown-variables';
import { ROOT } from '../harness/server';
import { refusalOf } from './command-line';
import { anchorsOf, codeSpans, readPages, shellLines, withoutCode } from './pages';

const pages = readPages();

const README_LIMIT = 10_000;

test('every page that is meant is looked at', () => {
  const paths = pages.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['README.md', 'docs/clients.md', 'docs/decisions/orders.md']),
  );
});

test(`README has at most ${README_LIMIT} bytes`, () => {
  expect(readFileSync(join(ROOT, 'README.md')).length).toBeLessThanOrEqual(README_LIMIT);
});

describe('links', () => {
  test.each(pages)('$path: every relative one leads to a file and a heading', ({ path, text }) => {
    expect(brokenLinks(path, text)).toEqual([]);
  });

  test('a broken one is found', () => {
    const text = '[a](docs/none.md) [b](docs/rest.md#none) [c](docs/rest.md#errors) [d](#here)';
    expect(brokenLinks('README.md', text)).toEqual(['docs/none.md', 'docs/rest.md#none', '#here']);
  });
});

function brokenLinks(path: string, text: string): string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(ROOT, target))) return true;
      if (anchor === undefined) return false;
      const targetText = file === '' ? text : readFileSync(join(ROOT, target), 'utf8');
      return !anchorsOf(targetText).includes(anchor);
    });
}

test('docs/README.md lists every page of docs/', () => {
  const { text = '' } = pages.find(({ path }) => path === 'docs/README.md') ?? {};
  const files = readdirSync(join(ROOT, 'docs')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  expect(files.filter((name) => !text.includes(`](${name})`))).toEqual([]);
});

describe('commands', () => {
  // Where a shell looks for a command; elsewhere the name is that of an image, say.
  const COMMAND = /(?:(?:^|[;&|(] *|npx --no-install )latchkey|node dist\/src\/cli\.js) (.*)$/;
  const commandsIn = (path: string, texts: readonly string[], whole: boolean) =>
    texts.flatMap((text) => {
      const [, line] = COMMAND.exec(text) ?? [];
      return line === undefined ? [] : [{ path, line, whole }];
    });
  const lines = pages.flatMap(({ path, text }) => [
    ...commandsIn(path, shellLines(text), true),
    ...commandsIn(path, codeSpans(text), false),
  ]);

  test('the pages have some', () => {
    expect(lines.length).toBeGreaterThan(30);
  });

  test.each(lines)('$path: latchkey $line', async ({ line, whole }) => {
    expect(await refusalOf(line, whole)).toBeUndefined();
  });

  test.each([
    ['serv', 'unknown command'],
    ['ledger --acount xyz123', 'unknown option'],
    ['backup', 'missing required argument'],
    ['ledger one', 'too many arguments'],
  ])('latchkey %s is refused: %s', async (line, reason) => {
    expect(await refusalOf(line)).toContain(reason);
  });
});

test('every LATCHKEY_ variable exists', () => {
  const known = new Set(Object.values(SETTINGS).map(({ variable }) => variable));
  for (const variable of variablesOfExamples()) known.add(variable);
  for (const variable of OTHERS) known.add(variable);
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/LATCHKEY_[A-Z_]+/g)].map(([variable]) => `${path}: ${variable}`),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((line) => !known.has(line.split(': ')[1] ?? ''))).toEqual([]);
});

function variablesOfExamples(): string[] {
  return readdirSync(join(ROOT, 'examples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .flatMap((text) => [...text.matchAll(/LATCHKEY_[A-Z_]+/g)].map(([variable]) => variable));
}
