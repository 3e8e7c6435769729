/**
 * Writes a typed object as the elements of a message, by the contract: in schema order, with what
 * the srd selects and what the schema requires. Absent fields are left out, never nil, and so are
 * values that the version's enumerations lack.
 */
import { escapeText } from '../contract/escape';
import type { ComplexType, Field, Operation, Type } from '../contract/model';
import { XSD } from '../contract/namespaces';
import { OneOf } from '../contract/one-of';
import { selectField, type Selection } from '../contract/selection';
import type { DateTimeFormat } from './date-time';
import { XSI } from './namespaces';

export interface EncodeOptions {
  readonly dateTime: DateTimeFormat;
  /** Whether every element says its type, as CashBox's own replies do (observed). */
  readonly xsiTypes: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The response element of an operation: `<tns:updateResponse>` in the class's namespace, its
 * children unqualified.
 * @param output field name → value; what the schema requires and `output` lacks is filled in with
 *   the least value of its type, for a refusal must be valid, too (observed of strict clients)
 */
export function encodeResponse(
  operation: Operation,
  output: Fields,
  selection: Selection,
  options: EncodeOptions,
): string {
  const { output: type, namespace } = operation;
  const typeNamespaces = options.xsiTypes
    ? ` xmlns:vin="${operation.version.typesNamespace}" xmlns:xsd="${XSD}" xmlns:xsi="${XSI}"`
    : '';
  const body = encodeFields(output, type, selection, options);
  return `<tns:${type.name} xmlns:tns="${namespace}"${typeNamespaces}>${body}</tns:${type.name}>`;
}

function encodeFields(
  object: Fields,
  type: ComplexType,
  selection: Selection,
  options: EncodeOptions,
): string {
  let xml = '';
  for (const field of type.fields) {
    const part = selectField(selection, field);
    if (part === undefined) continue;
    const value = chooseValue(object[field.name], field.type);
    if (field.repeated) {
      for (const item of (value ?? []) as unknown[]) {
        if (isKnown(item, field.type)) xml += encodeField(item, field, part, options);
      }
    } else if (field.required || (value !== undefined && isKnown(value, field.type))) {
      xml += encodeField(value, field, part, options);
    }
  }
  return xml;
}

/** Of values that stand for one another, the first that the caller's version has. */
function chooseValue(value: unknown, type: Type): unknown {
  return value instanceof OneOf ? value.values.find((one) => isKnown(one, type)) : value;
}

/**
 * Whether the caller's version has the value: what is a string in one version may be an enumeration
 * in another, and a client generated from that one fails on a value that it doesn't list.
 */
function isKnown(value: unknown, type: Type): boolean {
  return type.kind !== 'simple' || type.values.has(String(value));
}

function encodeField(
  value: unknown,
  field: Field,
  selection: Selection,
  options: EncodeOptions,
): string {
  const content =
    field.type.kind === 'complex'
      ? encodeFields((value ?? {}) as Fields, field.type, selection, options)
      : encodeScalar(value ?? leastValue(field.type), field.type, options);
  const attributes = options.xsiTypes ? ` xsi:type="${qualifiedName(field.type)}"` : '';
  return `<${field.name}${attributes}>${content}</${field.name}>`;
}

function encodeScalar(
  value: unknown,
  type: Exclude<Type, ComplexType>,
  options: EncodeOptions,
): string {
  if (typeof value === 'string') return escapeText(value);
  const builtin = type.kind === 'builtin' ? type : type.base;
  if (builtin.name === 'dateTime') return options.dateTime.format(value as number);
  return String(value);
}

function leastValue(type: Exclude<Type, ComplexType>): unknown {
  if (type.kind === 'simple') return [...type.values][0];
  switch (type.name) {
    case 'boolean':
      return false;
    case 'int':
    case 'integer':
    case 'decimal':
    case 'float':
    case 'dateTime':
      return 0;
    case 'date':
      return '1970-01-01';
    default:
      return '';
  }
}

function qualifiedName(type: Type): string {
  return `${type.kind === 'builtin' ? 'xsd' : 'vin'}:${type.name}`;
}
