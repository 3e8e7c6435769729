/**
 * Reads the XML of a request into elements. It trusts nothing: no document type, no entity but
 * XML's own five, a bound on the depth, strict well-formedness and namespaces.
 */
import { SaxesParser, type SaxesAttributeNS } from 'saxes';
import { SoapFault } from './fault';
import { readPlainXml } from './plain-xml';
import { MAX_DEPTH, NO_ATTRIBUTES, tooDeep, typeOf, type XmlElement } from './xml-element';

/**
 * Reads a whole document and returns its root.
 * @throws SoapFault when it isn't well-formed (with line and column), holds a document type
 *   declaration, or nests deeper than MAX_DEPTH
 */
export function parseXml(text: string): XmlElement {
  return readPlainXml(text) ?? parseAnyXml(text);
}

/** The same by the parser alone, which is what the fast way before it has to agree with. */
export function parseAnyXml(text: string): XmlElement {
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
    const attributes = Object.values(tag.attributes).map(toAttribute);
    const element: XmlElement = {
      namespace: tag.uri,
      name: tag.local,
      attributes: attributes.length > 0 ? attributes : NO_ATTRIBUTES,
      type: typeOf(attributes, (prefix) => parser.resolve(prefix)),
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

function toAttribute({ name, local, uri, value }: SaxesAttributeNS) {
  return { name, local, uri, value };
}
