/** The package itself: where its files lie, and its version. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json, from the sources and from the build. */
export const PACKAGE_ROOT = nearestPackage(__dirname);

const { version, engines } = JSON.parse(
  readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
) as { version: string; engines: { node: string } };

/** The version that package.json names. */
export { version };

/**
 * Refuses a Node.js that is too old. npm only warns of it, and better-sqlite3 would end the process
 * without a word as soon as a database is opened.
 * Decided: docs/decisions/node.md
 * @param found as `process.versions.node` has it
 * @throws Error that names both versions
 */
export function requireNode(found: string): void {
  const needed = engines.node.replace('>=', '');
  const [major = 0, minor = 0] = found.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new Error(`Node.js ${needed} or later is needed; this is ${found}`);
}

function nearestPackage(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : nearestPackage(dirname(folder));
}
