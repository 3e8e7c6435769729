/**
 * Derives a version from another by what differs: `wsdl/X.Y.json` is the entry of a version.
 * Decided: docs/decisions/versions.md
 */
import { ContractError } from './document';
import { OnDemand } from './on-demand';
import type { ComplexSpec, FieldSpec, SimpleSpec, TypeSpec } from './specs';
import type { OperationSpec, ServiceSpec, VersionSpec } from './version-spec';

/** A version as another version with differences. */
export interface VersionEntry {
  /** The version that this one is like. */
  readonly basis: string;
  /** Whether each operation takes srd after auth; absent: as in the basis. */
  readonly srd?: boolean;
  /** Type name → what differs; null: there is no such type. */
  readonly types?: Readonly<Record<string, TypeDifference | null>>;
  /** Class → what differs; null: there is no such class. */
  readonly services?: Readonly<Record<string, ServiceDifference | null>>;
}

/** An enumeration's values, or what differs in a sequence; a type that the basis lacks starts empty. */
export type TypeDifference =
  { readonly values: readonly string[] } | (SequenceDifference & Partial<TakenOver>);

/** Instead of from the basis, something starts from another version. */
interface TakenOver {
  readonly from: string;
}

/**
 * Operation → what differs; null: there is no such operation. One that the basis lacks starts empty
 * and stands after the others.
 */
export type ServiceDifference = Readonly<Record<string, OperationDifference | null>>;

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
  /** The element that it stands after; absent: where it stood, else first in the sequence. */
  readonly after?: string;
}

export interface OperationDifference extends Partial<TakenOver> {
  readonly input?: SequenceDifference;
  readonly output?: SequenceDifference;
  /** Of an operation that the basis lacks. */
  readonly documentation?: string;
}

/**
 * Applies an entry to its basis; to a class, when the class is asked for.
 * @param find another version's spec, to take things over from
 * @throws ContractError when the entry names what the basis doesn't have
 */
export function deriveVersion(
  version: string,
  entry: VersionEntry,
  find: (version: string) => VersionSpec,
): VersionSpec {
  const basis = find(entry.basis);
  const names = [...basis.services.keys()].filter((name) => entry.services?.[name] !== null);
  const services = new OnDemand(names, (name) => {
    const service = basis.services.get(name);
    if (!service) throw new ContractError(`${basis.version} has no class ${name}`);
    const derived = deriveService(service, entry.services?.[name] ?? {}, find);
    return entry.srd === undefined ? derived : withSrd(derived, entry.srd);
  });
  return { version, types: deriveTypes(basis, entry, find), services };
}

function deriveTypes(
  basis: VersionSpec,
  entry: VersionEntry,
  find: (version: string) => VersionSpec,
): ReadonlyMap<string, TypeSpec> {
  const types = new Map(basis.types);
  for (const [name, difference] of Object.entries(entry.types ?? {})) {
    if (difference === null) {
      if (!types.delete(name)) throw new ContractError(`${basis.version} has no type ${name}`);
    } else types.set(name, deriveType(name, basis, difference, find));
  }
  return types;
}

function deriveType(
  name: string,
  basis: VersionSpec,
  difference: TypeDifference,
  find: (version: string) => VersionSpec,
): TypeSpec {
  if ('values' in difference) {
    const known = basis.types.get(name);
    const simple: SimpleSpec = { kind: 'simple', name, base: 'xsd:string', values: [] };
    return { ...(known?.kind === 'simple' ? known : simple), values: difference.values };
  }
  const { from } = difference;
  const taken = find(from ?? basis.version).types.get(name);
  if (from !== undefined && !taken) throw new ContractError(`${from} has no type ${name}`);
  if (from !== undefined && taken?.kind === 'simple') return taken;
  const complex: ComplexSpec = { kind: 'complex', name, fields: [] };
  return deriveSequence(taken?.kind === 'complex' ? taken : complex, difference);
}

function deriveService(
  service: ServiceSpec,
  differences: ServiceDifference,
  find: (version: string) => VersionSpec,
): ServiceSpec {
  const operations = new Map(service.operations);
  for (const [name, difference] of Object.entries(differences)) {
    if (difference === null) {
      if (!operations.delete(name)) {
        throw new ContractError(`the basis has no ${service.name}.${name}`);
      }
    } else operations.set(name, deriveOperation(service, name, difference, find));
  }
  return { ...service, operations };
}

function deriveOperation(
  service: ServiceSpec,
  name: string,
  { from, input = {}, output = {}, ...documentation }: OperationDifference,
  find: (version: string) => VersionSpec,
): OperationSpec {
  const origin = from === undefined ? service : find(from).services.get(service.name);
  const known = origin?.operations.get(name);
  if (!known && from !== undefined) {
    throw new ContractError(`${from} has no ${service.name}.${name}`);
  }
  if (!known && !input.with) throw new ContractError(`the basis has no ${service.name}.${name}`);
  const operation = known ?? newOperation(name);
  return {
    ...operation,
    ...documentation,
    input: deriveSequence(operation.input, input),
    output: deriveSequence(operation.output, output),
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
