/**
 * Writes a typed object as the elements of a message, by the contract: in schema order, with what
 * the srd selects and what the schema requires. Absent fields are left out, never nil, and so are
 * values that the version's enumerations lack.
 */
import { escapeText } from '../contract/escape';
import type { BuiltinName, ComplexType, Field, Operation, Type } from '../contract/model';
import { XSD } from '../contract/namespaces';
import { chooseValue, isKnown } from '../contract/one-of';
import { selectField, type Selection } from '../contract/selection';
import type { DateTimeFormat } from './date-time';
import { XSI } from './namespaces';

export interface EncodeOptions {
  readonly dateTime: DateTimeFormat;
  /** Whether every element says its type, as CashBox's own replies do (observed). */
  readonly xsiTypes: boolean;
}

/** The values of an object, by their names. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes the response element of an operation as CashBox does (observed):
 * `<updateResponse xmlns="…/Account">`, each of its children with `xmlns=""`, for they are
 * unqualified. Some programs read these names as they stand.
 * @param output field name → value; a required field that `output` lacks gets the
 *   least value of its type, for a refusal must be valid, too (observed of strict clients)
 */
export type EncodeResponse = (operation: Operation, output: Fields, selection: Selection) => string;

/** Writes a value: the content of an element, or, of a field, its elements. */
export type Write = (value: unknown) => string;

/**
 * Builds the encoder. The way to write a type for a selection is worked out once.
 * @throws TooLong of a response that is to be written in pieces (encode-in-pieces.ts)
 */
export function createEncoder(options: EncodeOptions): EncodeResponse {
  return encodeBy(new Writers(options));
}

/** The same with writers that are shared. */
export function encodeBy(writers: Writers): EncodeResponse {
  return (operation, output, selection) => {
    const { start, end } = writers.frameOf(operation);
    return `${start}${writers.writeResponse(output, operation.output, selection)}${end}`;
  };
}

/** How many items of lists are written in one go. */
const MOST_ITEMS = 1000;

/** A value with more items than are written in one go, or with a list that is read while it is written. */
export class TooLong extends Error {}

const TOO_LONG = new TooLong('To be written in pieces.');

/** How a field of an object is written. */
export interface FieldWriter {
  readonly field: Field;
  /** Of its content. */
  readonly part: Selection;
  /** Around the content of each of its elements. */
  readonly start: string;
  readonly end: string;
  /** Writes its value; of a repeated one, the list of values. */
  readonly write: Write;
  /** Writes one of its values. */
  readonly writeOne: Write;
}

interface ObjectWriter {
  readonly fields: readonly FieldWriter[];
  readonly write: Write;
}

/** Writes values by their types. */
export class Writers {
  private readonly ofAll = new Map<ComplexType, ObjectWriter>();
  /** Weak, for clients may send ever new srds. */
  private readonly ofParts = new WeakMap<
    Exclude<Selection, 'all'>,
    Map<ComplexType, ObjectWriter>
  >();
  private readonly prefixes: string;
  /** An object's written text is valid within one response: their number so far, and the present one's. */
  private responses = 0;
  private response = 0;
  /** Items of lists that were written of the present one. */
  private items = 0;

  constructor(private readonly options: EncodeOptions) {
    this.prefixes = options.xsiTypes ? ` xmlns:xsd="${XSD}" xmlns:xsi="${XSI}"` : '';
  }

  /** The tags around the content of a response. */
  frameOf({ output: { name }, namespace, version }: Operation): { start: string; end: string } {
    const { prefixes } = this;
    const types = prefixes && ` xmlns:vin="${version.typesNamespace}"${prefixes}`;
    return { start: `<${name} xmlns="${namespace}"${types}>`, end: `</${name}>` };
  }

  /** @throws TooLong */
  writeResponse(output: Fields, type: ComplexType, selection: Selection): string {
    this.response = this.newResponse();
    this.items = 0;
    return this.ofObject(type, selection, UNQUALIFIED).write(output);
  }

  /** @returns the number of a response that is written in parts */
  newResponse(): number {
    this.responses += 1;
    return this.responses;
  }

  /** Writes a part of a response, and counts its items. @returns undefined where it is too long */
  writePart(
    response: number,
    write: Write,
    value: unknown,
  ): { xml: string; items: number } | undefined {
    this.response = response;
    this.items = 0;
    try {
      return { xml: write(value), items: this.items };
    } catch (error) {
      if (error instanceof TooLong) return undefined;
      throw error;
    }
  }

  /** How the fields of a response are written that a selection has. */
  fieldsOfResponse(type: ComplexType, selection: Selection): readonly FieldWriter[] {
    return this.ofObject(type, selection, UNQUALIFIED).fields;
  }

  /** The same of an object within it. */
  fieldsOf(type: ComplexType, selection: Selection): readonly FieldWriter[] {
    return this.ofObject(type, selection).fields;
  }

  /** @param attribute of each of its elements; a response's type has its own, for it is no element's */
  private ofObject(type: ComplexType, selection: Selection, attribute = ''): ObjectWriter {
    const writers = this.ofSelection(selection);
    const known = writers.get(type);
    if (known) return known;
    const fields = type.fields.flatMap((field) => {
      const part = selectField(selection, field);
      return part === undefined ? [] : [this.ofField(field, part, attribute)];
    });
    const steps = fields.map(({ field: { name }, write }) => ({ name, write }));
    const write: Write = (value) => {
      const object = value as Fields;
      let xml = '';
      for (const step of steps) xml += step.write(object[step.name]);
      return xml;
    };
    const writer = { fields, write };
    writers.set(type, writer);
    return writer;
  }

  private ofSelection(selection: Selection): Map<ComplexType, ObjectWriter> {
    if (selection === 'all') return this.ofAll;
    const writers = this.ofParts.get(selection) ?? new Map<ComplexType, ObjectWriter>();
    this.ofParts.set(selection, writers);
    return writers;
  }

  private ofField(field: Field, part: Selection, attribute: string): FieldWriter {
    const { name, type, repeated, required } = field;
    const typed = this.options.xsiTypes ? ` xsi:type="${qualifiedName(type)}"` : '';
    const attributes = `${attribute}${typed}`;
    const [start, end] = [`<${name}${attributes}>`, `</${name}>`];
    const content = type.kind === 'complex' ? this.ofPart(type, part) : this.ofScalar(type);
    const element: Write = (value) => `${start}${content(value)}${end}`;
    const writeIfKnown: Write = (value) => (isKnown(value, type) ? element(value) : '');
    const frame = { field, part, start, end };
    if (repeated) {
      const write: Write = (value) => {
        const items = (value ?? NO_ITEMS) as readonly unknown[];
        // More than any number where they are read while they are written.
        this.items += items.length;
        if (this.items > MOST_ITEMS) throw TOO_LONG;
        let xml = '';
        for (const item of items) xml += writeIfKnown(item);
        return xml;
      };
      return { write, writeOne: writeIfKnown, ...frame };
    }
    const writeKnown = required ? element : writeIfKnown;
    const write: Write = (value) => {
      const chosen = chooseValue(value, type);
      return chosen === undefined && !required ? '' : writeKnown(chosen);
    };
    return { write, writeOne: write, ...frame };
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
      write ??= this.ofObject(type, part).write;
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

const NO_ITEMS: readonly unknown[] = [];

/** Takes a child of the response out of the namespace that its parent declares. */
const UNQUALIFIED = ' xmlns=""';

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
