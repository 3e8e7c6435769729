/**
 * The lexical space of the contract's scalar types: text → value. Decoding and strict validation
 * read one table, so that they cannot disagree about what a value is.
 */
import type { BuiltinName, BuiltinType, SimpleType } from '../contract/model';
import type { DateTimeFormat } from './date-time';

export type ScalarType = BuiltinType | SimpleType;

/**
 * The value of a text, or undefined when it is not in the type's lexical space or enumeration.
 * @param text without the white space around it, where the type doesn't keep that
 */
export function readScalar(text: string, type: ScalarType, dateTime: DateTimeFormat): unknown {
  if (type.kind === 'builtin') return READERS[type.name](text, dateTime);
  const value = READERS[type.base.name](text, dateTime);
  return type.values.has(String(value)) ? value : undefined;
}

/** The form of a text of the type, to follow "is not". */
export function describeScalar(type: ScalarType): string {
  return type.kind === 'builtin'
    ? DESCRIPTIONS[type.name]
    : `one of ${[...type.values].join(', ')}`;
}

type Reader = (text: string, dateTime: DateTimeFormat) => unknown;

/** A float is kept as its text, as a decimal is: nothing calculates with it. */
const FLOAT = /^([+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|-?INF|NaN)$/;

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

const READERS: Readonly<Record<BuiltinName, Reader>> = {
  string: (text) => text,
  anyURI: (text) => text,
  boolean: readBoolean,
  int: readInt,
  integer: (text) => (/^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined),
  decimal: (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? text : undefined),
  float: (text) => (FLOAT.test(text) ? text : undefined),
  base64Binary: readBase64,
  date: readDate,
  dateTime: (text, dateTime) => dateTime.parse(text),
};

const DESCRIPTIONS: Readonly<Record<BuiltinName, string>> = {
  string: 'a string',
  anyURI: 'a URI',
  boolean: 'a boolean (true, false, 1 or 0)',
  int: 'an int (a whole number of 32 bits)',
  integer: 'an integer',
  decimal: 'a decimal number',
  float: 'a floating-point number',
  base64Binary: 'base64',
  date: 'a date (YYYY-MM-DD)',
  dateTime: 'a dateTime (YYYY-MM-DDThh:mm:ss, with Z or an offset)',
};

function readBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  return undefined;
}

function readInt(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= INT_MIN && value <= INT_MAX ? value : undefined;
}

/** Base64 may be broken into lines; the value is the text without them. */
function readBase64(text: string): string | undefined {
  const packed = text.replace(/[ \t\r\n]+/g, '');
  return packed.length % 4 === 0 && BASE64.test(packed) ? packed : undefined;
}

/** The unused bits of the last digit before `=` must be zero. */
const BASE64 = /^[A-Za-z0-9+/]*([AQgw]==|[AEIMQUYcgkosw048]=)?$/;

/** A date must exist in the calendar, as the day of a dateTime must. */
function readDate(text: string, dateTime: DateTimeFormat): string | undefined {
  const [, day, offset = 'Z'] = /^(\d{4}-\d\d-\d\d)(Z|[+-].*)?$/.exec(text) ?? [];
  const moment = day === undefined ? undefined : dateTime.parse(`${day}T00:00:00${offset}`);
  return moment === undefined ? undefined : text;
}
