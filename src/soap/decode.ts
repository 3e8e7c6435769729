/**
 * Turns the elements of a message into a typed object, by the contract. Liberal with its input:
 * children in any order and by local name, unknown ones ignored, nil and empty ones absent.
 */
import { cut, quote } from '../base/quote';
import type { ComplexType, Field } from '../contract/model';
import { Refusal } from '../base/refusal';
import type { DateTimeFormat } from './date-time';
import { isNil, type XmlElement } from './xml-element';
import { describeScalar, readScalar } from './scalars';

export interface DecodeOptions {
  readonly dateTime: DateTimeFormat;
  /** Names of complexTypes that are skipped unread, so that nothing of them can be kept or logged. */
  readonly ignoredTypes: ReadonlySet<string>;
  /** By the name of a simpleType, a value that it doesn't list and that counts as absent. */
  readonly absentValues: ReadonlyMap<string, string>;
}

/** An object as decoding gives it: field name → value, or array of values where repeated. */
export type DecodedObject = Record<string, unknown>;

/**
 * Decodes the parts of a message, or those of an object within it.
 * @param elements the child elements
 * @param type what the contract says of them
 * @param path where they stand, for messages ("" at the top, else "account.")
 * @throws Refusal 400 that names the path of a value that isn't of its type, or of an element
 *   that is given twice but may stand once
 */
export function decodeFields(
  elements: readonly XmlElement[],
  type: ComplexType,
  options: DecodeOptions,
  path = '',
): DecodedObject {
  const result: DecodedObject = {};
  for (const element of elements) {
    const field = type.fieldsByName.get(element.name);
    if (!field || isNil(element) || options.ignoredTypes.has(field.type.name)) continue;
    const known = result[field.name];
    const here = `${path}${field.name}`;
    if (field.repeated) {
      const items = (known ?? []) as unknown[];
      const value = decodeValue(element, { field, type }, options, `${here}[${items.length + 1}]`);
      if (value !== undefined) items.push(value);
      result[field.name] = items;
    } else if (known !== undefined) {
      throw new Refusal(400, `${cut(here)}: given more than once.`);
    } else {
      const value = decodeValue(element, { field, type }, options, here);
      if (value !== undefined) result[field.name] = value;
    }
  }
  return result;
}

/** A field, and the type that it is a field of. */
interface Place {
  readonly field: Field;
  readonly type: ComplexType;
}

function decodeValue(
  element: XmlElement,
  { field, type }: Place,
  options: DecodeOptions,
  path: string,
): unknown {
  if (field.type.kind === 'complex') {
    // Empty is absent (decided): PHP, for one, sends null so.
    if (element.children.length === 0) return undefined;
    return decodeFields(element.children, field.type, options, `${path}.`);
  }
  if (element.children.length > 0) {
    throw new Refusal(
      400,
      `${cut(path)}: a value is expected, not the element ${firstChild(element)}.`,
    );
  }
  const isText = field.type.kind === 'builtin' && field.type.name === 'string';
  if (isText) return element.text === '' && !field.required ? undefined : element.text;
  const text = element.text.trim();
  if (text === '' || options.absentValues.get(field.type.name) === text) return undefined;
  const value =
    readScalar(text, field.type, options.dateTime) ?? dayOfDateTime(text, field, options);
  if (value !== undefined) return value;
  throw new Refusal(
    400,
    field.type.name === 'dateTime' && path.includes('.')
      ? notDateTime(`${type.name}.${field.name}`, text)
      : `${cut(path)}: ${quote(text)} is not ${describeScalar(field.type)}.`,
  );
}

/** Clients send a dateTime for a date (observed): it counts as its day in the server's zone. */
function dayOfDateTime(text: string, { type }: Place['field'], { dateTime }: DecodeOptions) {
  if (type.name !== 'date') return undefined;
  const moment = dateTime.parse(text);
  return moment === undefined ? undefined : dateTime.format(moment).slice(0, 'YYYY-MM-DD'.length);
}

/** Observed, of a dateTime within an object. */
function notDateTime(item: string, text: string): string {
  return `Invalid Arguments - Item "Vindicia::Soap::${item}" of type xsd:dateTime has invalid value ${quote(text)}!`;
}

function firstChild(element: XmlElement): string {
  return cut(element.children[0]?.name ?? '');
}
