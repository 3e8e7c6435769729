/**
 * Derives a version from another by what differs: `wsdl/versions.json` holds one entry a version.
 */
import { ContractError } from './document';
import type { ComplexSpec, FieldSpec, SimpleSpec, TypeSpec } from './specs';
import type { OperationSpec, ServiceSpec, VersionSpec } from './version-spec';

/** An entry of `wsdl/versions.json`: what a version is like, and what of it differs. */
export interface VersionEntry {
  readonly version: string;
  /** The version that this one is like. */
  readonly basis: string;
  /** Whether each operation takes srd behind auth; absent: as in the basis. */
  readonly srd?: boolean;
  /** Type name → what differs. */
  readonly types?: Readonly<Record<string, TypeDifference>>;
  /**
   * Class → operation → what differs; null: there is no such operation. One that the basis lacks
   * starts empty and stands behind the others.
   */
  readonly services?: Readonly<
    Record<string, Readonly<Record<string, OperationDifference | null>>>
  >;
}

/** An enumeration's values, or what differs in a sequence; a type that the basis lacks starts empty. */
export type TypeDifference = SequenceDifference | { readonly values: readonly string[] };

export interface SequenceDifference {
  /** Elements of the basis that are not there. */
  readonly without?: readonly string[];
  /** Elements that the basis lacks, or has otherwise. */
  readonly with?: readonly ElementEntry[];
}

export interface ElementEntry {
  readonly name: string;
  readonly type: string;
  /** Default 1. */
  readonly minOccurs?: 0;
  /** Default 1. */
  readonly maxOccurs?: 'unbounded';
  /** The element that it stands behind; absent: where it stood, else first in the sequence. */
  readonly after?: string;
}

export type OperationDifference =
  | {
      readonly input?: SequenceDifference;
      readonly output?: SequenceDifference;
      /** Of an operation that the basis lacks. */
      readonly documentation?: string;
    }
  /** The operation is there as in that version. */
  | { readonly from: string };

/**
 * Applies an entry to its basis.
 * @param find another version's spec, for operations that are taken over from it
 * @throws ContractError when the entry names what the basis doesn't have
 */
export function deriveVersion(
  entry: VersionEntry,
  basis: VersionSpec,
  find: (version: string) => VersionSpec,
): VersionSpec {
  const types = new Map(basis.types);
  for (const [name, difference] of Object.entries(entry.types ?? {})) {
    types.set(name, deriveType(name, types.get(name), difference));
  }
  const services = new Map<string, ServiceSpec>();
  for (const service of basis.services.values()) {
    const differences = entry.services?.[service.name] ?? {};
    const derived = deriveService(service, differences, find);
    services.set(service.name, entry.srd === undefined ? derived : withSrd(derived, entry.srd));
  }
  return { version: entry.version, types, services };
}

function deriveType(
  name: string,
  known: TypeSpec | undefined,
  difference: TypeDifference,
): TypeSpec {
  if ('values' in difference) {
    const simple: SimpleSpec = { kind: 'simple', name, base: 'xsd:string', values: [] };
    return { ...(known?.kind === 'simple' ? known : simple), values: difference.values };
  }
  const complex: ComplexSpec = { kind: 'complex', name, fields: [] };
  return deriveSequence(known?.kind === 'complex' ? known : complex, difference);
}

function deriveService(
  service: ServiceSpec,
  differences: Readonly<Record<string, OperationDifference | null>>,
  find: (version: string) => VersionSpec,
): ServiceSpec {
  const operations = new Map(service.operations);
  for (const [name, difference] of Object.entries(differences)) {
    if (difference === null) operations.delete(name);
    else operations.set(name, deriveOperation(service, name, difference, find));
  }
  return { ...service, operations };
}

function deriveOperation(
  service: ServiceSpec,
  name: string,
  difference: OperationDifference,
  find: (version: string) => VersionSpec,
): OperationSpec {
  if ('from' in difference) {
    const taken = find(difference.from).services.get(service.name)?.operations.get(name);
    if (!taken) throw new ContractError(`${difference.from} has no ${service.name}.${name}`);
    return taken;
  }
  const { input = {}, output = {}, ...documentation } = difference;
  const known = service.operations.get(name) ?? newOperation(name);
  if (!input.with && !service.operations.has(name)) {
    throw new ContractError(`the basis has no ${service.name}.${name}`);
  }
  return {
    ...known,
    ...documentation,
    input: deriveSequence(known.input, input),
    output: deriveSequence(known.output, output),
  };
}

function newOperation(name: string): OperationSpec {
  return {
    name,
    input: { kind: 'complex', name, fields: [] },
    output: { kind: 'complex', name: `${name}Response`, fields: [] },
  };
}

function deriveSequence(type: ComplexSpec, difference: SequenceDifference): ComplexSpec {
  const fields = [...type.fields];
  const indexOf = (name: string) => {
    const index = fields.findIndex((field) => field.name === name);
    if (index < 0) throw new ContractError(`${type.name} has no element ${name}`);
    return index;
  };
  for (const name of difference.without ?? []) fields.splice(indexOf(name), 1);
  for (const entry of difference.with ?? []) {
    const known = fields.findIndex((field) => field.name === entry.name);
    if (known >= 0) fields.splice(known, 1);
    const place = entry.after === undefined ? Math.max(known, 0) : indexOf(entry.after) + 1;
    fields.splice(place, 0, toField(entry));
  }
  return { ...type, fields };
}

function toField({ name, type, minOccurs, maxOccurs }: ElementEntry): FieldSpec {
  return { name, type, required: minOccurs !== 0, repeated: maxOccurs === 'unbounded' };
}

const SRD: ElementEntry = { name: 'srd', type: 'xsd:string', after: 'auth' };

function withSrd(service: ServiceSpec, srd: boolean): ServiceSpec {
  const operations = new Map<string, OperationSpec>();
  for (const operation of service.operations.values()) {
    const { fields } = operation.input;
    const others = { ...operation.input, fields: fields.filter(({ name }) => name !== SRD.name) };
    const takesAuth = fields.some(({ name }) => name === SRD.after);
    const input = srd && takesAuth ? deriveSequence(others, { with: [SRD] }) : others;
    operations.set(operation.name, { ...operation, input });
  }
  return { ...service, operations };
}
