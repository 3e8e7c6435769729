/** Which WSDL and which schema a client gets, and the answer where there is none. */
import { parseXml } from '../../src/soap/parser';
import { attributeOf, type XmlElement } from '../../src/soap/xml-element';
import { CLASSES } from '../contract/classes';
import { exchange } from '../harness/connection';
import { startTestServer, type TestServer } from '../harness/server';
import { find } from '../harness/xml';

const VERSIONS = [
  ...['3.7', '3.8', '3.9', '4.0', '4.1', '4.2', '4.3'],
  ...Array.from({ length: 23 }, (_, index) => `${index + 5}.0`),
];

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const namespace = (version: string, name: string) =>
  `http://soap.vindicia.com/v${version.replace('.', '_')}/${name}`;

function valueOf(element: XmlElement | undefined, attribute: string): string | undefined {
  return element && attributeOf(element, '', attribute);
}

/** Loads a WSDL and, by the location that it names, its schema, as a client does. */
async function load(path: string, { url } = server) {
  const response = await fetch(url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  const wsdl = parseXml(await response.text());
  const attribute = (name: string, of: string) => valueOf(find(wsdl, name), of) ?? '';
  const schema = await fetch(new URL(attribute('import', 'schemaLocation'), url + path));
  expect(schema.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  return {
    namespace: valueOf(wsdl, 'targetNamespace'),
    imported: attribute('import', 'namespace'),
    schema: valueOf(parseXml(await schema.text()), 'targetNamespace'),
    address: attribute('address', 'location'),
  };
}

test.each(VERSIONS)('%s: its own WSDL and schema, by file and by endpoint', async (version) => {
  const expected = {
    namespace: namespace(version, 'Account'),
    imported: namespace(version, 'Vindicia'),
    schema: namespace(version, 'Vindicia'),
    address: `${server.url}/soap.pl`,
  };
  expect(await load(`/${version}/Account.wsdl`)).toEqual(expected);
  expect(await load(`/v${version}/soap.pl?wsdl`)).toEqual(expected);
});

test.each([
  ['/soap.pl?wsdl', '22.0'],
  ['/soap.pl?WSDL', '22.0'],
  ['/soap.pl?wsdl=', '22.0'],
  ['/soap.pl?wsdl=Account', '22.0'],
  ['/v8_0/soap.pl?Wsdl', '8.0'],
  ['/v8.0/soap.pl?wsdl=Account', '8.0'],
])('%s is the WSDL of Account in %s', async (path, version) => {
  expect((await load(path)).namespace).toBe(namespace(version, 'Account'));
});

test.each([
  '/22.0/Nothing.wsdl',
  '/22.0/Account.xsd',
  '/22.0/account.wsdl',
  '/99.0/Account.wsdl',
  '/99.0/Vindicia.xsd',
  '/022.0/Account.wsdl',
  '/v99.0/soap.pl?wsdl',
  '/soap.pl?wsdl=Nothing',
  '/v22.0/soap.pl?wsdl=constructor',
])('%s → 404 that lists what there is', async (path) => {
  const { status, headers, text } = await exchange(server.url, `GET ${path}`);
  expect(status).toBe(404);
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text).toBe(`There is no such WSDL or schema here.

Versions: ${VERSIONS.join(', ')}
Classes: ${CLASSES.join(', ')}

A WSDL is at /VERSION/CLASS.wsdl, a version's schema at /VERSION/Vindicia.xsd.
`);
});

test.each([
  ['GET /soap.pl', 'POST'],
  ['HEAD /v22.0/soap.pl', 'POST'],
  ['PUT /soap.pl', 'POST'],
  ['DELETE /soap.pl', 'POST'],
  ['PUT /v22.0/soap.pl/', 'POST'],
  ['DELETE /', 'GET, HEAD, POST'],
  ['POST /22.0/Account.wsdl', 'GET, HEAD'],
  ['PUT /22.0/Vindicia.xsd', 'GET, HEAD'],
])('%s → 405, Allow: %s', async (request, allow) => {
  const { status, headers } = await exchange(server.url, request);
  expect([status, headers.allow]).toEqual([405, allow]);
});

describe('soap:address', () => {
  const address = async (headers: string[], { url } = server) => {
    const { text } = await exchange(url, 'GET /22.0/Account.wsdl', headers);
    return /<soap:address location="([^"]*)"/.exec(text)?.[1];
  };

  test.each(['shop.example.com', 'shop.example.com:8443', '[::1]:8787', '10.0.0.1'])(
    'Host: %s',
    async (host) => {
      expect(await address([`Host: ${host}`])).toBe(`http://${host}/soap.pl`);
    },
  );

  test.each(['"><x>', 'user@evil.example', 'a b', 'x/..', '::1', 'x:port', ''])(
    'Host: %s, which is none → where the request came to',
    async (host) => {
      expect(await address([`Host: ${host}`])).toBe(`${server.url}/soap.pl`);
    },
  );

  test('LATCHKEY_PUBLIC_URL counts before the Host, and is escaped', async () => {
    const publicUrl = 'https://pay.example.com/a&b';
    const proxied = await startTestServer({ settings: { publicUrl } });
    const escaped = 'https://pay.example.com/a&amp;b/soap.pl';
    expect(await address(['Host: other.example.com'], proxied)).toBe(escaped);
    await proxied.stop();
  });
});
