/** Elements of plain XML: what their prefixes mean. */
import { XML, XMLNS } from './namespaces';
import {
  MAX_PREFIXES,
  NO_ATTRIBUTES,
  typeOf,
  type XmlAttribute,
  type XmlElement,
} from './xml-element';

/** A declaration of a prefix, and those that it hides or that stand beside it. */
export interface Scope {
  readonly prefix: string;
  readonly namespace: string;
  readonly outer: Scope | undefined;
  /** How many declarations there are, this one included. */
  readonly size: number;
}

/** An attribute before its prefix is resolved. */
export interface WrittenAttribute {
  readonly name: string;
  readonly colon: number;
  readonly value: string;
}

/** Instead of a scope, where the document must be left to the parser. */
export const NOT_PLAIN = Symbol('not plain');

/** The scope of an element with those attributes. */
export function declare(
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

/** @returns undefined where the document must be left to the parser */
export function toElement(
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
    type:
      attributes === NO_ATTRIBUTES
        ? undefined
        : typeOf(attributes, (prefix) => resolve(scope, prefix)),
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
