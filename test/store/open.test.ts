/** Which driver a URL picks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/config/settings';
import { findDatabase } from '../../src/store/open';

const settings = readSettings({}, {});

test.each([
  ['sqlite:data/latchkey.db', 'data/latchkey.db', true],
  ['SQLite:/srv/a:b.db', '/srv/a:b.db', true],
  ['latchkey.db', 'latchkey.db', true],
  ['C:\\latchkey.db', 'C:\\latchkey.db', true],
  [':memory:', ':memory:', false],
  ['sqlite::memory:', ':memory:', false],
])('%s → SQLite, %s', (url, name, kept) => {
  expect(findDatabase(url, settings)).toMatchObject({ name, kept });
});

test.each([
  ['postgres://ada:secret@db:5432/latchkey?sslmode=require', 'postgres://ada@db:5432/latchkey'],
  ['PostgreSQL://db/latchkey', 'postgres://db/latchkey'],
  ['postgres://ada:s@cr/et@db/latchkey', 'postgres://ada@db/latchkey'],
  ['postgres://ada:s?cret@db/latchkey', 'postgres://'],
  ['postgres:///latchkey?host=/run/postgresql&password=secret', 'postgres:///latchkey'],
])('%s → PostgreSQL, %s', (url, name) => {
  expect(findDatabase(url, settings)).toMatchObject({ name, kept: true });
});

test.each(['mysql://ada:secret@db/latchkey', 'mysql:latchkey'])(
  '%s → refused in one line that keeps the password to itself',
  (url) => {
    expect(() => findDatabase(url, settings)).toThrow(
      /^no database is reached by mysql: give a file, sqlite:FILE, :memory: or postgres:\/\/…$/,
    );
  },
);

test('opened by its URL: made where there was none, checked, and there again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-open-'));
  const database = findDatabase(`sqlite:${join(folder, 'new.db')}`, settings);
  expect(database.exists()).toBe(false);
  const store = await database.open();
  await store.insertMerchant({ login: 'acme', passwordHash: '-', createdAt: 0 });
  await store.close();
  expect(database.exists()).toBe(true);
  expect(await database.check?.(() => undefined)).toEqual({ entitlements: 0, ledgerLines: 0 });
  const again = await database.open();
  expect(await again.findMerchant('acme')).toMatchObject({ login: 'acme' });
  await again.close();
  rmSync(folder, { recursive: true });
});
