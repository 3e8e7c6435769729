/** The index: a page for people, JSON for programs. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { loadContract } from '../../src/contract/contract';
import { createIndex, type Index } from '../../src/discovery/index-page';
import { parseXml } from '../../src/soap/parser';
import { attributeOf, type XmlElement } from '../../src/soap/xml-element';
import { CLASSES } from '../contract/classes';
import { exchange } from '../harness/connection';
import { ROOT, startTestServer, type TestServer } from '../harness/server';

const { versions } = loadContract(join(ROOT, 'wsdl'));
const BROWSER = 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

/** The page is written so that an XML parser reads it: nothing in it is left open or unescaped. */
async function loadPage({ url } = server): Promise<XmlElement> {
  const { text } = await exchange(url, 'GET /', [BROWSER]);
  return parseXml(text.replace('<!doctype html>\n', ''));
}

function all(element: XmlElement, name: string): XmlElement[] {
  const inner = element.children.flatMap((child) => all(child, name));
  return element.name === name ? [element, ...inner] : inner;
}

const attribute = (element: XmlElement, name: string) => attributeOf(element, '', name);

test.each([
  [BROWSER, 'text/html'],
  ['Accept: */*', 'text/html'],
  ['X-No-Accept: 1', 'text/html'],
  ['Accept: image/png', 'text/html'],
  ['Accept: application/json', 'application/json'],
  ['Accept: application/json, */*;q=0.1', 'application/json'],
])('%s → %s', async (accept, type) => {
  const { status, headers } = await exchange(server.url, 'GET /', [accept]);
  expect(status).toBe(200);
  expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
  expect(headers.vary).toBe('Accept, Accept-Encoding');
});

test('the page has a language, a title, one heading, a table with a caption and scopes', async () => {
  const page = await loadPage();
  expect(attribute(page, 'lang')).toBe('en');
  expect(all(page, 'title')).toHaveLength(1);
  expect(all(page, 'h1')).toHaveLength(1);
  expect(all(page, 'caption')).toHaveLength(1);
  const scopes = all(page, 'th').map((cell) => [attribute(cell, 'scope'), cell.text]);
  expect(scopes.filter(([scope]) => scope === 'row').map(([, text]) => text)).toEqual(
    [...versions].reverse(),
  );
  expect(scopes.every(([scope]) => scope === 'row' || scope === 'col')).toBe(true);
});

test('the page runs no script and loads nothing but its icon', async () => {
  const page = await loadPage();
  for (const name of ['script', 'img', 'iframe', 'object']) {
    expect(all(page, name)).toEqual([]);
  }
  expect(all(page, 'link').map((one) => attribute(one, 'rel'))).toEqual(['icon']);
  expect(all(page, 'style')[0]?.text).not.toMatch(/url|@import/);
  const { headers } = await exchange(server.url, 'GET /', [BROWSER]);
  const policy = headers['content-security-policy'];
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toContain('unsafe');
  // The browser takes the style by the digest of its text.
  const style = all(page, 'style')[0]?.text ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  expect(policy).toContain(`style-src 'sha256-${digest}'`);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test.each(['/icon.svg', '/favicon.ico'])('%s: the icon of all pages', async (path) => {
  const { status, headers, text } = await exchange(server.url, `GET ${path}`);
  expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([
    200,
    'image/svg+xml; charset=utf-8',
    'nosniff',
  ]);
  expect(parseXml(text).name).toBe('svg');
  for (const page of ['/console', '/v1/docs', '/console/api/docs', '/']) {
    const shown = await fetch(server.url + page, { headers: { Accept: 'text/html' } });
    expect(await shown.text()).toMatch(/<link rel="icon"[^>]* href="\/icon\.svg"/);
  }
});

test('every link leads somewhere, and every version has its WSDL and its schema', async () => {
  const links = all(await loadPage(), 'a').map((link) => attribute(link, 'href') ?? '');
  expect(links).toContain(`${server.url}/soap.pl?wsdl`);
  for (const version of versions) {
    expect(links).toContain(`${server.url}/${version}/Account.wsdl`);
    expect(links).toContain(`${server.url}/${version}/Vindicia.xsd`);
  }
  for (const path of ['/console', '/v1/docs', '/console/api/docs', '/readyz']) {
    expect(links.slice(0, 6)).toContain(`${server.url}${path}`);
  }
  for (const link of links) expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
});

test('the JSON says the same', async () => {
  const { text } = await exchange(server.url, 'GET /', ['Accept: application/json']);
  const index = JSON.parse(text) as Index;
  expect(index).toEqual(
    createIndex(loadContract(join(ROOT, 'wsdl')), {
      base: server.url,
      isSimulation: false,
      hasConsole: true,
    }),
  );
  expect(index).toMatchObject({
    endpoint: `${server.url}/soap.pl`,
    wsdl: `${server.url}/soap.pl?wsdl`,
  });
  expect(index.versions).toHaveLength(30);
  expect(index.versions[5]).toEqual({
    version: '22.0',
    endpoint: `${server.url}/v22.0/soap.pl`,
    schema: `${server.url}/22.0/Vindicia.xsd`,
    classes: CLASSES.map((name) => ({
      name,
      namespace: `http://soap.vindicia.com/v22_0/${name}`,
      wsdl: `${server.url}/22.0/${name}.wsdl`,
    })),
  });
});

test('an address is escaped', async () => {
  const publicUrl = 'https://pay.example.com/"><script>&';
  const proxied = await startTestServer({ settings: { publicUrl } });
  const page = await loadPage(proxied);
  expect(all(page, 'code')[0]?.text).toBe(`${publicUrl}/soap.pl`);
  const links = all(page, 'a').map((link) => attribute(link, 'href'));
  expect(links.slice(0, 2)).toEqual([`${publicUrl}/console`, `${publicUrl}/v1/docs`]);
  expect(links).toContain(`${publicUrl}/soap.pl?wsdl`);
  await proxied.stop();
});
