/**
 * The contract as data: the content of the WSDL and XSD files, in memory.
 * Decoding, encoding, srd, the served WSDL and the generated types all read this one model.
 */

/** The XML Schema built-in types that the contract uses, without their prefix. */
export const BUILTIN_NAMES = [
  'string',
  'boolean',
  'int',
  'integer',
  'decimal',
  'dateTime',
  'date',
  'anyURI',
  'float',
  'base64Binary',
] as const;

export type BuiltinName = (typeof BUILTIN_NAMES)[number];

export interface BuiltinType {
  readonly kind: 'builtin';
  readonly name: BuiltinName;
}

/** A simpleType that restricts a built-in to an enumeration. */
export interface SimpleType {
  readonly kind: 'simple';
  readonly name: string;
  readonly base: BuiltinType;
  readonly values: ReadonlySet<string>;
  readonly documentation?: string;
}

/** A complexType: one sequence of elements, in schema order. A message element counts as one, too. */
export interface ComplexType {
  readonly kind: 'complex';
  readonly name: string;
  readonly fields: readonly Field[];
  readonly fieldsByName: ReadonlyMap<string, Field>;
  readonly documentation?: string;
}

export type Type = BuiltinType | SimpleType | ComplexType;

/** One element of a sequence. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  readonly repeated: boolean;
  readonly documentation?: string;
}

/** One operation of a service: its request (`input`), its response (`output`), and its place. */
export interface Operation {
  readonly name: string;
  readonly service: string;
  readonly namespace: string;
  readonly soapAction: string;
  readonly input: ComplexType;
  readonly output: ComplexType;
  readonly version: ContractVersion;
  readonly documentation?: string;
}

/** One class of the API, described by one WSDL. */
export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly documentation?: string;
}

/** One API version: its types (one XSD) and its services (one WSDL each). */
export interface ContractVersion {
  readonly version: string;
  readonly typesNamespace: string;
  readonly types: ReadonlyMap<string, SimpleType | ComplexType>;
  readonly services: ReadonlyMap<string, Service>;
}
