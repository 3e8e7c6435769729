/** What srd leaves out is not read from the database: that is its purpose. */
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { callAccount } from '../harness/soap-call';

const ACCOUNT = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const BAC = '<merchantEntitlementId>archive</merchantEntitlementId>';
const ID = '<merchantAccountId>ada-1815</merchantAccountId>';

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
    ['revokeEntitlement', ACCOUNT + BAC],
    ['grantEntitlement', `${ACCOUNT}<entitlement>${BAC}</entitlement>`],
  ])('%s reads the entitlement that it changes and no others', async (operation, parts) => {
    expect(await partsRead(operation, '{"account":["VID"]}', parts)).toEqual(['entitlement']);
    expect(
      server.statements.filter((sql) => /^\s*SELECT[^]*FROM entitlement\s/.test(sql)),
    ).toHaveLength(1);
  });
});
