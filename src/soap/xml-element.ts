/** The elements of a request, whichever reader made them, and questions about their attributes. */
import { SoapFault } from './fault';
import { XSI } from './namespaces';

/** An element of a request: names resolved, text and CDATA joined, comments left out. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  /** The type that `xsi:type` names; undefined where there is none. */
  readonly type: QualifiedName | undefined;
  readonly children: XmlElement[];
  text: string;
}

/** An attribute; a declaration of a prefix counts as one of the namespace XMLNS. */
export interface XmlAttribute {
  /** As it is written, with its prefix. */
  readonly name: string;
  readonly local: string;
  /** Its namespace; empty where it has none. */
  readonly uri: string;
  readonly value: string;
}

/** A name with its prefix resolved; the namespace is empty where the prefix is not declared. */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

/** Elements nested deeper than this are refused. */
export const MAX_DEPTH = 100;

/** The most elements that a request may hold: a call has a few dozen. */
export const MAX_ELEMENTS = 100_000;

/** The most attributes that an element may have, declarations of prefixes included. */
export const MAX_ATTRIBUTES = 100;

/** The most declarations of prefixes that may be in scope: a stack declares a handful. */
export const MAX_PREFIXES = 100;

/** The longest name of an element or attribute, in characters. */
export const MAX_NAME = 1024;

/** Those of the most elements. */
export const NO_ATTRIBUTES: readonly XmlAttribute[] = [];

/** The Fault about elements that are nested deeper than MAX_DEPTH. */
export function tooDeep(): SoapFault {
  return new SoapFault('Client', `Elements are nested deeper than ${MAX_DEPTH} levels.`);
}

/** The Fault about a request that goes beyond one of the limits above. */
export function tooMany(what: string, limit: number): SoapFault {
  return new SoapFault('Client', `The request has more than ${limit} ${what}.`);
}

/** The value of an attribute of that namespace ("" for none), or undefined. */
export function attributeOf(
  { attributes }: Pick<XmlElement, 'attributes'>,
  namespace: string,
  name: string,
): string | undefined {
  for (const attribute of attributes) {
    if (attribute.local === name && attribute.uri === namespace) return attribute.value;
  }
  return undefined;
}

/**
 * The type that `xsi:type` names. Prefixes are known only while their element is open, so the type is resolved
 * as it is read.
 * @param resolve the namespace of a prefix
 */
export function typeOf(
  attributes: readonly XmlAttribute[],
  resolve: (prefix: string) => string | undefined,
): QualifiedName | undefined {
  const type = attributeOf({ attributes }, XSI, 'type')?.trim();
  if (type === undefined) return undefined;
  const colon = type.indexOf(':');
  return {
    namespace: resolve(colon < 0 ? '' : type.slice(0, colon)) ?? '',
    name: type.slice(colon + 1),
  };
}

/** Whether the element says `xsi:nil="true"`, and so counts as absent. */
export function isNil(element: XmlElement): boolean {
  const value = attributeOf(element, XSI, 'nil');
  return value === 'true' || value === '1';
}
