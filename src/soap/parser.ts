/**
 * Reads the XML of a request into elements. It trusts nothing: no document type, no entity but
 * XML's own five, a bound on the depth, strict well-formedness and namespaces.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { SoapFault } from './fault';
import { XSI } from './namespaces';

/** An element of a request: names resolved, text and CDATA joined, comments left out. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: SaxesTagNS['attributes'];
  /** What `xsi:type` names; undefined where there is none. */
  readonly type: QualifiedName | undefined;
  readonly children: XmlElement[];
  text: string;
}

/** A name with its prefix resolved; the namespace is empty where the prefix is not declared. */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

/** Elements nested deeper than this are refused. */
export const MAX_DEPTH = 100;

/**
 * Parses a whole document and returns its root.
 * @throws SoapFault when it isn't well-formed (with line and column), holds a document type
 *   declaration, or nests deeper than MAX_DEPTH
 */
export function parseXml(text: string): XmlElement {
  // XML 1.1 would let in control characters that an XML 1.0 reply cannot carry.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on('error', (error) => {
    throw new SoapFault('Client', `The request is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new SoapFault('Client', 'A document type declaration (DOCTYPE) is not allowed.');
  });
  parser.on('opentag', (tag) => {
    if (open.length === MAX_DEPTH) throw tooDeep();
    const attributes = hasAttributes(tag) ? tag.attributes : NO_ATTRIBUTES;
    const element: XmlElement = {
      namespace: tag.uri,
      name: tag.local,
      attributes,
      type: typeOf(attributes, parser),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    open.push(element);
    root ??= element;
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (!root) throw new SoapFault('Client', 'The request is not well-formed XML: it is empty.');
  return root;
}

/** Most elements have none, and are asked for several: they are told apart once. */
const NO_ATTRIBUTES: SaxesTagNS['attributes'] = {};

function hasAttributes({ attributes }: SaxesTagNS): boolean {
  for (const _name in attributes) return true;
  return false;
}

/** The Fault about elements that are nested deeper than MAX_DEPTH. */
export function tooDeep(): SoapFault {
  return new SoapFault('Client', `Elements are nested deeper than ${MAX_DEPTH} levels.`);
}

/** The value of an attribute of that namespace ("" for none), or undefined. */
export function attributeOf(
  element: XmlElement,
  namespace: string,
  name: string,
): string | undefined {
  return findAttribute(element.attributes, namespace, name);
}

function findAttribute(
  attributes: SaxesTagNS['attributes'],
  namespace: string,
  name: string,
): string | undefined {
  if (attributes === NO_ATTRIBUTES) return undefined;
  for (const attribute of Object.values(attributes)) {
    if (attribute.local === name && attribute.uri === namespace) return attribute.value;
  }
  return undefined;
}

/** Prefixes are known only while their element is open, so the type is resolved as it is read. */
function typeOf(
  attributes: SaxesTagNS['attributes'],
  parser: Pick<SaxesParser, 'resolve'>,
): QualifiedName | undefined {
  const type = findAttribute(attributes, XSI, 'type')?.trim();
  if (type === undefined) return undefined;
  const colon = type.indexOf(':');
  return {
    namespace: parser.resolve(colon < 0 ? '' : type.slice(0, colon)) ?? '',
    name: type.slice(colon + 1),
  };
}

/** Whether the element says `xsi:nil="true"`, and so counts as absent. */
export function isNil(element: XmlElement): boolean {
  const value = attributeOf(element, XSI, 'nil');
  return value === 'true' || value === '1';
}
