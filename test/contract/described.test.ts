/**
 * Operations that are described and not implemented, in every version: each answers 501 in order,
 * and of what a request holds nothing is logged, stored or quoted.
 */
import { join } from 'node:path';
import { IGNORED_TYPES } from '../../src/cashbox/ignored-types';
import { OPERATIONS } from '../../src/cashbox/operations';
import { loadContract } from '../../src/contract/contract';
import type { Field, Operation, Type } from '../../src/contract/model';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { parseXml } from '../../src/soap/parser';
import { findProblems } from '../../src/soap/validate';
import { envelope } from '../../src/soap/write-envelope';
import type { XmlElement } from '../../src/soap/xml-element';
import { isInstalled, testWith } from '../clients/scenario';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { find, textOf } from '../harness/xml';
import { type Given, minimalRequest } from './minimal-request';
import { readServedSchema } from './served-schema';
import { lintAll } from './xmllint';

const contract = loadContract(join(ROOT, 'wsdl'));
const AUTH = { version: '22.0', login: 'demo', password: 's&cret<2>' };
const CARD = '4111111111111111';

/** The elements with payment data; a list of its own, so that one that the server forgets is missed here. */
const PAYMENTS = new Set([
  ...['PaymentMethod', 'Transaction', 'MigrationTransaction', 'TransactionStatus', 'Refund'],
  ...['WebSession', 'GiftCard', 'Credit', 'TokenAmount'],
]);

/** The versions that are known as a whole. */
const KNOWN = ['4.3', '8.0', '20.0', '22.0'];

const testValid = testWith(isInstalled(['xmllint', '--version']), 'libxml2-utils');

let lenient: TestServer;
let strict: TestServer;

beforeAll(async () => {
  const merchants = [{ login: AUTH.login, password: AUTH.password, accounts: [] }];
  lenient = await startTestServer({ merchants });
  strict = await startTestServer({ merchants, settings: { validation: 'strict' } });
});

afterAll(async () => {
  await lenient.stop();
  await strict.stop();
});

function describedIn(version: string, service?: string): Operation[] {
  const services = [...(contract.findVersion(version)?.services.values() ?? [])];
  return services
    .filter(({ name }) => service === undefined || name === service)
    .flatMap(({ operations }) => [...operations.values()])
    .filter(({ service, name }) => {
      const handlers = (OPERATIONS as Record<string, object>)[service] ?? {};
      return !(name in handlers);
    });
}

async function post({ url }: TestServer, { soapAction }: Operation, message: string) {
  const response = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', SOAPAction: `"${soapAction}"` },
    body: envelope('1.1', message),
  });
  return response.text();
}

const leastOf = (operation: Operation) => minimalRequest(operation, { auth: AUTH });

function expectNotImplemented(operation: Operation, reply: string): void {
  const [wrapper] = find(parseXml(reply), 'Body')?.children as readonly XmlElement[];
  expect(wrapper).toMatchObject({ namespace: operation.namespace, name: operation.output.name });
  const { service, name } = operation;
  expect(textOf(reply, 'returnString')).toBe(`${service}.${name} is not implemented.`);
  expect(textOf(reply, 'returnCode')).toBe('501');
}

/** A request whose every element after auth that holds no element holds a card's number. */
function withCards(request: string): string {
  const [, start = '', rest = ''] = /^(.*<\/auth>)(.*)$/s.exec(request) ?? [];
  return `${start}${rest.replace(/>[^<]*<\/(?!t:)/g, `>${CARD}</`)}`;
}

function expectNoCards({ log, statements }: TestServer): void {
  expect(log.length).toBeGreaterThan(0);
  expect(JSON.stringify(log)).not.toContain(CARD);
  expect(statements.filter((sql) => sql.includes(CARD))).toEqual([]);
}

describe.each(contract.versions.map((name) => [name]))('%s', (version) => {
  const operations = describedIn(version);

  test('every one: 501, valid in strict mode, and no card number is logged', async () => {
    expect(operations.length).toBeGreaterThan(90);
    for (const operation of operations) {
      const least = leastOf(operation);
      expectNotImplemented(operation, await post(lenient, operation, withCards(least)));
      expectNotImplemented(operation, await post(strict, operation, least));
    }
    expectNoCards(lenient);
  });

  test('no message of strict mode quotes payment data', () => {
    const options = {
      dateTime: createDateTimeFormat('UTC'),
      ignoredTypes: IGNORED_TYPES,
      absentValues: new Map(),
    };
    const sentences = operations.flatMap((operation) => {
      const root = parseXml(envelope('1.1', withPaymentData(operation)));
      const body = find(root, 'Body')?.children ?? [];
      return findProblems({ soap: '1.1', root, body }, operation, options).sentences;
    });
    expect(sentences.filter((sentence) => sentence.includes('is not')).length).toBeGreaterThan(20);
    expect(sentences.filter((sentence) => sentence.includes(CARD))).toEqual([]);
  });
});

/** A request whose payment data, two levels deep, is a number where its types take none, too. */
function withPaymentData(operation: Operation): string {
  const wrong = `n${CARD}`;
  const parts = (type: Type, part: (field: Field) => Given | string): Given =>
    Object.fromEntries(
      (type.kind === 'complex' ? type.fields : []).map((field) => [field.name, part(field)]),
    );
  const payments = operation.input.fields.filter(({ type }) => PAYMENTS.has(type.name));
  const given = payments.map(({ name, type }): [string, Given] => [
    name,
    parts(type, (field) =>
      field.type.kind === 'complex' ? parts(field.type, () => wrong) : wrong,
    ),
  ]);
  return minimalRequest(operation, { auth: AUTH, ...Object.fromEntries(given) });
}

describe.each(
  KNOWN.flatMap((version) =>
    [...(contract.findVersion(version)?.services.keys() ?? [])]
      .filter((service) => describedIn(version, service).length > 0)
      .map((service) => [service, version] as const),
  ),
)('%s %s', (service, version) => {
  testValid('requests, refusals and rejections are valid by the served schema', async () => {
    const operations = describedIn(version, service);
    const messages: string[] = [];
    for (const operation of operations) {
      const refused = minimalRequest(operation, { auth: { ...AUTH, password: 'wrong' } });
      for (const request of [leastOf(operation), refused]) {
        const reply = await post(lenient, operation, request);
        const [, message = ''] = /<soap:Body>(.*)<\/soap:Body>/s.exec(reply) ?? [];
        expect(message).toContain(request === refused ? '>403<' : '>501<');
        messages.push(request, message);
      }
    }
    const schema = await readServedSchema(`${lenient.url}/${version}/${service}.wsdl`);
    const findings = await lintAll(schema.file, messages);
    schema.remove();
    expect(findings.filter((finding) => finding !== '')).toEqual([]);
  });
});
