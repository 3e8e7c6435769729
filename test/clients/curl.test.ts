/** The curl examples, run by sh and curl against the demo data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDateTimeFormat } from '../../src/soap/date-time';
import type { LedgerRow } from '../../src/store/store';
import type { TestServer } from '../harness/server';
import { textOf } from '../harness/xml';
import {
  EXAMPLES,
  EXPECTED,
  expectValid,
  isInstalled,
  run,
  startDemoServer,
  testClient,
  VERSIONS,
} from './scenario';
import { collect } from '../harness/collect';

const testWithCurl = testClient(isInstalled(['curl', '--version']), 'curl');

let server: TestServer;
let seeded: number;

beforeEach(async () => {
  server = await startDemoServer();
  seeded = (await collect(server.store.listLedger({}))).length;
});

afterEach(() => server.stop());

/** The ledger's rows since the start. */
async function written(): Promise<LedgerRow[]> {
  return (await collect(server.store.listLedger({}))).slice(seeded);
}

function sh(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return run('sh', args, { LATCHKEY_URL: server.url, ...environment });
}

describe('scenario.sh', () => {
  const CHUNKED = ['--header', 'Transfer-Encoding: chunked'];
  const EXPECT = ['--header', 'Expect: 100-continue'];
  const VARIANTS: ReadonlyArray<[title: string, options: string[], soapAction?: string]> = [
    ['plain', []],
    ['chunked', CHUNKED],
    ['Expect: 100-continue', EXPECT],
    ['chunked with Expect: 100-continue', [...CHUNKED, ...EXPECT]],
    ['HTTP/1.0', ['--http1.0']],
    ['compressed replies', ['--compressed']],
    ['Connection: close', ['--header', 'Connection: close']],
    ['no SOAPAction', [], 'off'],
    ['no SOAPAction, HTTP/1.0', ['--http1.0'], 'off'],
  ];
  async function expectScenario(
    version: string,
    options: readonly string[] = [],
    soapAction = 'on',
  ): Promise<void> {
    const environment = { LATCHKEY_VERSION: version, LATCHKEY_SOAPACTION: soapAction };
    expect(await sh(['curl/scenario.sh', ...options], environment)).toEqual(EXPECTED);
    expect((await written()).map(({ action }) => action)).toEqual(['grant', 'revoke']);
    await expectValid(server, version);
  }

  for (const [title, options, soapAction] of VARIANTS) {
    testWithCurl(title, () => expectScenario('22.0', options, soapAction));
    testWithCurl(`${title}, at 5.0`, () => expectScenario('5.0', options, soapAction));
  }
  for (const version of VERSIONS.filter((other) => !['22.0', '5.0'].includes(other))) {
    testWithCurl(`plain, at ${version}`, () => expectScenario(version));
  }
});

describe('revoke-entitlement.sh', () => {
  testWithCurl('revokes bac of xyz123 and prints what its srd asks for', async () => {
    const lines = await sh(['curl/revoke-entitlement.sh']);
    const [row] = await written();
    expect(await written()).toEqual([row]);
    expect(row).toMatchObject({
      merchantAccountId: 'xyz123',
      action: 'revoke',
      merchantEntitlementId: 'bac',
      note: 'You can play no more',
    });
    const end = createDateTimeFormat('America/Los_Angeles').format(row?.after.end ?? NaN);
    expect(lines).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
        '<revokeEntitlementResponse xmlns="http://soap.vindicia.com/v22_0/Account">' +
        '<return xmlns=""><returnCode>200</returnCode><returnString>OK</returnString>' +
        `<soapId>${row?.soapId}</soapId></return>` +
        `<account xmlns=""><VID>${row?.VID}</VID><merchantAccountId>xyz123</merchantAccountId>` +
        '<entitlements><merchantEntitlementId>bac</merchantEntitlementId>' +
        `<endTimestamp>${end}</endTimestamp></entitlements>` +
        '<entitlements><merchantEntitlementId>forum</merchantEntitlementId></entitlements>' +
        '</account></revokeEntitlementResponse></soap:Body></soap:Envelope>',
    ]);
    await expectValid(server, '22.0');
  });

  for (const version of ['12.0', '5.0', '4.3', '3.7']) {
    testWithCurl(`does so at ${version} when it is changed as it says`, async () => {
      const script = readFileSync(join(EXAMPLES, 'curl', 'revoke-entitlement.sh'), 'utf8')
        .replace(/^ *<srd>.*\n/m, '')
        .replaceAll('v22_0', `v${version.replace('.', '_')}`)
        .replaceAll('22.0', version);
      const reply = (await sh(['-c', script])).join('\n');
      expect(textOf(reply, 'returnString')).toBe('OK');
      const [row, ...more] = await written();
      expect(more).toEqual([]);
      expect(row).toMatchObject({ action: 'revoke', merchantEntitlementId: 'bac' });
      expect(server.replies).toEqual([reply]);
      await expectValid(server, version);
    });
  }
});
