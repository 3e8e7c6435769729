/**
 * Reads an XML file of the contract into namespaced elements. The request path has a parser of
 * its own (`soap/parser`), which trusts nothing; these files are ours.
 */
import { XMLParser } from 'fast-xml-parser';

/** An element of a WSDL or XSD, its name and attribute values resolved by prefix. */
export interface DocumentElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly DocumentElement[];
  readonly text: string;
  /** An attribute's value, or undefined. */
  attribute(name: string): string | undefined;
  /** An attribute that must be there; its absence is a ContractError. */
  required(name: string): string;
  /** A QName attribute such as `type="vin:Account"`, resolved against the prefixes in scope. */
  qname(name: string): { namespace: string; name: string };
  /** The child elements of that name. */
  all(namespace: string, name: string): DocumentElement[];
  /** An error at this element: file and path, then what is wrong. */
  error(message: string): ContractError;
}

/** A WSDL or XSD file that says something the model cannot hold. */
export class ContractError extends Error {
  override name = 'ContractError';
}

type ParsedNode = Record<string, unknown>;

const ATTRIBUTES = ':@';
const TEXT = '#text';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Parses the text of one contract file.
 * @param text the file's content
 * @param file its name, for error messages
 * @throws ContractError when it has no root element
 */
export function parseDocument(text: string, file: string): DocumentElement {
  const nodes = parser.parse(text) as ParsedNode[];
  const root = nodes.find((node) => tagOf(node) !== TEXT);
  if (!root) throw new ContractError(`${file}: no root element`);
  return readElement(root, new Map(), file);
}

function tagOf(node: ParsedNode): string {
  return Object.keys(node).find((key) => key !== ATTRIBUTES) ?? TEXT;
}

function readElement(
  node: ParsedNode,
  outerPrefixes: ReadonlyMap<string, string>,
  parentPath: string,
): DocumentElement {
  const tag = tagOf(node);
  const attributes = (node[ATTRIBUTES] ?? {}) as Record<string, string>;
  const prefixes = withDeclared(outerPrefixes, attributes);
  const path = `${parentPath}/${tag}${attributes.name ? `[${attributes.name}]` : ''}`;
  const fail = (message: string) => new ContractError(`${path}: ${message}`);
  const resolve = (qname: string) => {
    const [prefix, local] = qname.includes(':') ? qname.split(':') : ['', qname];
    return { namespace: prefixes.get(prefix ?? '') ?? '', name: local ?? '' };
  };
  const required = (name: string) => {
    const value = attributes[name];
    if (value === undefined) throw fail(`attribute ${name} is missing`);
    return value;
  };
  const content = node[tag] as ParsedNode[];
  const children = content
    .filter((child) => tagOf(child) !== TEXT)
    .map((child) => readElement(child, prefixes, path));
  return {
    ...resolve(tag),
    children,
    text: content.map((child) => (tagOf(child) === TEXT ? String(child[TEXT]) : '')).join(''),
    attribute: (name) => attributes[name],
    required,
    qname: (name) => resolve(required(name)),
    all: (namespace, name) =>
      children.filter((child) => child.namespace === namespace && child.name === name),
    error: fail,
  };
}

/** The prefixes in scope: those of the element around, and those that the attributes declare. */
function withDeclared(
  outer: ReadonlyMap<string, string>,
  attributes: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const declared = Object.entries(attributes).flatMap(([name, value]): Array<[string, string]> => {
    if (name === 'xmlns') return [['', value]];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value]] : [];
  });
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}
