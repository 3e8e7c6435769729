/**
 * Turns the elements of a message into a typed object, by the contract. Liberal in what it takes:
 * children in any order and by local name, unknown ones ignored, nil and empty ones absent.
 */
import type { BuiltinName, ComplexType, Field, Type } from '../contract/model';
import { Refusal } from '../contract/return';
import type { DateTimeFormat } from './date-time';
import { isNil, type XmlElement } from './parser';

export interface DecodeOptions {
  readonly dateTime: DateTimeFormat;
  /** Names of complexTypes that are skipped unread, so that nothing of them can be kept or logged. */
  readonly ignoredTypes: ReadonlySet<string>;
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
      const value = decodeValue(element, field, options, `${here}[${items.length + 1}]`);
      if (value !== undefined) items.push(value);
      result[field.name] = items;
    } else if (known !== undefined) {
      throw new Refusal(400, `${here}: given more than once.`);
    } else {
      const value = decodeValue(element, field, options, here);
      if (value !== undefined) result[field.name] = value;
    }
  }
  return result;
}

function decodeValue(
  element: XmlElement,
  field: Field,
  options: DecodeOptions,
  path: string,
): unknown {
  if (field.type.kind === 'complex') {
    // Empty is absent (decided): PHP, for one, sends null so.
    if (element.children.length === 0) return undefined;
    return decodeFields(element.children, field.type, options, `${path}.`);
  }
  if (element.children.length > 0) {
    throw new Refusal(400, `${path}: a value is expected, not the element ${firstChild(element)}.`);
  }
  const isText = field.type.kind === 'builtin' && field.type.name === 'string';
  if (isText) return element.text === '' && !field.required ? undefined : element.text;
  const text = element.text.trim();
  return text === '' ? undefined : decodeScalar(text, field.type, options, path);
}

function firstChild(element: XmlElement): string {
  return element.children[0]?.name ?? '';
}

function decodeScalar(
  text: string,
  type: Exclude<Type, ComplexType>,
  options: DecodeOptions,
  path: string,
): unknown {
  const builtin = type.kind === 'builtin' ? type : type.base;
  const value = BUILTIN_DECODERS[builtin.name](text, options);
  if (value === undefined) {
    throw new Refusal(400, `${path}: ${quote(text)} is not ${DESCRIPTIONS[builtin.name]}.`);
  }
  if (type.kind === 'simple' && !type.values.has(text)) {
    throw new Refusal(400, `${path}: ${quote(text)} is not one of ${[...type.values].join(', ')}.`);
  }
  return value;
}

type Decoder = (text: string, options: DecodeOptions) => unknown;

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** Text → value, or undefined when it is not in the type's lexical space. */
const BUILTIN_DECODERS: Readonly<Record<BuiltinName, Decoder>> = {
  string: (text) => text,
  anyURI: (text) => text,
  boolean: decodeBoolean,
  int: decodeInt,
  integer: (text) => (/^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined),
  decimal: (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? text : undefined),
  date: (text) => (/^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/.test(text) ? text : undefined),
  dateTime: (text, { dateTime }) => dateTime.parse(text),
};

const DESCRIPTIONS: Readonly<Record<BuiltinName, string>> = {
  string: 'a string',
  anyURI: 'a URI',
  boolean: 'a boolean (true, false, 1 or 0)',
  int: 'an int (a whole number of 32 bits)',
  integer: 'an integer',
  decimal: 'a decimal number',
  date: 'a date (YYYY-MM-DD)',
  dateTime: 'a dateTime (YYYY-MM-DDThh:mm:ss, with Z or an offset)',
};

function decodeBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

function decodeInt(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= INT_MIN && value <= INT_MAX ? value : undefined;
}

/** A message shows no more of a bad value than a person needs to find it. */
const MAX_QUOTED = 40;

function quote(text: string): string {
  const characters = Array.from(text);
  const shown =
    characters.length > MAX_QUOTED ? `${characters.slice(0, MAX_QUOTED).join('')}…` : text;
  return `"${shown}"`;
}
