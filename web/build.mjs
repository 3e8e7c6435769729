/**
 * Builds the front end where something has changed since it was built last: `npm start` runs this each time.
 * `--always` builds in any case.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const BUILT = join(ROOT, 'dist', 'web', 'index.html');

/** Milliseconds; of a folder the latest of its files. */
function changedAt(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

const sources = ['web', 'package-lock.json'].map((name) => join(ROOT, name)).filter(existsSync);
const isFresh = existsSync(BUILT) && sources.every((path) => changedAt(path) <= changedAt(BUILT));
if (!isFresh || process.argv.includes('--always')) {
  const { build } = await import('vite');
  await build({ configFile: join(import.meta.dirname, 'vite.config.mjs'), logLevel: 'warn' });
}
