/** Writes the least request that the contract allows for an operation. */
import { escapeText } from '../../src/contract/escape';
import type { BuiltinName, ComplexType, Operation, Type } from '../../src/contract/model';

/** Values by element name; others are left out, or least where the schema requires them. */
export interface Given {
  readonly [name: string]: string | Given;
}

const LEAST: Readonly<Record<BuiltinName, string>> = {
  string: '',
  anyURI: '',
  boolean: 'false',
  int: '0',
  integer: '0',
  decimal: '0',
  float: '0',
  base64Binary: '',
  date: '1970-01-01',
  dateTime: '1970-01-01T00:00:00Z',
};

/** The operation's element with everything that is required or given, in schema order. */
export function minimalRequest({ input, namespace }: Operation, given: Given): string {
  return `<t:${input.name} xmlns:t="${namespace}">${elements(input, given)}</t:${input.name}>`;
}

function elements(type: ComplexType, given: Given): string {
  return type.fields
    .filter(({ name, required }) => required || given[name] !== undefined)
    .map(({ name, type: inner }) => `<${name}>${content(inner, given[name])}</${name}>`)
    .join('');
}

function content(type: Type, given: string | Given | undefined): string {
  if (type.kind === 'complex') return elements(type, typeof given === 'object' ? given : {});
  if (typeof given === 'string') return escapeText(given);
  return type.kind === 'simple' ? escapeText([...type.values][0] ?? '') : LEAST[type.name];
}
