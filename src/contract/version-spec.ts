/** A version as it is read or derived, and how it becomes the model. */
import { ContractError } from './document';
import type { ContractVersion, Operation, Service } from './model';
import { serviceNamespace, soapAction, typesNamespace } from './namespaces';
import { OnDemand } from './on-demand';
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

/** A version by name. Its classes may be read or derived when they are asked for. */
export interface VersionSpec {
  readonly version: string;
  readonly types: ReadonlyMap<string, TypeSpec>;
  readonly services: ReadonlyMap<string, ServiceSpec>;
}

/** Links a version: each class and each type when it is first asked for. */
export function linkVersion(spec: VersionSpec): ContractVersion {
  const linker = new TypeLinker(spec.types);
  const version: ContractVersion = {
    version: spec.version,
    typesNamespace: typesNamespace(spec.version),
    types: linker.types,
    services: new OnDemand(spec.services.keys(), (name) => {
      const service = spec.services.get(name);
      if (!service) throw new ContractError(`${spec.version} has no class ${name}`);
      return linkService(service, version, linker);
    }),
  };
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
