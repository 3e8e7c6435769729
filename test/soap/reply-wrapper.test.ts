/**
 * The names of a reply as they stand in its text: some programs, a helper that the vendor published
 * among them, look for `updateResponse` and `account` without resolving prefixes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { ROOT, startTestServer, type TestServer } from '../harness/server';

const SEED = join(ROOT, 'fixtures', 'cases', 'seed.json');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ merchants: JSON.parse(readFileSync(SEED, 'utf8')) as Demo[] });
});

afterAll(() => server.stop());

async function isEntitled(version: string, id: string): Promise<string> {
  const namespace = `http://soap.vindicia.com/v${version.replace('.', '_')}/Account`;
  const response = await fetch(`${server.url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body:
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
      `<isEntitled xmlns="${namespace}"><auth xmlns=""><login>acme_soap</login>` +
      `<password>s&amp;cret&lt;2&gt;</password><version>${version}</version></auth>` +
      '<account xmlns=""><merchantAccountId>ada-1815</merchantAccountId></account>' +
      `<merchantEntitlementId xmlns="">${id}</merchantEntitlementId>` +
      '</isEntitled></s:Body></s:Envelope>',
  });
  return response.text();
}

for (const version of ['4.3', '8.0', '18.0', '22.0']) {
  test(`the wrapper has no prefix and its children no namespace, at ${version}`, async () => {
    const namespace = `http://soap.vindicia.com/v${version.replace('.', '_')}/Account`;
    for (const [id, entitled] of [
      ['archive', 1],
      ['nothing', 0],
    ] as const) {
      expect(await isEntitled(version, id)).toMatch(
        new RegExp(
          `<soap:Body><isEntitledResponse xmlns="${namespace}"><return xmlns=""><returnCode>200<` +
            `.*</return><entitled xmlns="">${entitled}</entitled></isEntitledResponse></soap:Body>`,
        ),
      );
    }
  });
}
