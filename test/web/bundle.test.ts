/** The files that the console is served from, as the build leaves them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ICON, ICON_PATHS } from '../../src/discovery/icon';
import { ROOT } from '../harness/server';

const FOLDER = join(ROOT, 'dist', 'web');

/** The most that the first page may take, compressed. */
const MOST_FIRST = 90 * 1024;

const page = () => readFileSync(join(FOLDER, 'index.html'), 'utf8');

/** The addresses that a document names. */
function namedIn(text: string): string[] {
  return [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = '']) => address);
}

/** Those of files of the build: the icon is one for all pages of the server. */
function builtIn(text: string): string[] {
  return namedIn(text).filter((address) => !ICON_PATHS.includes(address));
}

test('the first page takes at most 90 KB, compressed', () => {
  const files = builtIn(page()).map((address) => address.replace(/^\/console\//, ''));
  const texts = ['index.html', ...files].map((file) => readFileSync(join(FOLDER, file)));
  const sizes = [...texts, ICON].map((text) => gzipSync(text).length);
  expect(files.length).toBeGreaterThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_FIRST);
});

test('the page has no script or style of its own, and names files of the console alone', () => {
  expect(page()).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  for (const address of builtIn(page())) expect(address).toMatch(/^\/console\/assets\/[\w.-]+$/);
  expect(namedIn(page()).filter((address) => ICON_PATHS.includes(address))).toEqual(['/icon.svg']);
});

test('no file names another server, or makes code of text', () => {
  const files = readdirSync(join(FOLDER, 'assets'));
  const texts = files.map((file) => readFileSync(join(FOLDER, 'assets', file), 'utf8')).join('\n');
  const addresses = [...texts.matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
  // The names of XML's vocabularies are no addresses.
  expect([...new Set(addresses)].filter((address) => !address.endsWith('//www.w3.org'))).toEqual(
    [],
  );
  expect(/\beval\(|new Function\(|["'(`]data:/.exec(texts)?.[0]).toBeUndefined();
});
