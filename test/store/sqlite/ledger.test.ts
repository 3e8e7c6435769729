/** The ledger is append-only, and never parted from the change that it records. */
import { SEED } from '../../harness/seed';
import { startTestServer, type TestServer } from '../../harness/server';
import { callAccount } from '../../harness/soap-call';
import { collect } from '../../harness/collect';

describe('ledger', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer({ merchants: SEED });
  });

  afterEach(() => server.stop());

  test.each([
    'UPDATE ledger SET note = 1',
    'DELETE FROM ledger',
    'DELETE FROM ledger WHERE id = 1',
  ])('%s → refused', (sql) => {
    expect(() => server.database.exec(sql)).toThrow('the ledger is append-only');
  });

  test('a row number is never used twice, replacing a row is refused', () => {
    const columns = (server.database.pragma('table_info(ledger)') as Array<{ name: string }>)
      .map(({ name }) => name)
      .join(', ');
    expect(() =>
      server.database.exec(
        `INSERT OR REPLACE INTO ledger (${columns}) SELECT ${columns} FROM ledger WHERE id = 1`,
      ),
    ).toThrow('the ledger is append-only');
  });

  test('an account that was merged into another: either name lists the lines of both', async () => {
    const transferred = await callAccount(
      server.url,
      'transfer',
      '<targetAccount><merchantAccountId>alan-1912</merchantAccountId></targetAccount>' +
        '<sourceAccount><merchantAccountId>ada-1815</merchantAccountId></sourceAccount>',
    );
    expect(transferred.returnCode).toBe('200');
    const linesOf = async (account: string, merchant = 'acme_soap') =>
      (await collect(server.store.listLedger({ account, merchant }))).map(
        ({ merchantAccountId, action, merchantEntitlementId }) =>
          `${merchantAccountId} ${action} ${merchantEntitlementId}`,
      );
    const both = [
      'ada-1815 grant archive',
      'alan-1912 transfer archive',
      'ada-1815 transfer archive',
    ];
    expect(await linesOf('alan-1912')).toEqual(both);
    expect(await linesOf('ada-1815')).toEqual(both);
    const [{ VID } = { VID: '' }] = await collect(
      server.store.listAccounts({ merchant: 'acme_soap' }),
    );
    expect(await linesOf(VID)).toEqual(both);
    expect((await linesOf('grace-1906')).every((line) => line.startsWith('grace-1906 '))).toBe(
      true,
    );
    expect(await linesOf('ada-1815', 'plain_soap')).toEqual(['ada-1815 grant library']);
  });

  test('calls that are committed together: a refused one is rolled back alone', async () => {
    const account = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
    const grant = (id: string) =>
      callAccount(
        server.url,
        'grantEntitlement',
        `${account}<entitlement><merchantEntitlementId>${id}</merchantEntitlementId></entitlement>`,
      );
    server.database.exec(
      `CREATE TRIGGER hold AFTER INSERT ON ledger WHEN new.merchant_entitlement_id = 'bad'
       BEGIN SELECT RAISE(ABORT, 'held'); END`,
    );
    const codes = await Promise.all(
      ['a', 'bad', 'b', 'bad', 'c'].map(async (id) => (await grant(id)).returnCode),
    );
    expect(codes).toEqual(['200', '400', '200', '400', '200']);
    const kept = server.database
      .prepare(
        "SELECT merchant_entitlement_id AS id FROM entitlement WHERE merchant_entitlement_id IN ('a', 'bad', 'b', 'c')",
      )
      .pluck()
      .all();
    expect(kept).toEqual(['a', 'b', 'c']);
  });
});
