/** A served WSDL and the schema that it imports, taken apart for the tests of the profile. */
import { type DocumentElement, parseDocument } from '../../src/contract/document';
import { WSDL, WSDL_SOAP, XSD } from '../../src/contract/namespaces';
import type { TestServer } from '../harness/server';

export interface Description {
  /** As it was served: bytes. */
  readonly wsdl: Buffer;
  readonly xsd: Buffer;
  readonly definitions: DocumentElement;
  /** The schema in `types`. */
  readonly messages: DocumentElement;
  /** The schema that it imports. */
  readonly types: DocumentElement;
  readonly portType: DocumentElement;
  readonly binding: DocumentElement;
}

export async function loadDescription({ url }: TestServer, version: string): Promise<Description> {
  const path = `/${version}/Account.wsdl`;
  const wsdl = await load(url + path);
  const definitions = parseDocument(wsdl.toString(), 'Account.wsdl');
  const messages = only(only(definitions, WSDL, 'types'), XSD, 'schema');
  const location = only(messages, XSD, 'import').required('schemaLocation');
  const xsd = await load(new URL(location, url + path).href);
  return {
    wsdl,
    xsd,
    definitions,
    messages,
    types: parseDocument(xsd.toString(), 'Vindicia.xsd'),
    portType: only(definitions, WSDL, 'portType'),
    binding: only(definitions, WSDL, 'binding'),
  };
}

async function load(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

export function only(element: DocumentElement, namespace: string, name: string): DocumentElement {
  const [first, ...more] = element.all(namespace, name);
  if (!first || more.length > 0) throw element.error(`${more.length + 1} × ${name}`);
  return first;
}

/** Every element, the given one first. */
export function everyElement(element: DocumentElement): DocumentElement[] {
  return [element, ...element.children.flatMap(everyElement)];
}

/** The elements of that name, anywhere. */
export function find(element: DocumentElement, namespace: string, name: string): DocumentElement[] {
  return everyElement(element).filter(
    (inner) => inner.namespace === namespace && inner.name === name,
  );
}

export const namesOf = (elements: readonly DocumentElement[]) =>
  elements.map((element) => element.required('name'));

/** The soap:body of every operation's input and output. */
export const bodiesOf = ({ binding }: Description) => some(find(binding, WSDL_SOAP, 'body'));

/** The operations of a portType or binding. */
export const operationsOf = (element: DocumentElement) => some(element.all(WSDL, 'operation'));

/** The parts of every message. */
export const partsOf = ({ definitions }: Description) =>
  some(definitions.all(WSDL, 'message')).map((message) => message.all(WSDL, 'part'));

/** Nothing may be proved of no elements. */
function some(elements: DocumentElement[]): DocumentElement[] {
  if (elements.length === 0) throw new Error('there are none');
  return elements;
}
