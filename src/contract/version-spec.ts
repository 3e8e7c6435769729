/** A version as it is read or derived, and how it becomes the model. */
import type { ContractVersion, Operation, Service } from './model';
import { serviceNamespace, soapAction, typesNamespace } from './namespaces';
import { type ComplexSpec, TypeLinker, type TypeSpec } from './specs';

export interface OperationSpec {
  readonly name: string;
  readonly input: ComplexSpec;
  readonly output: ComplexSpec;
  readonly documentation?: string;
}

export interface ServiceSpec {
  readonly name: string;
  readonly operations: ReadonlyMap<string, OperationSpec>;
  readonly documentation?: string;
}

export interface VersionSpec {
  readonly version: string;
  readonly types: ReadonlyMap<string, TypeSpec>;
  readonly services: ReadonlyMap<string, ServiceSpec>;
}

/**
 * Links a version. Its types are those that an operation reaches, in the order of the spec.
 * @throws ContractError when a type is named that isn't declared
 */
export function linkVersion(spec: VersionSpec): ContractVersion {
  const linker = new TypeLinker(spec.types);
  const services = new Map<string, Service>();
  const types = new Map<string, NonNullable<ReturnType<typeof linker.linked.get>>>();
  const version: ContractVersion = {
    version: spec.version,
    typesNamespace: typesNamespace(spec.version),
    types,
    services,
  };
  for (const service of spec.services.values()) {
    services.set(service.name, linkService(service, version, linker));
  }
  for (const name of spec.types.keys()) {
    const type = linker.linked.get(name);
    if (type) types.set(name, type);
  }
  return version;
}

function linkService(
  { operations: specs, ...service }: ServiceSpec,
  version: ContractVersion,
  linker: TypeLinker,
): Service {
  const namespace = serviceNamespace(version.version, service.name);
  const operations = new Map<string, Operation>();
  for (const { input, output, ...operation } of specs.values()) {
    operations.set(operation.name, {
      ...operation,
      service: service.name,
      namespace,
      version,
      soapAction: soapAction(version.version, service.name, operation.name),
      input: linker.linkComplex(input),
      output: linker.linkComplex(output),
    });
  }
  return { ...service, namespace, operations };
}
