/** What a server loads before it listens. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../harness/server';

const SERVE = join(ROOT, 'dist', 'src', 'commands', 'actions', 'serve.js');

/** The packages that a module of the build loads with it. */
function packagesOf(module: string): Set<string> {
  const program = `require(${JSON.stringify(module)}); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const files = JSON.parse(
    execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }),
  ) as string[];
  return new Set(files.flatMap((file) => /node_modules\/([^/]+)\//.exec(file)?.[1] ?? []));
}

test('the packages for pages and REST are not loaded before the server listens', () => {
  const loaded = packagesOf(SERVE);

  expect(loaded).toContain('pino');
  expect(
    [...loaded].filter((name) => /^(express|body-parser|router|zod|soap)$/.test(name)),
  ).toEqual([]);
});

test('they are, with the surfaces', () => {
  expect([...packagesOf(join(ROOT, 'dist', 'src', 'surfaces.js'))]).toEqual(
    expect.arrayContaining(['express', 'zod']),
  );
});
