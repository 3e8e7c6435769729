/**
 * Shared by the tests of the WS-I Basic Profile: one test a requirement and version, its title
 * beginning with the requirement's number, and the messages that they look at.
 */
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer } from '../harness/server';
import { USER } from '../harness/soap-call';

/** An early version, one without srd that has every entitlement call, the one described in full. */
export const VERSIONS = ['4.3', '8.0', '22.0'];

export const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Declares the tests of a requirement. docs.test.ts holds its number against the document. */
export function requirement(
  number: `R${number}`,
  what: string,
  prove: (version: string) => Promise<void>,
): void {
  test.each(VERSIONS)(`${number}: ${what} (%s)`, prove);
}

/** A server for the tests of a file. */
export function useServer(): () => TestServer {
  let server: TestServer | undefined;
  beforeAll(async () => {
    server = await startTestServer({ merchants: SEED });
  });
  afterAll(() => server?.stop());
  return () => {
    if (!server) throw new Error('the server starts with the tests');
    return server;
  };
}

export const namespaceOf = (version: string, name = 'Account') =>
  `http://soap.vindicia.com/v${version.replace('.', '_')}/${name}`;

export const actionOf = (version: string, operation: string) =>
  `"${namespaceOf(version)}#${operation}"`;

export const AUTH =
  `<auth><version>1.0</version><login>${USER.login}</login>` +
  `<password>${USER.password}</password></auth>`;

const ADA = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';

/** The element of a call in the Body. */
export function call(version: string, operation: string, parts: string): string {
  return `<v:${operation} xmlns:v="${namespaceOf(version)}">${AUTH}${parts}</v:${operation}>`;
}

export const isEntitled = (version: string) =>
  call(version, 'isEntitled', `${ADA}<merchantEntitlementId>archive</merchantEntitlementId>`);

/** Changes something: a forbidden change shows in the ledger. */
export const revoke = (version: string) =>
  call(
    version,
    'revokeEntitlement',
    `${ADA}<merchantEntitlementId>archive</merchantEntitlementId>`,
  );

/** @param header the content of a Header, if there is to be one */
export function envelope(body: string, header?: string): string {
  const head = header === undefined ? '' : `<e:Header>${header}</e:Header>`;
  return `<e:Envelope xmlns:e="${SOAP}">${head}<e:Body>${body}</e:Body></e:Envelope>`;
}

export const MANDATORY = '<h:token xmlns:h="urn:h" e:mustUnderstand="1"/>';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The envelope. */
  readonly root: XmlElement;
  /** The elements of its Body. */
  readonly body: readonly XmlElement[];
}

export async function post(
  { url }: TestServer,
  content: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', ...headers },
    body: content,
  });
  const text = await response.text();
  const root = parseXml(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    root,
    body: root.children.find(({ name }) => name === 'Body')?.children ?? [],
  };
}

/** Requests that are answered by a Fault, by what is wrong with them. */
export const faulty = (version: string): Readonly<Record<string, string>> => ({
  'not well-formed': '<x',
  'no envelope': '<x/>',
  'another envelope': '<e:Envelope xmlns:e="urn:other"><e:Body/></e:Envelope>',
  'a mandatory header': envelope(isEntitled(version), MANDATORY),
  'an unknown operation': envelope(call(version, 'buyEntitlement', '')),
  'an unknown version': envelope(isEntitled('99.0')),
  'an empty Body': envelope(''),
});

export async function faults(server: TestServer, version: string): Promise<Answer[]> {
  return Promise.all(Object.values(faulty(version)).map((content) => post(server, content)));
}

/** One reply of every kind: a success, refusals, an operation that isn't implemented, Faults. */
export async function replies(server: TestServer, version: string): Promise<Answer[]> {
  const calls = [
    isEntitled(version),
    call(version, 'fetchByMerchantAccountId', '<merchantAccountId>ada-1815</merchantAccountId>'),
    call(version, 'revokeEntitlement', ADA),
    call(version, 'transfer', ''),
    isEntitled(version).replace('acme_soap', 'nobody'),
  ];
  const answered = await Promise.all(calls.map((body) => post(server, envelope(body))));
  return [...answered, ...(await faults(server, version))];
}

/** The one element of a Body that is a Fault. */
export function faultOf({ body: [first] }: Answer): XmlElement {
  if (first?.namespace !== SOAP || first.name !== 'Fault') throw new Error('no Fault');
  return first;
}

export const childText = (element: XmlElement, name: string) =>
  element.children.find((child) => child.name === name)?.text;

/** Every element, the given one first. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap(elementsOf)];
}
