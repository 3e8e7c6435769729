/**
 * Reads what RPC clients without a WSDL make of lists and maps. The contract's messages are literal;
 * such a client knows no names but its own, and wraps each entry in an `item`. This step gives the
 * elements the form that the contract describes, so that decoding need not know.
 */
import { APACHE_SOAP, SOAP_11_ENCODING, SOAP_12_ENCODING } from './namespaces';
import type { XmlElement } from './xml-element';

/**
 * Turns Apache Maps and SOAP arrays, at any depth, into literal elements:
 * `<account xsi:type="apache:Map"><item><key>VID</key><value>1</value></item></account>` (PHP's
 * associative arrays) into `<account><VID>1</VID></account>`, and
 * `<nameValues xsi:type="SOAP-ENC:Array"><item>…</item><item>…</item></nameValues>` into one
 * `<nameValues>` for each item. Everything else stays as it is.
 */
export function toLiteral(elements: readonly XmlElement[]): readonly XmlElement[] {
  // Hardly any client needs this, so the others' messages are looked through but not copied.
  if (!elements.some(holdsEncoded)) return elements;
  const literals: XmlElement[] = [];
  for (const element of elements) addLiteral(element, literals);
  return literals;
}

function holdsEncoded(element: XmlElement): boolean {
  return isMap(element) || isArray(element) || element.children.some(holdsEncoded);
}

/** Adds the literal form of an element to a list: each element is copied once, however deep it lies. */
function addLiteral(element: XmlElement, literals: XmlElement[]): void {
  if (isArray(element)) {
    // The names of an array's members mean nothing (SOAP 1.1, 5.4.2).
    for (const item of element.children) addLiteral(renamed(item, element.name), literals);
    return;
  }
  const children: XmlElement[] = [];
  for (const child of element.children) {
    const entry = isMap(element) ? entryOf(child) : child;
    if (entry) addLiteral(entry, children);
  }
  literals.push({ ...element, children });
}

/** A Map's item as the element that its key names; undefined for one without key and value. */
function entryOf(item: XmlElement): XmlElement | undefined {
  const key = item.children.find(({ name }) => name === 'key');
  const value = item.children.find(({ name }) => name === 'value');
  return key && value ? renamed(value, key.text.trim()) : undefined;
}

function renamed(element: XmlElement, name: string): XmlElement {
  return { ...element, namespace: '', name };
}

/** Whether an element is an Apache Map, by its `xsi:type`. */
export function isMap({ type }: XmlElement): boolean {
  return type?.name === 'Map' && type.namespace === APACHE_SOAP;
}

/** Whether an element is a SOAP array, by its `xsi:type`. */
export function isArray({ type }: XmlElement): boolean {
  return (
    type?.name === 'Array' &&
    (type.namespace === SOAP_11_ENCODING || type.namespace === SOAP_12_ENCODING)
  );
}
