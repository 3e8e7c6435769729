/**
 * Reads what nearly every request is made of: tags, attributes, text and XML's own references, with
 * names in ASCII. It takes less than half the time of a parser of everything. Whatever else a
 * document holds, and whatever is wrong with it, is not for this reader to say: it gives up.
 */
import { XML, XMLNS } from './namespaces';
import { expandReferences, UNUSUAL } from './plain-text';
import {
  MAX_DEPTH,
  MAX_ELEMENTS,
  MAX_NAME,
  MAX_PREFIXES,
  NO_ATTRIBUTES,
  typeOf,
  type XmlAttribute,
  type XmlElement,
} from './xml-element';

const DECLARATION =
  /^<\?xml version=(["'])1\.0\1(?: encoding=(["'])[A-Za-z][\w.-]*\2)?(?: standalone=(["'])(?:yes|no)\3)? ?\?>/;

/** The most attributes of an element here: comparing them all with each other must cost little. */
const FEW_ATTRIBUTES = 16;

/**
 * @returns the root; undefined where the document must be left to the parser
 */
export function readPlainXml(text: string): XmlElement | undefined {
  const reader = plainReaderOf(text);
  reader?.read(Infinity);
  return reader?.root;
}

/** @returns what reads a document piece by piece; undefined where it must be left to the parser */
export function plainReaderOf(text: string): PlainReader | undefined {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return UNUSUAL.test(lines) || lines.includes(']]>') ? undefined : new PlainReader(lines);
}

/** A declaration of a prefix, and those that it hides or that stand beside it. */
interface Scope {
  readonly prefix: string;
  readonly namespace: string;
  readonly outer: Scope | undefined;
  /** How many declarations there are, this one included. */
  readonly size: number;
}

interface OpenElement {
  readonly element: XmlElement;
  /** Its name as it is written. */
  readonly written: string;
  readonly scope: Scope | undefined;
}

/** An attribute before its prefix is resolved. */
interface WrittenAttribute {
  readonly name: string;
  readonly colon: number;
  readonly value: string;
}

/** Reads one document. Private methods answer false, or undefined, where it gives up. */
export class PlainReader {
  private at: number;
  /** Where the colon of the name stands that was read last, counted from its start; -1: nowhere. */
  private colon = -1;
  private element: XmlElement | undefined;
  private isWhole = false;
  private readonly open: OpenElement[] = [];
  private elements = 0;
  /** Most documents have no references: texts and values needn't be searched one by one. */
  private readonly hasReferences: boolean;

  constructor(private readonly text: string) {
    this.at = DECLARATION.exec(text)?.[0].length ?? 0;
    this.hasReferences = text.includes('&');
  }

  /** The root of the document, once all of it is read; undefined where it must be left to the parser. */
  get root(): XmlElement | undefined {
    return this.isWhole ? this.element : undefined;
  }

  /**
   * Reads on, to the first tag that ends there or after it.
   * @param until a number of characters of the document
   * @returns whether there is more that this reader can read
   */
  read(until: number): boolean {
    const { text } = this;
    while (this.at < until) {
      const start = text.indexOf('<', this.at);
      if (!this.readText(start < 0 ? text.length : start)) return false;
      if (start < 0) {
        this.isWhole = this.open.length === 0;
        return false;
      }
      this.at = start + 1;
      const isEnd = text.charCodeAt(this.at) === SLASH;
      if (!(isEnd ? this.readEndTag() : this.readStartTag())) return false;
    }
    return true;
  }

  private readText(end: number): boolean {
    if (end === this.at) return true;
    const text = this.text.slice(this.at, end);
    const element = this.open.at(-1)?.element;
    if (!element) return !/[^ \t\n]/.test(text);
    const expanded = this.expand(text);
    if (expanded === undefined) return false;
    element.text += expanded;
    return true;
  }

  private expand(text: string): string | undefined {
    return this.hasReferences ? expandReferences(text) : text;
  }

  private readEndTag(): boolean {
    const { text } = this;
    const written = this.open.pop()?.written;
    if (written === undefined || !text.startsWith(written, this.at + 1)) return false;
    this.at += 1 + written.length;
    this.skipSpace();
    return text.charCodeAt(this.at++) === GREATER;
  }

  private readStartTag(): boolean {
    const { text, open } = this;
    const parent = open.at(-1);
    if (open.length === MAX_DEPTH || (!parent && this.element)) return false;
    if (++this.elements > MAX_ELEMENTS) return false;
    const written = this.readName();
    const { colon } = this;
    if (written === undefined) return false;
    const attributes =
      text.charCodeAt(this.at) === GREATER ? NOTHING_WRITTEN : this.readAttributes();
    if (!attributes) return false;
    const empty = text.charCodeAt(this.at) === SLASH;
    if (empty) this.at++;
    if (text.charCodeAt(this.at++) !== GREATER) return false;
    const scope = declare(attributes, parent?.scope);
    if (scope === NOT_PLAIN) return false;
    const element = toElement(written, colon, attributes, scope);
    if (!element) return false;
    if (parent) parent.element.children.push(element);
    else this.element = element;
    if (!empty) open.push({ element, written, scope });
    return true;
  }

  private readAttributes(): readonly WrittenAttribute[] | undefined {
    const { text } = this;
    const attributes: WrittenAttribute[] = [];
    while (this.skipSpace()) {
      const code = text.charCodeAt(this.at);
      if (code === GREATER || code === SLASH) break;
      const name = this.readName();
      const { colon } = this;
      if (name === undefined || text[this.at] !== '=') return undefined;
      const quote = text[this.at + 1];
      if (quote !== '"' && quote !== "'") return undefined;
      const end = text.indexOf(quote, this.at + 2);
      const value = end < 0 ? undefined : this.attributeValue(text.slice(this.at + 2, end));
      if (value === undefined || attributes.length === FEW_ATTRIBUTES) return undefined;
      attributes.push({ name, colon, value });
      this.at = end + 1;
    }
    return attributes;
  }

  /** An attribute's value; undefined where white space would have to be made blanks. */
  private attributeValue(written: string): string | undefined {
    return /[<\t\n]/.test(written) ? undefined : this.expand(written);
  }

  /** @returns whether there was any */
  private skipSpace(): boolean {
    const from = this.at;
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
    return this.at > from;
  }

  private readName(): string | undefined {
    const { text, at: start } = this;
    let end = start;
    let colon = -1;
    let kind = CHARACTERS[text.charCodeAt(end)];
    if (kind !== STARTS_NAME) return undefined;
    for (; kind !== undefined && kind !== NO_NAME; kind = CHARACTERS[text.charCodeAt(++end)]) {
      if (kind !== COLON) continue;
      if (colon >= 0 || CHARACTERS[text.charCodeAt(end + 1)] !== STARTS_NAME) return undefined;
      colon = end - start;
    }
    if (end - start > MAX_NAME) return undefined;
    this.at = end;
    this.colon = colon;
    return text.slice(start, end);
  }
}

const SLASH = 0x2f;
const GREATER = 0x3e;
const NOTHING_WRITTEN: readonly WrittenAttribute[] = [];

/** The places that a character may have in a name, by its code. */
const NO_NAME = 0;
const STARTS_NAME = 1;
const CONTINUES_NAME = 2;
const COLON = 3;
const CHARACTERS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return STARTS_NAME;
  if (/[\d.-]/.test(character)) return CONTINUES_NAME;
  return character === ':' ? COLON : NO_NAME;
});

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

const NOT_PLAIN = Symbol('not plain');

/** The scope of an element with those attributes. */
function declare(
  attributes: readonly WrittenAttribute[],
  outer: Scope | undefined,
): Scope | undefined | typeof NOT_PLAIN {
  let scope = outer;
  for (const { name, colon, value } of attributes) {
    if (name !== 'xmlns' && prefixOf(name, colon) !== 'xmlns') continue;
    const prefix = name.slice('xmlns:'.length);
    // XML's own two may not be declared as others are.
    if (prefix === 'xml' || prefix === 'xmlns' || value === XML || value === XMLNS)
      return NOT_PLAIN;
    if (value !== value.trim() || (value === '' && prefix !== '')) return NOT_PLAIN;
    const size: number = (scope?.size ?? 0) + 1;
    if (size > MAX_PREFIXES) return NOT_PLAIN;
    scope = { prefix, namespace: value, outer: scope, size };
  }
  return scope;
}

function resolve(scope: Scope | undefined, prefix: string): string | undefined {
  for (let known = scope; known; known = known.outer) {
    if (known.prefix === prefix) return known.namespace;
  }
  return prefix === '' ? '' : undefined;
}

function toElement(
  written: string,
  colon: number,
  writtenAttributes: readonly WrittenAttribute[],
  scope: Scope | undefined,
): XmlElement | undefined {
  const namespace = resolve(scope, prefixOf(written, colon));
  const attributes = toAttributes(writtenAttributes, scope);
  if (namespace === undefined || !attributes) return undefined;
  return {
    namespace,
    name: colon < 0 ? written : written.slice(colon + 1),
    attributes,
    type: typeOf(attributes, (prefix) => resolve(scope, prefix)),
    children: [],
    text: '',
  };
}

/** @returns undefined where a prefix is not declared, or an attribute is there twice */
function toAttributes(
  written: readonly WrittenAttribute[],
  scope: Scope | undefined,
): readonly XmlAttribute[] | undefined {
  if (written.length === 0) return NO_ATTRIBUTES;
  const attributes: XmlAttribute[] = [];
  for (const { name, colon, value } of written) {
    const local = name.slice(colon + 1);
    const uri = namespaceOf(name, colon, scope);
    if (uri === undefined) return undefined;
    if (attributes.some((other) => other.local === local && other.uri === uri)) return undefined;
    attributes.push({ name, local, uri, value });
  }
  return attributes;
}

function namespaceOf(name: string, colon: number, scope: Scope | undefined): string | undefined {
  // The default namespace is none of an attribute's.
  if (colon < 0) return name === 'xmlns' ? XMLNS : '';
  const prefix = prefixOf(name, colon);
  return prefix === 'xmlns' ? XMLNS : resolve(scope, prefix);
}

function prefixOf(name: string, colon: number): string {
  return colon < 0 ? '' : name.slice(0, colon);
}
