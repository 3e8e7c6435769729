/**
 * Reads the XML of a request into elements. It trusts nothing: no document type, no entity but
 * XML's own five, bounds on depth and number, strict well-formedness and namespaces.
 * Decided: docs/decisions/request-parser.md
 */
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { SoapFault } from './fault';
import { NotWellFormed, nameAmpersand } from './not-well-formed';
import { plainReaderOf, readPlainXml } from './plain-xml';
import { turnFor } from './reading-turns';
import {
  MAX_ATTRIBUTES,
  MAX_DEPTH,
  MAX_ELEMENTS,
  MAX_NAME,
  MAX_PREFIXES,
  NO_ATTRIBUTES,
  tooDeep,
  tooMany,
  typeOf,
  type XmlElement,
} from './xml-element';

/** The parser reads at most this number of characters in one turn, so that others needn't wait long. */
const PIECE = 2 ** 15;

/**
 * Reads a whole document and returns its root.
 * @throws SoapFault when it isn't well-formed (with line and column), holds a document type
 *   declaration, or goes beyond one of the limits of xml-element.ts
 */
export function parseXml(text: string): XmlElement {
  return readPlainXml(text) ?? parseAnyXml(text);
}

/** The same by the parser alone, which is what the fast way before it has to agree with. */
export function parseAnyXml(text: string): XmlElement {
  const document = new DocumentReader();
  try {
    document.read(text);
    return document.end();
  } catch (error) {
    throw nameAmpersand(error, text);
  }
}

/** The same as `parseXml`. A long document takes several turns, in which others are read, too. */
export function parseXmlInTurns(text: string): XmlElement | Promise<XmlElement> {
  const read = text.length > PIECE ? parseLongXml : parseXml;
  const turn = turnFor(Math.min(text.length, PIECE));
  return turn ? turn.then(() => read(text)) : read(text);
}

async function parseLongXml(text: string): Promise<XmlElement> {
  const reader = plainReaderOf(text);
  for (let until = PIECE; reader?.read(until); until += PIECE) await turnFor(PIECE);
  return reader?.root ?? parseAnyXmlInTurns(text);
}

async function parseAnyXmlInTurns(text: string): Promise<XmlElement> {
  const document = new DocumentReader();
  try {
    for (let at = 0; at < text.length; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      if (at > 0) await turnFor(piece.length);
      document.read(piece);
    }
    return document.end();
  } catch (error) {
    throw nameAmpersand(error, text);
  }
}

/** Puts the elements of one document together. */
class DocumentReader {
  // XML 1.1 would let in control characters that an XML 1.0 reply cannot carry.
  private readonly parser = new SaxesParser({
    xmlns: true,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  private readonly open: XmlElement[] = [];
  /** The number of prefixes in scope within each open element. */
  private readonly prefixes: number[] = [];
  private root: XmlElement | undefined;
  private elements = 0;
  /** Attributes of the tag that is being read. */
  private attributes = 0;

  constructor() {
    const { parser } = this;
    parser.on('error', (error) => {
      throw new NotWellFormed(error.message, parser.position);
    });
    parser.on('doctype', () => {
      throw new SoapFault('Client', 'A document type declaration (DOCTYPE) is not allowed.');
    });
    parser.on('opentagstart', ({ name }) => this.startTag(name));
    parser.on('attribute', ({ name }) => this.countAttribute(name));
    parser.on('opentag', (tag) => this.openTag(tag));
    const addText = (piece: string) => this.addText(piece);
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.on('closetag', () => {
      this.open.pop();
      this.prefixes.pop();
    });
  }

  read(piece: string): void {
    this.parser.write(piece);
  }

  end(): XmlElement {
    this.parser.close();
    if (this.root) return this.root;
    throw new NotWellFormed('it is empty', 0);
  }

  private startTag(name: string): void {
    if (this.open.length === MAX_DEPTH) throw tooDeep();
    if (++this.elements > MAX_ELEMENTS) throw tooMany('elements', MAX_ELEMENTS);
    if (name.length > MAX_NAME) throw tooMany('characters in a name', MAX_NAME);
    this.attributes = 0;
  }

  private countAttribute(name: string): void {
    if (++this.attributes > MAX_ATTRIBUTES)
      throw tooMany('attributes on one element', MAX_ATTRIBUTES);
    if (name.length > MAX_NAME) throw tooMany('characters in a name', MAX_NAME);
  }

  private openTag(tag: SaxesTagNS): void {
    const prefixes = (this.prefixes.at(-1) ?? 0) + Object.keys(tag.ns).length;
    if (prefixes > MAX_PREFIXES) throw tooMany('prefixes in scope', MAX_PREFIXES);
    const attributes = Object.values(tag.attributes).map(toAttribute);
    const element: XmlElement = {
      namespace: tag.uri,
      name: tag.local,
      attributes: attributes.length > 0 ? attributes : NO_ATTRIBUTES,
      type: typeOf(attributes, (prefix) => this.parser.resolve(prefix)),
      children: [],
      text: '',
    };
    this.open.at(-1)?.children.push(element);
    this.open.push(element);
    this.prefixes.push(prefixes);
    this.root ??= element;
  }

  private addText(piece: string): void {
    const element = this.open.at(-1);
    if (element) element.text += piece;
  }
}

function toAttribute({ name, local, uri, value }: SaxesAttributeNS) {
  return { name, local, uri, value };
}
