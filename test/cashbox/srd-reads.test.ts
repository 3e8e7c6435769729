/** Parts that srd leaves out aren't read from the database: that is its purpose. */
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callAccount, callEntitlement } from '../harness/soap-call';

const ACCOUNT = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const BAC = '<merchantEntitlementId>archive</merchantEntitlementId>';
const ID = '<merchantAccountId>ada-1815</merchantAccountId>';

const ALAN = '<child><merchantAccountId>alan-1912</merchantAccountId></child>';
const GRACE = '<account><merchantAccountId>grace-1906</merchantAccountId></account>';
const LAB = '<merchantEntitlementId>lab</merchantEntitlementId>';
const SPAN =
  '<timestamp>2024-01-01T00:00:00Z</timestamp><endTimestamp>2025-01-01T00:00:00Z</endTimestamp>';

const PARTS = ['address', 'name_value', 'tax_exemption', 'entitlement'];

describe('srd', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startTestServer({ merchants: SEED });
  });

  afterEach(() => server.stop());

  /** The parts of an account that a call reads for its reply. */
  async function partsRead(operation: string, srd: string, parts: string): Promise<string[]> {
    server.statements.length = 0;
    const reply = await callAccount(server.url, operation, `<srd>${srd}</srd>${parts}`);
    expect(reply.returnCode).toBe('200');
    const read = server.statements.filter((sql) => /^\s*SELECT/.test(sql)).join('\n');
    return PARTS.filter((table) => new RegExp(`FROM ${table}\\s`).test(read));
  }

  /** The look-ups in a table that the last call made. */
  function lookUps(table: string): string[] {
    const pattern = new RegExp(`^\\s*SELECT[^]*FROM ${table}\\s`);
    return server.statements.filter((sql) => pattern.test(sql));
  }

  test.each([
    ['', PARTS],
    ['{"account":true}', PARTS],
    ['{"account":["nameValues","taxExemptions"]}', ['name_value', 'tax_exemption']],
    ['{"account":{"entitlements":["endTimestamp"]}}', ['entitlement']],
    ['{"account":["VID"]}', []],
    ['{"return":true}', []],
  ])('fetch with %p reads %p', async (srd, expected) => {
    expect(await partsRead('fetchByMerchantAccountId', srd, ID)).toEqual(expected);
  });

  test('a fetch that wants nothing of the account costs two look-ups: merchant and account', async () => {
    await partsRead('fetchByMerchantAccountId', '{"return":true}', ID);
    expect(server.statements.filter((sql) => /^\s*SELECT/.test(sql))).toHaveLength(2);
  });

  test.each([
    ['fetchByEmail', '<emailAddress>ada@example.com</emailAddress>'],
    ['fetchCreatedSince', SPAN],
    ['addChildren', `<parent>${ID}</parent>${ALAN}`],
    ['fetchFamily', ACCOUNT],
  ])('%s reads of the accounts what is wanted', async (operation, parts) => {
    const part = { addChildren: 'childAdded', fetchFamily: 'parent' }[operation] ?? 'accounts';
    const read = (wanted: string) => partsRead(operation, `{"${part}":["${wanted}"]}`, parts);
    // The event of a change holds the whole account; the second time nothing changes.
    await partsRead(operation, '{"return":true}', parts);
    expect(await read('nameValues')).toEqual(['name_value']);
    expect(await read('VID')).toEqual([]);
    expect(await partsRead(operation, '{"return":true}', parts)).toEqual([]);
  });

  test('fetchCreatedSince and fetchFamily that want no list look for none', async () => {
    await partsRead('fetchCreatedSince', '{"return":true}', SPAN);
    expect(lookUps('account')).toHaveLength(0);
    await partsRead('fetchFamily', '{"parent":["name"]}', ACCOUNT);
    expect(lookUps('account')).toHaveLength(1);
  });

  test.each([
    ['fetchByAccount', ACCOUNT],
    ['fetchByEntitlementIdAndAccount', `<entitlementId>archive</entitlementId>${ACCOUNT}`],
    ['fetchDeltaSince', `${SPAN}<page>0</page><pageSize>10</pageSize>`],
  ])('%s that wants no entitlements looks for none', async (operation, parts) => {
    const call = async (srd: string) => {
      server.statements.length = 0;
      const message = `<srd>${srd}</srd>${parts}`;
      const reply = await callEntitlement(server.url, operation, message);
      expect(reply.returnCode).toBe('200');
      return lookUps('(entitlement|ledger)').length > 0;
    };
    expect(await call('')).toBe(true);
    expect(await call('{"return":true}')).toBe(false);
  });

  test.each([
    ['revokeEntitlement', ACCOUNT + BAC],
    ['grantEntitlement', `${ACCOUNT}<entitlement>${BAC}</entitlement>`],
    [
      'extendEntitlementToDate',
      `${GRACE}${LAB}<extensionDate>2026-07-01T00:00:00Z</extensionDate>`,
    ],
    ['extendEntitlementByInterval', `${GRACE}${LAB}<interval><days>1</days></interval>`],
  ])('%s reads the entitlement that it changes and no others', async (operation, parts) => {
    expect(await partsRead(operation, '{"account":["VID"]}', parts)).toEqual(['entitlement']);
    // The other one asks whether time alone has changed any.
    const others = lookUps('entitlement').filter((sql) => !sql.includes('entitlement_due'));
    expect(others).toHaveLength(1);
  });
});
