/**
 * Writes a typed object as the elements of a message, by the contract: in schema order, with what
 * the srd selects and what the schema requires. Absent fields are left out, never nil, and so are
 * values that the version's enumerations lack.
 */
import { escapeText } from '../contract/escape';
import type { BuiltinName, ComplexType, Field, Operation, Type } from '../contract/model';
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
 * Writes the response element of an operation as CashBox does (observed):
 * `<updateResponse xmlns="…/Account">`, each of its children with `xmlns=""`, for they are
 * unqualified. Some programs read these names as they stand.
 * @param output field name → value; a required field that `output` lacks gets the
 *   least value of its type, for a refusal must be valid, too (observed of strict clients)
 */
export type EncodeResponse = (operation: Operation, output: Fields, selection: Selection) => string;

/** Writes a value: the content of an element, or, of a field, its elements. */
type Write = (value: unknown) => string;

/** Builds the encoder. The way to write a type for a selection is worked out once. */
export function createEncoder(options: EncodeOptions): EncodeResponse {
  const writers = new Writers(options);
  const prefixes = options.xsiTypes ? ` xmlns:xsd="${XSD}" xmlns:xsi="${XSI}"` : '';
  return ({ output: type, namespace, version }, output, selection) => {
    const types = options.xsiTypes ? ` xmlns:vin="${version.typesNamespace}"${prefixes}` : '';
    const content = writers.writeResponse(output, type, selection);
    return `<${type.name} xmlns="${namespace}"${types}>${content}</${type.name}>`;
  };
}

class Writers {
  private readonly ofAll = new Map<ComplexType, Write>();
  /** Weak, for clients may send ever new srds. */
  private readonly ofParts = new WeakMap<Exclude<Selection, 'all'>, Map<ComplexType, Write>>();
  /** Counts responses: an object's written text is valid within one of them. */
  private response = 0;

  constructor(private readonly options: EncodeOptions) {}

  writeResponse(output: Fields, type: ComplexType, selection: Selection): string {
    this.response += 1;
    return this.ofObject(type, selection, UNQUALIFIED)(output);
  }

  /** @param attribute of each of its elements; a response's type has its own, for it is no element's */
  private ofObject(type: ComplexType, selection: Selection, attribute = ''): Write {
    const writers = this.ofSelection(selection);
    const known = writers.get(type);
    if (known) return known;
    const fields = type.fields.flatMap((field) => {
      const part = selectField(selection, field);
      return part === undefined
        ? []
        : [{ name: field.name, write: this.ofField(field, part, attribute) }];
    });
    const write: Write = (value) => {
      const object = value as Fields;
      let xml = '';
      for (const field of fields) xml += field.write(object[field.name]);
      return xml;
    };
    writers.set(type, write);
    return write;
  }

  private ofSelection(selection: Selection): Map<ComplexType, Write> {
    if (selection === 'all') return this.ofAll;
    const writers = this.ofParts.get(selection) ?? new Map<ComplexType, Write>();
    this.ofParts.set(selection, writers);
    return writers;
  }

  private ofField(field: Field, part: Selection, attribute: string): Write {
    const { name, type, repeated, required } = field;
    const typed = this.options.xsiTypes ? ` xsi:type="${qualifiedName(type)}"` : '';
    const attributes = `${attribute}${typed}`;
    const [start, end] = [`<${name}${attributes}>`, `</${name}>`];
    const content = type.kind === 'complex' ? this.ofPart(type, part) : this.ofScalar(type);
    const element: Write = (value) => `${start}${content(value)}${end}`;
    const writeIfKnown: Write = (value) => (isKnown(value, type) ? element(value) : '');
    if (repeated) {
      return (value) => {
        let xml = '';
        for (const item of (value ?? []) as unknown[]) xml += writeIfKnown(item);
        return xml;
      };
    }
    const write = required ? element : writeIfKnown;
    return (value) => {
      const chosen = chooseValue(value, type);
      return chosen === undefined && !required ? '' : write(chosen);
    };
  }

  /**
   * The content of an element that holds an object. Many entitlements may name one account: it is
   * written once.
   */
  private ofPart(type: ComplexType, part: Selection): Write {
    // Types may hold one another, so what is within is looked up only when it is there.
    let write: Write | undefined;
    let last: unknown;
    let lastXml = '';
    let response = 0;
    return (value = NO_FIELDS) => {
      if (value === last && response === this.response) return lastXml;
      write ??= this.ofObject(type, part);
      lastXml = write(value);
      last = value;
      response = this.response;
      return lastXml;
    };
  }

  private ofScalar(type: Exclude<Type, ComplexType>): Write {
    const least = leastValue(type);
    const builtin = type.kind === 'builtin' ? type : type.base;
    const write = this.ofBuiltin(builtin.name);
    return (value = least) => (typeof value === 'string' ? escapeText(value) : write(value));
  }

  private ofBuiltin(name: BuiltinName): Write {
    const { format } = this.options.dateTime;
    switch (name) {
      case 'dateTime':
        return (value) => format(value as number);
      case 'boolean':
        // Observed. A client without WSDL takes the text "false" for true, but "0" for false.
        return (value) => (value === true ? '1' : '0');
      default:
        return String;
    }
  }
}

const NO_FIELDS: Fields = {};

/** Takes a child of the response out of the namespace that its parent declares. */
const UNQUALIFIED = ' xmlns=""';

/** Of values that stand for one another, the first that the caller's version has. */
function chooseValue(value: unknown, type: Type): unknown {
  return value instanceof OneOf ? value.values.find((one) => isKnown(one, type)) : value;
}

/**
 * Whether the caller's version has the value: a string in one version may be an enumeration
 * in another, and a client generated from that one fails on a value that it doesn't list.
 */
function isKnown(value: unknown, type: Type): boolean {
  return type.kind !== 'simple' || type.values.has(String(value));
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
