/**
 * Says in package-lock.json where each package's archive lies. Without that npm asks the registry for all
 * versions of every package before it takes one, which is half of the time of `npm ci`.
 * Decided: docs/decisions/lock-file.md
 */

/** Stands for the registry that npm is configured with: `replace-registry-host` in .npmrc puts that in its place. */
const REGISTRY = 'https://registry.invalid';

/** An entry of the lock file: a package by its place in node_modules. */
interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * @param text of package-lock.json, as npm or this wrote it
 * @returns the same with the place of each archive
 */
export function renderLockFile(text: string): string {
  const lock = JSON.parse(text) as LockFile;
  const packages = Object.entries(lock.packages).map(([place, entry]) => [
    place,
    locate(place, entry),
  ]);
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) as object }, null, 2)}\n`;
}

function locate(place: string, entry: LockedPackage): LockedPackage {
  const installed = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const { name = installed, version } = entry;
  // The project itself has a place of no letters.
  if (place === '' || version === undefined) return entry;
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
  const resolved = `${REGISTRY}/${name}/-/${file}`;
  const fields = Object.entries(entry).filter(([key]) => key !== 'resolved');
  // Where npm itself writes it.
  fields.splice(fields.findIndex(([key]) => key === 'version') + 1, 0, ['resolved', resolved]);
  return Object.fromEntries(fields);
}

/**
 * @param text a bill of materials in CycloneDX's JSON, as `npm sbom` writes it from that lock file
 * @returns the same without the places of archives, which name no registry
 */
export function withoutArchives(text: string): string {
  return `${JSON.stringify(
    JSON.parse(text, (_key, value: unknown) =>
      Array.isArray(value) ? value.filter((item) => !isArchive(item)) : value,
    ),
    null,
    2,
  )}\n`;
}

function isArchive(item: unknown): boolean {
  const { url } = (item ?? {}) as { url?: unknown };
  return typeof url === 'string' && url.startsWith(`${REGISTRY}/`);
}
