/**
 * Reads what nearly every request is made of: tags, attributes, text and XML's own references, with
 * names in ASCII. It takes less than half the time of a parser of everything. Whatever else a
 * document holds, and whatever is wrong with it, is not for this reader to say: it gives up.
 */
import { declare, NOT_PLAIN, type Scope, toElement, type WrittenAttribute } from './plain-element';
import { expandReferences, UNUSUAL } from './plain-text';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_NAME, type XmlElement } from './xml-element';

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

interface OpenElement {
  readonly element: XmlElement;
  /** Its name as it is written. */
  readonly written: string;
  readonly scope: Scope | undefined;
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
  /** Where the next reference is, as far as has been looked: texts and values needn't be searched one by one. */
  private reference = -1;

  constructor(private readonly text: string) {
    this.at = DECLARATION.exec(text)?.[0].length ?? 0;
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
    const expanded = this.expand(text, this.at);
    if (expanded === undefined) return false;
    element.text += expanded;
    return true;
  }

  /** @param part of the document, from `start` on; one after the other */
  private expand(part: string, start: number): string | undefined {
    if (this.reference < start) {
      const next = this.text.indexOf('&', start);
      this.reference = next < 0 ? Infinity : next;
    }
    return this.reference < start + part.length ? expandReferences(part) : part;
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
      const value =
        end < 0 ? undefined : this.attributeValue(text.slice(this.at + 2, end), this.at + 2);
      if (value === undefined || attributes.length === FEW_ATTRIBUTES) return undefined;
      attributes.push({ name, colon, value });
      this.at = end + 1;
    }
    return attributes;
  }

  /** An attribute's value; undefined where white space would have to be made blanks. */
  private attributeValue(written: string, start: number): string | undefined {
    return /[<\t\n]/.test(written) ? undefined : this.expand(written, start);
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
