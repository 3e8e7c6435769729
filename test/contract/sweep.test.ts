/**
 * Every operation of the served WSDL gets a minimal request, and every reply is held against the
 * schema that the WSDL tells its clients.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../src/cashbox/operations';
import { loadContract } from '../../src/contract/contract';
import { parseDocument } from '../../src/contract/document';
import type { Operation } from '../../src/contract/model';
import { readService } from '../../src/contract/read-wsdl';
import type { Demo } from '../../src/demo';
import { parseXml, type XmlElement } from '../../src/soap/parser';
import { envelope } from '../../src/soap/write-envelope';
import { isInstalled, testWith } from '../clients/scenario';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { find, textOf } from '../harness/xml';
import { type Given, minimalRequest } from './minimal-request';
import { readServedSchema, type ServedSchema } from './served-schema';

const version = loadContract(join(ROOT, 'wsdl')).newest;
const operations = [...(version.services.get('Account')?.operations.values() ?? [])];
const implemented = new Set(Object.keys(OPERATIONS.Account));
const WSDL_PATH = `${version.version}/Account.wsdl`;

const testValid = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

const AUTH = { version: version.version, login: 'demo', password: 'demo' };
const XYZ = { merchantAccountId: 'xyz123' };

/** What a request needs, beside what the schema requires, to be refused: most need nothing. */
const REFUSED: Readonly<Record<string, Given>> = {
  update: { account: { VID: 'none' } },
};

/** What a request needs to succeed, once for each operation that is implemented. */
const SUCCESSFUL: Readonly<Record<string, (vid: string) => Given>> = {
  update: () => ({ account: { ...XYZ, nameValues: { name: 'tier', value: '<gold>' } } }),
  fetchByMerchantAccountId: () => XYZ,
  fetchByVid: (vid) => ({ vid }),
  grantEntitlement: () => ({
    account: XYZ,
    entitlement: {
      merchantEntitlementId: 'news',
      description: 'Größe <L>',
      startTimestamp: '2024-01-01T00:00:00Z',
      endTimestamp: '2099-01-01T00:00:00Z',
    },
  }),
  revokeEntitlement: () => ({ account: XYZ, merchantEntitlementId: 'forum' }),
  isEntitled: () => ({ account: XYZ, merchantEntitlementId: 'bac' }),
};

let server: TestServer;
/** Its replies say the xsi:type of every element. */
let typed: TestServer;
let schema: ServedSchema;

beforeAll(async () => {
  const demo = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
  server = await startTestServer({ merchants: [demo] });
  typed = await startTestServer({ merchants: [demo], settings: { xsiTypes: true } });
  schema = await readServedSchema(`${server.url}/${WSDL_PATH}`);
});

afterAll(async () => {
  schema.remove();
  await server.stop();
  await typed.stop();
});

/** Sends a request that is valid itself; the reply must be the operation's own, and valid. */
async function expectReturn(
  operation: Operation,
  given: Given,
  returnCode: number,
  { url } = server,
): Promise<string> {
  const request = minimalRequest(operation, { auth: AUTH, ...given });
  expect(await schema.findErrors(request)).toBe('');
  const response = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', SOAPAction: `"${operation.soapAction}"` },
    body: envelope('1.1', request),
  });
  const reply = await response.text();
  expect(response.status).toBe(200);
  const body = find(parseXml(reply), 'Body')?.children as readonly XmlElement[];
  expect(body).toMatchObject([{ namespace: operation.namespace, name: operation.output.name }]);
  expect(textOf(reply, 'returnCode')).toBe(String(returnCode));
  const [, message = ''] = /<soap:Body>(.*)<\/soap:Body>/s.exec(reply) ?? [];
  expect(await schema.findErrors(message)).toBe('');
  return message;
}

/** Sends the request that succeeds. */
function expectSuccess(operation: Operation, to: TestServer): Promise<string> {
  const [account] = [...to.store.listAccounts({ account: 'xyz123' })];
  const given = SUCCESSFUL[operation.name]?.(account?.VID ?? '') ?? {};
  return expectReturn(operation, given, 200, to);
}

const named = (list: readonly Operation[]) =>
  list.map((operation) => [`${operation.service}.${operation.name}`, operation] as const);

test('the sweep visits every operation that the served WSDL describes', async () => {
  const load = async (file: string) => {
    const response = await fetch(new URL(file, `${server.url}/${WSDL_PATH}`));
    return parseDocument(await response.text(), file);
  };
  const served = readService(await load('Account.wsdl'), version.version);
  expect([...served.operations.keys()]).toEqual(operations.map(({ name }) => name));
  expect(operations).toHaveLength(31);
  expect(Object.keys(SUCCESSFUL).sort()).toEqual([...implemented].sort());
});

describe('a call that is refused', () => {
  for (const [name, operation] of named(operations)) {
    const returnCode = implemented.has(operation.name) ? 400 : 501;
    testValid(`${name}: ${returnCode}, valid by the schema`, async () => {
      await expectReturn(operation, REFUSED[operation.name] ?? {}, returnCode);
    });
  }
});

describe('a wrong password', () => {
  for (const [name, operation] of named(operations)) {
    testValid(`${name}: 403, valid by the schema`, async () => {
      await expectReturn(operation, { auth: { ...AUTH, password: 'wrong' } }, 403);
    });
  }
});

describe('a call that succeeds', () => {
  for (const [name, operation] of named(operations.filter((o) => implemented.has(o.name)))) {
    testValid(`${name}: 200, valid by the schema`, async () => {
      expect(await expectSuccess(operation, server)).not.toContain('xsi:type');
    });

    testValid(`${name}: 200, valid by the schema, with xsi:type`, async () => {
      expect(await expectSuccess(operation, typed)).toContain('<return xsi:type="vin:Return">');
    });
  }
});

testValid('the schema refuses what is not valid', async () => {
  const [first] = operations;
  if (!first) throw new Error('no operation');
  const request = minimalRequest(first, { auth: AUTH });
  expect(await schema.findErrors(request)).toBe('');
  const renamed = request.replace('<login>', '<user>').replace('</login>', '</user>');
  expect(await schema.findErrors(renamed)).toContain(
    "Element 'user': This element is not expected",
  );
});
