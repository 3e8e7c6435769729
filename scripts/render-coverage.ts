/** Renders which versions, classes and operations are served, and which of these are implemented. */
import type { Contract } from '../src/contract/contract';
import type { ComplexType, ContractVersion, SimpleType } from '../src/contract/model';
import { OPERATIONS } from '../src/cashbox/operations';
import { renderTable } from './render-tables';

const IMPLEMENTED: Readonly<Record<string, object>> = OPERATIONS;

/** A row for each run of versions that describe the same. */
export function renderVersions(contract: Contract): string {
  const runs: Array<{ signature: string; versions: ContractVersion[] }> = [];
  for (const version of allVersions(contract)) {
    const signature = signatureOf(version);
    const last = runs.at(-1);
    if (last?.signature === signature) last.versions.push(version);
    else runs.push({ signature, versions: [version] });
  }
  const rows = runs.map(({ versions }) => {
    const services = [...(versions[0]?.services.values() ?? [])];
    const operations = services.reduce((sum, service) => sum + service.operations.size, 0);
    const names = versions.map(({ version }) => version).join(', ');
    return `| ${names} | ${services.length} | ${operations} |`;
  });
  return renderTable(['Versions', 'Classes', 'Operations'], rows);
}

/** A section for each class of which something is implemented, and a table of the others. */
export function renderCoverage(contract: Contract): string {
  const classes = [...classesOf(contract)].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const sections = classes
    .filter(([name]) => name in IMPLEMENTED)
    .map(([name, operations]) => renderClass(contract, name, operations));
  const others = classes
    .filter(([name]) => !(name in IMPLEMENTED))
    .map(([name, operations]) => renderDescribed(contract, name, operations));
  const described =
    others.length === 0 ? [] : ['### Described only', ONLY_DESCRIBED, others.join('\n')];
  return [...sections, ...described].join('\n\n');
}

const ONLY_DESCRIBED = 'Every operation of these classes answers 501.';

/** The versions that describe an operation, by its name. */
type Operations = ReadonlyMap<string, readonly string[]>;

function classesOf(contract: Contract): ReadonlyMap<string, Operations> {
  const classes = new Map<string, Map<string, string[]>>();
  // The newest first: its order of operations is the one that is shown.
  for (const { version, services } of allVersions(contract).reverse()) {
    for (const service of services.values()) {
      const operations = classes.get(service.name) ?? new Map<string, string[]>();
      classes.set(service.name, operations);
      for (const name of service.operations.keys()) {
        operations.set(name, [version, ...(operations.get(name) ?? [])]);
      }
    }
  }
  return classes;
}

function renderClass(contract: Contract, name: string, operations: Operations): string {
  const served = IMPLEMENTED[name] ?? {};
  const entries = [...operations];
  const done = entries.filter(([operation]) => operation in served);
  const rest = entries.filter(([operation]) => !(operation in served));
  const versions = versionsOf(operations);
  return [
    `### ${name}`,
    `Versions ${spanOf(contract, versions)}.`,
    `Implemented: ${listOf(contract, done, versions)}.`,
    ...(rest.length === 0 ? [] : [`Answers 501: ${listOf(contract, rest, versions)}.`]),
  ].join('\n\n');
}

function renderDescribed(contract: Contract, name: string, operations: Operations): string {
  const versions = versionsOf(operations);
  const list = listOf(contract, [...operations], versions);
  return `- **${name}**, ${spanOf(contract, versions)}: ${list}.`;
}

/** The versions that have one of these operations at least. */
function versionsOf(operations: Operations): readonly string[] {
  return [...new Set([...operations.values()].flat())];
}

/** Names of operations, with their versions where these aren't all of their class. */
function listOf(
  contract: Contract,
  entries: ReadonlyArray<readonly [string, readonly string[]]>,
  versions: readonly string[],
): string {
  return entries
    .map(([name, own]) =>
      own.length === versions.length ? `\`${name}\`` : `\`${name}\` (${spanOf(contract, own)})`,
    )
    .join(', ');
}

/** `3.7 to 8.0, from 20.0`: the runs of versions that are neighbours. */
function spanOf(contract: Contract, versions: readonly string[]): string {
  const all = contract.versions;
  const positions = versions.map((version) => all.indexOf(version)).sort((a, b) => a - b);
  const runs: Array<{ from: number; to: number }> = [];
  for (const position of positions) {
    const last = runs.at(-1);
    if (last && last.to === position - 1) last.to = position;
    else runs.push({ from: position, to: position });
  }
  return runs
    .map(({ from, to }) => {
      if (from === to) return all[from];
      if (from > 0 && to === all.length - 1) return `from ${all[from]}`;
      return `${all[from]} to ${all[to]}`;
    })
    .join(', ');
}

function allVersions(contract: Contract): ContractVersion[] {
  return contract.versions.map((number) => {
    const version = contract.findVersion(number);
    if (!version) throw new Error(`${number} is listed and not served`);
    return version;
  });
}

/** Equal for versions that differ in nothing but their number. */
function signatureOf({ types, services }: ContractVersion): string {
  return JSON.stringify([
    [...types.values()].map(shapeOf),
    [...services.values()].map(({ name, operations }) => [
      name,
      [...operations.values()].map(({ input, output }) => [shapeOf(input), shapeOf(output)]),
    ]),
  ]);
}

function shapeOf(type: ComplexType | SimpleType): unknown {
  if (type.kind === 'simple') return [type.name, type.base.name, [...type.values]];
  const fields = type.fields.map(({ name, type: { name: typeName }, required, repeated }) => [
    name,
    typeName,
    required,
    repeated,
  ]);
  return [type.name, fields];
}
