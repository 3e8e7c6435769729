/**
 * Serves the console's pages: the files that the build left in dist/web, from memory. Every address of a screen gets
 * the one page, which finds out by itself what it shows.
 * Decided: docs/decisions/front-end.md
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import compression from 'compression';
import { type Response, Router } from 'express';
import { PACKAGE_ROOT } from '../base/package';

/** Where the pages are; the console's calls are under it, too. */
export const PAGES_PATH = '/console';

/** Scripts and styles are files of this server, text never becomes script, and no other page may hold this one. */
const POLICY = [
  "default-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const NOT_BUILT = 'The pages of the console were not built: npm run build does it.\n';
const NO_FILE = 'There is no such file; /console begins anew.\n';

/** The built files. */
interface Built {
  readonly page: Buffer;
  /** By their names, which hold a digest of their content. */
  readonly assets: ReadonlyMap<string, Buffer>;
}

/** @returns undefined where there are none */
function readBuilt(folder: string): Built | undefined {
  try {
    const assets = join(folder, 'assets');
    const read = (name: string) => [name, readFileSync(join(assets, name))] as const;
    const page = readFileSync(join(folder, 'index.html'));
    return { page, assets: new Map(readdirSync(assets).map(read)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Builds the router, to be mounted after the console's calls. The files are read when the first is asked for.
 * @param folder of the built files
 */
export function createPages(folder = join(PACKAGE_ROOT, 'dist', 'web')): Router {
  let built: Built | undefined;
  const send = (response: Response, choose: (files: Built) => Buffer | undefined) => {
    built ??= readBuilt(folder);
    if (!built) {
      response.status(503).type('text').send(NOT_BUILT);
      return;
    }
    const file = choose(built);
    if (file) response.send(file);
    else response.set('Cache-Control', 'no-store').status(404).type('text').send(NO_FILE);
  };
  const router = Router({ caseSensitive: true });
  router.use(PAGES_PATH, compression(), (_request, response, next) => {
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
    next();
  });
  router.get(`${PAGES_PATH}/assets/:name`, ({ params: { name } }, response) => {
    // A file of another content has another name.
    response.set('Cache-Control', 'public, max-age=31536000, immutable');
    response.type(TYPES[extname(name)] ?? 'application/octet-stream');
    send(response, ({ assets }) => assets.get(name));
  });
  router.get([PAGES_PATH, `${PAGES_PATH}/{*screen}`], (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('html');
    send(response, ({ page }) => page);
  });
  return router;
}
