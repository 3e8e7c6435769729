/** Loads the contract from `wsdl/` and finds versions and operations in it. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deriveVersion, type VersionEntry } from './derive';
import { ContractError, parseDocument } from './document';
import type { ContractVersion, Service } from './model';
import { parseNamespace, SCHEMA_FILE } from './namespaces';
import { OnDemand } from './on-demand';
import { readSchema } from './read-schema';
import { readService } from './read-wsdl';
import { linkVersion, type VersionSpec } from './version-spec';

/**
 * Every version that is served. A version is read or derived, and a class of it read and linked, when
 * it is first asked for.
 */
export class Contract {
  private readonly specs = new Map<string, VersionSpec>();
  private readonly linked = new Map<string, ContractVersion>();
  /** By their namespace, those that were asked for. */
  private readonly services = new Map<string, Service>();

  /**
   * @param full the version that is described in full, served where none is named
   * @param readFull reads it
   * @param entries what the others differ in
   */
  constructor(
    private readonly full: string,
    private readonly readFull: () => VersionSpec,
    private readonly entries: ReadonlyMap<string, VersionEntry>,
  ) {
    this.versions = [full, ...entries.keys()].sort(byNumber);
  }

  /** The numbers of all versions, oldest first. */
  readonly versions: readonly string[];

  /** The version that is described in full; handlers are typed by it. */
  get newest(): ContractVersion {
    const found = this.findVersion(this.full);
    if (!found) throw new ContractError(`there is no version ${this.full}`);
    return found;
  }

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

  private specOf(version: string): VersionSpec {
    const known = this.specs.get(version);
    if (known) return known;
    const spec = version === this.full ? this.readFull() : this.derive(version);
    this.specs.set(version, spec);
    return spec;
  }

  private derive(version: string): VersionSpec {
    const entry = this.entries.get(version);
    if (!entry) throw new ContractError(`there is no version ${version}`);
    return deriveVersion(version, entry, (other) => this.specOf(other));
  }
}

/**
 * Finds the version that `FOLDER` describes in full, in a folder of its number, and the others: a file
 * X.Y.json says what X.Y differs in.
 * @throws ContractError when there isn't exactly one in full; later, when a file that is then read says
 *   what the model cannot hold
 */
export function loadContract(folder: string): Contract {
  const files = readdirSync(folder, { withFileTypes: true });
  const [full, ...more] = files.filter((file) => file.isDirectory()).map(({ name }) => name);
  if (full === undefined || more.length > 0) {
    throw new ContractError(`${basename(folder)}: exactly one version must be described in full`);
  }
  const entries = namesOf(files, '.json');
  const readFull = () => readVersion(join(folder, full), full);
  return new Contract(full, readFull, new OnDemand(entries, readEntry));

  function readEntry(version: string): VersionEntry {
    return JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8')) as VersionEntry;
  }
}

function namesOf(files: readonly Dirent[], extension: string): string[] {
  return files
    .filter(({ name }) => name.endsWith(extension))
    .map(({ name }) => basename(name, extension));
}

function readVersion(folder: string, version: string): VersionSpec {
  const names = namesOf(readdirSync(folder, { withFileTypes: true }), '.wsdl');
  const services = new OnDemand(names.sort(), (name) => {
    const file = `${name}.wsdl`;
    const service = readService(readDocument(folder, file), version);
    if (service.name !== name) {
      throw new ContractError(`${file}: describes the service ${service.name}`);
    }
    return service;
  });
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
