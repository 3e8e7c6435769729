/** The console's pages: which file an address gets, and what a browser may do with it. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { createPages } from '../../src/console/pages';
import { ROOT, startTestServer, type TestServer } from '../harness/server';

const FOLDER = join(ROOT, 'dist', 'web');
const page = readFileSync(join(FOLDER, 'index.html'), 'utf8');

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const get = (path: string, init?: RequestInit) => fetch(server.url + path, init);

test.each([
  '/console',
  '/console/',
  '/console/sign-in',
  '/console/m/demo/accounts/a%2Fb',
  '/console/m/x.js',
])('%s: the page, which no cache keeps without asking', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-cache');
  expect(await response.text()).toBe(page);
});

test('the policy allows no script or style but files of this server, and no other page to hold this one', async () => {
  const { headers } = await get('/console/m/demo');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).not.toContain('unsafe');
  for (const rule of [
    "default-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ]) {
    expect(policy.split('; ')).toContain(rule);
  }
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('files have their types, are compressed, and are kept for good', async () => {
  const types = { js: 'text/javascript', css: 'text/css' };
  const names = readdirSync(join(FOLDER, 'assets'));
  for (const [extension, type] of Object.entries(types)) {
    const name = names.find((one) => one.endsWith(`.${extension}`)) ?? '';
    const response = await get(`/console/assets/${name}`);
    expect(response.headers.get('content-type')).toMatch(new RegExp(`^${type};`));
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(readFileSync(join(FOLDER, 'assets', name), 'utf8'));
  }
  const script = names.find((name) => /^index.*\.js$/.test(name)) ?? '';
  const packed = await get(`/console/assets/${script}`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
});

test.each([
  '/console/assets/index.js',
  '/console/assets/..%2Findex.html',
  '/console/assets/..%2F..%2Fsrc%2Fcli.js',
])('%s: no such file, and no page in its place', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe('There is no such file; /console begins anew.\n');
});

test('an unknown call is no screen', async () => {
  const response = await get('/console/api/no-such-call');
  expect(response.headers.get('content-type')).toMatch(/json/);
  expect(response.ok).toBe(false);
});

test('without built files it says what to do', async () => {
  const app = express().use(createPages(join(FOLDER, 'no-such-folder')));
  const listening = app.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}/console`);
  expect(response.status).toBe(503);
  expect(await response.text()).toBe(
    'The pages of the console were not built: npm run build does it.\n',
  );
  await new Promise((resolve) => listening.close(resolve));
});
