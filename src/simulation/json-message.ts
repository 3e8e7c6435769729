/** The parts of a message as JSON by the contract: made into elements, so that they are read as a client's are. */
import { cut, quote } from '../base/quote';
import type { ComplexType, Field, Type } from '../contract/model';
import type { DateTimeFormat } from '../soap/date-time';
import { describeScalar, readScalar } from '../soap/scalars';
import { NO_ATTRIBUTES, type XmlElement } from '../soap/xml-element';
import { badRequest } from '../rest/api-error';

/** How texts are read. */
interface Options {
  readonly dateTime: DateTimeFormat;
}

/** Objects nested deeper than this are refused; the contract's own are not. */
const MAX_DEPTH = 30;

/**
 * @param value JSON of an object of the type
 * @param path where it stands, for messages: `accounts[0]`
 * @throws ApiError 400 that names the path of what the contract doesn't have, or of a value that isn't of its type
 */
export function toElement(
  name: string,
  value: unknown,
  type: Type,
  path: string,
  options: Options,
): XmlElement {
  if (type.kind === 'complex') return complexElement(name, value, type, path, options);
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw badRequest(`${cut(path)} must be ${describeScalar(type)}`);
  }
  const text = String(value);
  if (readScalar(text.trim(), type, options.dateTime) === undefined) {
    throw badRequest(`${cut(path)}: ${quote(text)} is not ${describeScalar(type)}`);
  }
  return element(name, [], text);
}

function complexElement(
  name: string,
  value: unknown,
  type: ComplexType,
  path: string,
  options: Options,
): XmlElement {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`${cut(path)} must be an object: ${type.name}`);
  }
  if (path.split('.').length > MAX_DEPTH) throw badRequest(`${cut(path)} is nested too deep`);
  const given = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((key) => !type.fieldsByName.has(key));
  if (unknown !== undefined) {
    throw badRequest(`${cut(path)} must not have ${quote(unknown)}: no ${type.name} has it`);
  }
  const children = type.fields
    .filter((field) => given[field.name] !== undefined && given[field.name] !== null)
    .flatMap((field) => fieldElements(field, given[field.name], path, options));
  return element(name, children, '');
}

function fieldElements(
  { name, type, repeated }: Field,
  value: unknown,
  path: string,
  options: Options,
): XmlElement[] {
  const here = `${path}.${name}`;
  if (!repeated) return [toElement(name, value, type, here, options)];
  if (!Array.isArray(value)) throw badRequest(`${cut(here)} must be a list`);
  return value.map((item, index) => toElement(name, item, type, `${here}[${index}]`, options));
}

function element(name: string, children: XmlElement[], text: string): XmlElement {
  return { namespace: '', name, attributes: NO_ATTRIBUTES, type: undefined, children, text };
}
