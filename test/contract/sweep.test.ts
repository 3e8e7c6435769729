/**
 * Every operation that is implemented gets a minimal request, and every reply is held against the
 * schema that the WSDL publishes. The other operations have described.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../src/cashbox/operations';
import { loadContract } from '../../src/contract/contract';
import { parseDocument } from '../../src/contract/document';
import type { Operation } from '../../src/contract/model';
import { readService } from '../../src/contract/read-wsdl';
import type { Demo } from '../../src/demo';
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import { envelope } from '../../src/soap/write-envelope';
import { isInstalled, testWith } from '../clients/scenario';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { find, textOf } from '../harness/xml';
import { CLASSES, OPERATION_COUNTS } from './classes';
import { type Given, minimalRequest } from './minimal-request';
import { MORE_ACCOUNTS, REFUSED, SUCCESSFUL } from './requests';
import { readServedSchema, type ServedSchema } from './served-schema';
import { collect } from '../harness/collect';

const version = loadContract(join(ROOT, 'wsdl')).newest;
const services = [...version.services.values()];
const implemented = (operation: Operation) =>
  operation.name in ((OPERATIONS as Record<string, object>)[operation.service] ?? {});

const testValid = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

const AUTH = { version: version.version, login: 'demo', password: 'demo' };

let server: TestServer;
/** Its replies say the xsi:type of every element. */
let typed: TestServer;
/** The messages in each class's WSDL. */
const schemas = new Map<string, ServedSchema>();

beforeAll(async () => {
  const demo = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
  const merchants = [{ ...demo, accounts: [...demo.accounts, ...MORE_ACCOUNTS] }];
  server = await startTestServer({ merchants });
  typed = await startTestServer({ merchants, settings: { xsiTypes: true } });
  for (const { name } of services) schemas.set(name, await readServedSchema(wsdlOf(name)));
});

afterAll(async () => {
  schemas.forEach((schema) => schema.remove());
  await server.stop();
  await typed.stop();
});

function wsdlOf(service: string): string {
  return `${server.url}/${version.version}/${service}.wsdl`;
}

async function findErrors({ service }: Operation, message: string): Promise<string | undefined> {
  return schemas.get(service)?.findErrors(message);
}

/** Sends a request that is valid itself; the reply must be the operation's own, and valid. */
async function expectReturn(
  operation: Operation,
  given: Given,
  returnCode: number,
  { url } = server,
): Promise<string> {
  const request = minimalRequest(operation, { auth: AUTH, ...given });
  expect(await findErrors(operation, request)).toBe('');
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
  expect(await findErrors(operation, message)).toBe('');
  return message;
}

/** Sends the request that succeeds. */
async function expectSuccess(operation: Operation, to: TestServer): Promise<string> {
  const given = SUCCESSFUL[nameOf(operation)]?.(await vidFor(operation, to)) ?? {};
  return expectReturn(operation, given, 200, to);
}

/** The VID of the object that the sweep's requests name. */
async function vidFor({ service }: Operation, { store }: TestServer): Promise<string> {
  const [account] = await collect(store.listAccounts({ account: 'xyz123' }));
  const merchant = await store.findMerchant(AUTH.login);
  const { catalogue, autoBills } = store.reader(merchant?.id ?? 0);
  const { products, billingPlans } = catalogue;
  if (service === 'AutoBill') {
    return (await autoBills.findByMerchantAutoBillId('xyz-magazine'))?.VID ?? '';
  }
  if (service === 'Product') {
    return (await products.findByMerchantId('magazine'))?.values.VID ?? '';
  }
  if (service === 'BillingPlan') {
    return (await billingPlans.findByMerchantId('monthly'))?.values.VID ?? '';
  }
  return account?.VID ?? '';
}

function nameOf({ service, name }: Operation): string {
  return `${service}.${name}`;
}

const operations = services.flatMap((service) => [...service.operations.values()]);
const named = (list: readonly Operation[]) =>
  list.map((operation) => [nameOf(operation), operation] as const);

test.each(Object.entries(OPERATION_COUNTS))(
  'the sweep visits every operation that the WSDL of %s describes: %i',
  async (name, count) => {
    const load = async (file: string) => {
      const response = await fetch(new URL(file, wsdlOf(name)));
      return parseDocument(await response.text(), file);
    };
    const served = readService(await load(`${name}.wsdl`), version.version);
    const visited = operations.filter(({ service }) => service === name);
    expect([...served.operations.keys()]).toEqual(visited.map((operation) => operation.name));
    expect(visited).toHaveLength(count);
  },
);

test('every class is swept, and every operation that is implemented succeeds once', () => {
  expect(services.map(({ name }) => name)).toEqual(CLASSES);
  const done = operations.filter(implemented).map(nameOf);
  expect(Object.keys(SUCCESSFUL).sort()).toEqual(done.sort());
});

describe('a call that is refused', () => {
  for (const [name, operation] of named(operations.filter(implemented))) {
    testValid(`${name}: 400, valid by the schema`, async () => {
      await expectReturn(operation, REFUSED[name] ?? {}, 400);
    });
  }
});

describe('a wrong password', () => {
  for (const [name, operation] of named(operations.filter(implemented))) {
    testValid(`${name}: 403, valid by the schema`, async () => {
      await expectReturn(operation, { auth: { ...AUTH, password: 'wrong' } }, 403);
    });
  }
});

describe('a call that succeeds', () => {
  // One makes what another needs.
  const order = Object.keys(SUCCESSFUL);
  const inOrder = named(operations.filter(implemented)).sort(
    ([one], [other]) => order.indexOf(one) - order.indexOf(other),
  );
  for (const [name, operation] of inOrder) {
    testValid(`${name}: 200, valid by the schema`, async () => {
      const reply = await expectSuccess(operation, server);
      expect(reply).not.toContain('xsi:type');
      // Beside `return` there is something to hold against the schema.
      const { fields } = operation.output;
      if (fields.length > 1) expect(reply).toContain(`<${fields[1]?.name} xmlns="">`);
    });

    testValid(`${name}: 200, valid by the schema, with xsi:type`, async () => {
      expect(await expectSuccess(operation, typed)).toContain(
        '<return xmlns="" xsi:type="vin:Return">',
      );
    });
  }
});

testValid('the schema refuses what is not valid', async () => {
  const [first] = operations;
  if (!first) throw new Error('no operation');
  const request = minimalRequest(first, { auth: AUTH });
  expect(await findErrors(first, request)).toBe('');
  const renamed = request.replace('<login>', '<user>').replace('</login>', '</user>');
  expect(await findErrors(first, renamed)).toContain(
    "Element 'user': This element is not expected",
  );
});
