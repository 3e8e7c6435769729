/** No file of src/ imports itself by way of others; and one folder of the tests knows SQLite. */
import { posix } from 'node:path';
import { importsOf, listFiles, read } from './harness/imports';

type Graph = ReadonlyMap<string, readonly string[]>;

/** The given files that each file imports, types included. */
function graphOf(files: ReadonlyMap<string, string>): Graph {
  const fileOf = (path: string, specifier: string) => {
    const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '');
    return [`${target}.ts`, `${target}/index.ts`].find((candidate) => files.has(candidate));
  };
  return new Map(
    [...files].map(([path, text]) => {
      const specifiers = importsOf(path, text).map(({ specifier }) => specifier);
      const local = specifiers.filter((specifier) => specifier.startsWith('.'));
      return [path, local.flatMap((specifier) => fileOf(path, specifier) ?? [])];
    }),
  );
}

/** The circles that a walk from file to file runs into, each as the way round. */
function findCircles(graph: Graph): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (path: string) => {
    if (done.has(path)) return;
    if (way.includes(path)) {
      circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
      return;
    }
    way.push(path);
    for (const target of graph.get(path) ?? []) visit(target);
    way.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return circles;
}

test('src/: no file imports itself by way of others', () => {
  const graph = graphOf(new Map(listFiles('src').map((path) => [path, read(path)])));
  expect(graph.get('src/store/store.ts')).toContain('src/store/orders.ts');
  expect(graph.get('src/commands/check.ts')).toContain('src/commands/actions/check.ts');
  expect(findCircles(graph)).toEqual([]);
});

test.each([
  [{ 'src/a.ts': "import type { A } from './a';" }, 'src/a.ts → src/a.ts'],
  [
    { 'src/a.ts': "export * from './b/c';", 'src/b/c.ts': "type A = import('../a').A;" },
    'src/a.ts → src/b/c.ts → src/a.ts',
  ],
  [
    { 'src/a.ts': "import './b';", 'src/b.ts': "import './c';", 'src/c.ts': "import './b.js';" },
    'src/b.ts → src/c.ts → src/b.ts',
  ],
])('such a circle is found: %j', (files, circle) => {
  expect(findCircles(graphOf(new Map(Object.entries(files))))).toEqual([circle]);
});

test('only test/store/sqlite opens SQLite itself', () => {
  const opening = listFiles('test').filter((path) =>
    importsOf(path, read(path)).some(({ specifier }) => specifier === 'better-sqlite3'),
  );
  expect(opening).toContain('test/store/sqlite/database.ts');
  expect(opening.filter((path) => !path.startsWith('test/store/sqlite/'))).toEqual([]);
});
