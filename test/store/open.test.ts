/** Which driver a URL picks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDatabase } from '../../src/store/open';

test.each([
  ['sqlite:data/latchkey.db', 'data/latchkey.db', true],
  ['SQLite:/srv/a:b.db', '/srv/a:b.db', true],
  ['latchkey.db', 'latchkey.db', true],
  ['C:\\latchkey.db', 'C:\\latchkey.db', true],
  [':memory:', ':memory:', false],
  ['sqlite::memory:', ':memory:', false],
])('%s → SQLite, %s', (url, name, kept) => {
  expect(findDatabase(url)).toMatchObject({ name, kept });
});

test.each(['postgres://ada:secret@db/latchkey', 'mysql:latchkey'])(
  '%s → refused in one line that keeps the password to itself',
  (url) => {
    expect(() => findDatabase(url)).toThrow(
      /^no database is reached by (postgres|mysql): give a file, sqlite:FILE or :memory:$/,
    );
  },
);

test('opened by its URL: made where there was none, checked, and there again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-open-'));
  const database = findDatabase(`sqlite:${join(folder, 'new.db')}`);
  expect(database.exists()).toBe(false);
  const store = database.open();
  await store.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: 0 });
  await store.close();
  expect(database.exists()).toBe(true);
  expect(database.check?.(() => undefined)).toEqual({ entitlements: 0, ledgerLines: 0 });
  const again = database.open();
  expect(await again.findMerchant('acme')).toMatchObject({ login: 'acme' });
  await again.close();
  rmSync(folder, { recursive: true });
});
