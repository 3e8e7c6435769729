/** Loads the contract from `wsdl/` and finds versions and operations in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deriveVersion, type VersionEntry } from './derive';
import { ContractError, parseDocument } from './document';
import type { ContractVersion, Service } from './model';
import { parseNamespace, SCHEMA_FILE } from './namespaces';
import { readSchema } from './read-schema';
import { readService } from './read-wsdl';
import { linkVersion, type ServiceSpec, type VersionSpec } from './version-spec';

/** Every version that is served. A version is derived and linked when it is first asked for. */
export class Contract {
  private readonly entries: ReadonlyMap<string, VersionEntry>;
  private readonly specs = new Map<string, VersionSpec>();
  private readonly linked = new Map<string, ContractVersion>();
  /** By their namespace, those that were asked for. */
  private readonly services = new Map<string, Service>();

  /**
   * @param full the version that is described in full
   * @param entries what the others differ in
   * @param newest the version that is served where none is named
   */
  constructor(full: VersionSpec, entries: readonly VersionEntry[], newest: string) {
    this.specs.set(full.version, full);
    this.entries = new Map(entries.map((entry) => [entry.version, entry]));
    this.versions = [full.version, ...this.entries.keys()].sort(byNumber);
    this.newest = this.requireVersion(newest);
  }

  /** The numbers of all versions, oldest first. */
  readonly versions: readonly string[];

  /** The version that is described in full: what handlers are typed by. */
  readonly newest: ContractVersion;

  /** The version of that number (`22.0`), or undefined. */
  findVersion(version: string): ContractVersion | undefined {
    const known = this.linked.get(version);
    if (known || !this.versions.includes(version)) return known;
    const linked = linkVersion(this.specOf(version));
    this.linked.set(version, linked);
    return linked;
  }

  /** The service whose messages live in that namespace, or undefined. */
  findService(namespace: string): Service | undefined {
    const known = this.services.get(namespace);
    if (known) return known;
    const named = parseNamespace(namespace);
    const found = named && this.findVersion(named.version)?.services.get(named.service);
    if (found) this.services.set(namespace, found);
    return found;
  }

  /** Whether some version describes that operation. */
  describes(service: string, operation: string): boolean {
    // The newest first: it is read at the start anyhow, and the others are derived when needed.
    return this.versions
      .toReversed()
      .some((version) => this.specOf(version).services.get(service)?.operations.has(operation));
  }

  private requireVersion(version: string): ContractVersion {
    const found = this.findVersion(version);
    if (!found) throw new ContractError(`there is no version ${version}`);
    return found;
  }

  private specOf(version: string): VersionSpec {
    const known = this.specs.get(version);
    if (known) return known;
    const entry = this.entries.get(version);
    if (!entry) throw new ContractError(`versions.json has no entry ${version}`);
    const find = (other: string) => this.specOf(other);
    const derived = deriveVersion(entry, find(entry.basis), find);
    this.specs.set(version, derived);
    return derived;
  }
}

/** The content of `wsdl/versions.json`. */
interface VersionsFile {
  /** The version that is described in full, in a folder of that name. */
  readonly full: string;
  readonly versions: readonly VersionEntry[];
}

/**
 * Reads `FOLDER/versions.json` and, in full, the one version that it names.
 * @throws ContractError when a file says what the model cannot hold
 */
export function loadContract(folder: string): Contract {
  const { full, versions } = JSON.parse(
    readFileSync(join(folder, 'versions.json'), 'utf8'),
  ) as VersionsFile;
  return new Contract(readVersion(join(folder, full), full), versions, full);
}

function readVersion(folder: string, version: string): VersionSpec {
  const services = new Map<string, ServiceSpec>();
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.wsdl'))) {
    const service = readService(readDocument(folder, file), version);
    if (service.name !== basename(file, '.wsdl')) {
      throw new ContractError(`${file}: describes the service ${service.name}`);
    }
    services.set(service.name, service);
  }
  return { version, types: readSchema(readDocument(folder, SCHEMA_FILE)), services };
}

function readDocument(folder: string, file: string) {
  return parseDocument(readFileSync(join(folder, file), 'utf8'), `${basename(folder)}/${file}`);
}

/** 3.9 before 4.0 before 10.0. */
function byNumber(a: string, b: string): number {
  const [[majorA = 0, minorA = 0], [majorB = 0, minorB = 0]] = [a, b].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return majorA - majorB || minorA - minorB;
}
