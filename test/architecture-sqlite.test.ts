/** One folder of the tests knows SQLite. */
import { importsOf, listFiles, read } from './harness/imports';

test('only test/store/sqlite opens SQLite itself', () => {
  const opening = listFiles('test').filter((path) =>
    importsOf(path, read(path)).some(({ specifier }) => specifier === 'better-sqlite3'),
  );
  expect(opening).toContain('test/store/sqlite/database.ts');
  expect(opening.filter((path) => !path.startsWith('test/store/sqlite/'))).toEqual([]);
});
