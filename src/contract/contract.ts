/** Loads the contract from `wsdl/` and finds versions and operations in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ContractError, parseDocument } from './document';
import type { ContractVersion, Operation, Service } from './model';
import { SCHEMA_FILE, typesNamespace } from './namespaces';
import { readSchema } from './read-schema';
import { readService } from './read-wsdl';

/** Every version that is served, with the look-ups that a request needs. */
export class Contract {
  private readonly services = new Map<string, Service>();

  /** @param versions in the order in which they are listed to a person */
  constructor(readonly versions: readonly ContractVersion[]) {
    for (const version of versions) {
      for (const service of version.services.values()) {
        this.services.set(service.namespace, service);
      }
    }
  }

  /** The version of that number (`22.0`), or undefined. */
  findVersion(version: string): ContractVersion | undefined {
    return this.versions.find((candidate) => candidate.version === version);
  }

  /** The service whose messages live in that namespace, or undefined. */
  findService(namespace: string): Service | undefined {
    return this.services.get(namespace);
  }

  /** Every operation of every version and class. */
  *operations(): Iterable<Operation> {
    for (const service of this.services.values()) yield* service.operations.values();
  }

  /** The version whose WSDL is served where none is named. */
  get newest(): ContractVersion {
    const newest = this.versions.at(-1);
    if (!newest) throw new ContractError('the contract holds no version');
    return newest;
  }
}

/**
 * Reads every version below a folder: `FOLDER/22.0/Vindicia.xsd` and the WSDLs beside it.
 * @throws ContractError when a file says what the model cannot hold
 */
export function loadContract(folder: string): Contract {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => Number(a) - Number(b));
  return new Contract(names.map((name) => loadVersion(join(folder, name), name)));
}

function loadVersion(folder: string, name: string): ContractVersion {
  const types = readSchema(read(folder, SCHEMA_FILE));
  const services = new Map<string, Service>();
  const version: ContractVersion = {
    version: name,
    typesNamespace: typesNamespace(name),
    types,
    services,
  };
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.wsdl'))) {
    const service = readService(read(folder, file), version, types);
    if (service.name !== basename(file, '.wsdl')) {
      throw new ContractError(`${file}: describes the service ${service.name}`);
    }
    services.set(service.name, service);
  }
  return version;
}

function read(folder: string, file: string) {
  return parseDocument(readFileSync(join(folder, file), 'utf8'), `${basename(folder)}/${file}`);
}
