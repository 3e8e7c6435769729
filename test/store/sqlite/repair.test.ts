/** Text that older versions let in: a check finds it wherever it is, and a repair makes it representable. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RepairedText } from '../../../src/store/database';
import { checkDatabase } from '../../../src/store/sqlite/check';
import { repairDatabase } from '../../../src/store/sqlite/repair';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store';
import { listTextTables } from '../../../src/store/sqlite/stored-text';
import { openDatabase } from './database';

const VID = 'a'.repeat(40);
const HALF = 'eda080';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  path = join(folder, 'test.db');
  await openSqliteStore(path).close();
  write(`
    INSERT INTO merchant (id, login, password_hash, created_at) VALUES (1, 'acme', '-', 0);
    INSERT INTO account (id, merchant_id, vid, created_at, modified_at)
      VALUES (1, 1, '${VID}', 0, 0);
    INSERT INTO offer (id, merchant_id, offer_id, name, created_at) VALUES (1, 1, 'lab', 'Lab', 0);
    INSERT INTO offer_entitlement VALUES (1, 'premium');`);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Changes the file past the store. */
function write(sql: string): void {
  const database = openDatabase(path);
  database.exec(sql);
  database.close();
}

function read(sql: string): unknown[] {
  const database = openDatabase(path);
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
}

const text = (hex: string) => `CAST(x'${hex}' AS TEXT)`;

/** The number of the line that was written last. */
const NUMBERED = `
  INSERT INTO event (merchant_id, sequence, ledger_id)
    SELECT 1, (SELECT count(*) + 1 FROM event), max(id) FROM ledger;`;

/** A grant of an order, as its line and its entitlement. @param order an expression of SQL */
const granted = (order: string, entitlement = `'premium'`) => `
  INSERT INTO customer_order (merchant_id, order_id, account_id, named, state, failed_payments,
    created_at, changed_at) VALUES (1, ${order}, 1, 1, 'active', 0, 0, 0);
  INSERT INTO order_line (customer_order, offer, account_id, state)
    VALUES (last_insert_rowid(), 1, 1, 'active');
  INSERT INTO ledger (at, merchant_id, account_id, merchant_entitlement_id, source, source_id, action,
    actor, changes_access, after_start_at)
    VALUES (5, 1, 1, ${entitlement}, 'Order', ${order}, 'grant', 'shop', 1, 5);
  ${NUMBERED}
  INSERT INTO entitlement (account_id, merchant_entitlement_id, source, source_id, merchant_id,
    start_at, changed_at) VALUES (1, ${entitlement}, 'Order', ${order}, 1, 5, 5);`;

function check(): string[] {
  const findings: string[] = [];
  checkDatabase(path, ({ kind, text: found }) => findings.push(`${kind}: ${found}`));
  return findings;
}

function repair(dryRun = false) {
  const texts: RepairedText[] = [];
  return { ...repairDatabase(path, dryRun, (repaired) => texts.push(repaired)), repaired: texts };
}

const ending = '; latchkey repair mends it';

const STORED: ReadonlyArray<[hex: string, problem: string, mended: string]> = [
  ['610b62', 'character 2 is U+000B, which XML 1.0 lacks', 'a\ufffdb'],
  ['61006200', 'character 2 is U+0000, which XML 1.0 lacks', 'a\ufffdb\ufffd'],
  ['1f', 'character 1 is U+001F, which XML 1.0 lacks', '\ufffd'],
  ['efbfbe', 'character 1 is U+FFFE, which XML 1.0 lacks', '\ufffd'],
  ['c3a9efbfbf', 'character 2 is U+FFFF, which XML 1.0 lacks', 'é\ufffd'],
  ['61eda080', 'character 2 is U+D800, half of a surrogate pair', 'a\ufffd'],
  ['edbfbf61', 'character 1 is U+DFFF, half of a surrogate pair', '\ufffda'],
  ['edafbfedbfbf', 'its bytes are not UTF-8', '\u{10ffff}'],
  ['61ff', 'its bytes are not UTF-8', 'a\ufffd'],
];

test.each(STORED)('the bytes %s', (hex, problem, mended) => {
  write(`UPDATE account SET company = ${text(hex)}`);
  const place = 'row 1 of account: company';
  expect(check()).toEqual([`text: ${place}: ${problem}${ending}`]);
  expect(repair()).toEqual({
    texts: 1,
    ledgerLines: 0,
    repaired: [{ place, problem, text: mended }],
  });
  expect(check()).toEqual([]);
  expect(read('SELECT company FROM account')).toEqual([[mended]]);
});

test.each(['', '740a0d09', '7f', 'efbfbd', 'f09f9880', 'c285'])('nothing is wrong: %s', (hex) => {
  write(`UPDATE account SET company = ${text(hex)}`);
  expect(check()).toEqual([]);
  expect(repair()).toEqual({ texts: 0, ledgerLines: 0, repaired: [] });
});

test('every text column of every table is looked at', () => {
  const database = openDatabase(path);
  const tables = listTextTables(database);
  const columns = tables.flatMap(({ name, columns: texts }) =>
    texts.map((column) => `${name}.${column.name}`),
  );
  const declared = database
    .prepare(
      `SELECT m.name || '.' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE 'sqlite%'`,
    )
    .pluck()
    .all();
  database.close();
  expect(columns.toSorted()).toEqual(declared.toSorted());
  expect(columns.length).toBeGreaterThan(50);
});

test('a row far into a table, and rows of a key of several columns', () => {
  write(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
      INSERT INTO name_value SELECT 1, printf('n%05d', i), 'v' FROM n;
    UPDATE name_value SET value = ${text('0b')} WHERE name = 'n01000' OR name = 'n01001';
    UPDATE name_value SET name = ${text('6e0b')} WHERE name = 'n02500'`);
  expect(check()).toHaveLength(3);
  expect(repair().texts).toBe(3);
  expect(check()).toEqual([]);
  expect(read(`SELECT count(*) FROM name_value`)).toEqual([[2500]]);
});

test('strings of JSON, ids among them', () => {
  const body = JSON.stringify({ orderId: '\ud800', note: 'a\u000bb', text: '\\u000b' });
  const order = JSON.stringify({ orderId: '\ufffd~4' });
  write(`INSERT INTO kept_answer VALUES (1, 'k', 'f', 200, '${body}', 0), (1, 'l', 'f', 200, '${order}', 0);
    ${granted(text(HALF))}`);
  expect(check()).toContain(
    'text: row merchant_id 1, key "k" of kept_answer: body: ' +
      `orderId: character 1 is U+D800, half of a surrogate pair${ending}`,
  );
  repair();
  expect(check()).toEqual([]);
  const [[orderId]] = read('SELECT order_id FROM customer_order') as [[string]];
  const kept = read(`SELECT body FROM kept_answer WHERE key = 'k'`) as [[string]];
  expect(JSON.parse(kept[0][0])).toEqual({ orderId, note: 'a\ufffdb', text: '\\u000b' });
});

test('an order: its id stays one name everywhere, and the ledger replays', () => {
  write(granted(text('610b')));
  write(granted(text('610c')));
  const { texts, ledgerLines } = repair();
  expect([texts, ledgerLines]).toEqual([6, 2]);
  expect(check()).toEqual([]);
  const ids = read('SELECT order_id FROM customer_order ORDER BY id') as [[string], [string]];
  expect(ids[0][0]).toMatch(/^a\ufffd~[\da-f]{12}$/);
  expect(ids[1][0]).toMatch(/^a\ufffd~[\da-f]{12}$/);
  expect(ids[0][0]).not.toBe(ids[1][0]);
  const note = 'Text made representable: source_id: character 2 is U+000B, which XML 1.0 lacks';
  expect(
    read(`SELECT action, actor, note, source_id, changes_access FROM ledger WHERE id = 3`),
  ).toEqual([['repair', 'operator', note, ids[0][0], 0]]);
  expect(() => write('DELETE FROM ledger')).toThrow('append-only');
});

test('an order that was revoked under the name that was read back → its access ends', () => {
  const misread = `'\ufffd\ufffd\ufffd'`;
  write(granted(text(HALF)));
  write(`
    INSERT INTO ledger (at, merchant_id, account_id, merchant_entitlement_id, source, source_id, action,
      actor, changes_access, before_start_at, after_start_at, after_end_at)
      VALUES (9, 1, 1, 'premium', 'Order', ${misread}, 'revoke', 'shop', 1, 5, 5, 9);
    ${NUMBERED}
    INSERT INTO entitlement (account_id, merchant_entitlement_id, source, source_id, merchant_id,
      start_at, end_at, changed_at) VALUES (1, 'premium', 'Order', ${misread}, 1, 5, 9, 9);
    UPDATE customer_order SET state = 'revoked'; UPDATE order_line SET state = 'revoked'`);
  expect(check()).toContainEqual(expect.stringMatching(/is not what line 2 of the ledger leaves$/));
  repair();
  expect(check()).toEqual([]);
  expect(read('SELECT end_at FROM entitlement')).toEqual([[9]]);
});

test('a dry run says the same and changes nothing', () => {
  write(granted(text('610b')));
  write(`UPDATE account SET company = ${text('0b')}`);
  const before = check();
  const planned = repair(true);
  expect(check()).toEqual(before);
  expect(repair()).toEqual(planned);
  expect(repair()).toEqual({ texts: 0, ledgerLines: 0, repaired: [] });
});

test('a long id stays within the limit of ids', () => {
  write(`UPDATE account SET merchant_account_id = ${text('0b')} || printf('%.1023c', 'x')`);
  repair();
  expect(read('SELECT octet_length(merchant_account_id) <= 1024 FROM account')).toEqual([[1]]);
  expect(check()).toEqual([]);
});
