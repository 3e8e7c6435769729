/** The headers for caches and clients: ETag, Cache-Control, Vary, HEAD, compression. */
import { Document, DocumentCache } from '../../src/discovery/document';
import { exchange } from '../harness/connection';
import { startTestServer, type TestServer } from '../harness/server';

const DOCUMENTS = [
  '/',
  '/22.0/Account.wsdl',
  '/22.0/Vindicia.xsd',
  '/soap.pl?wsdl',
  '/v4.3/soap.pl?wsdl',
];
const GZIP = 'Accept-Encoding: deflate, gzip';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.stop());

const get = (path: string, ...headers: string[]) => exchange(server.url, `GET ${path}`, headers);

describe.each(DOCUMENTS)('%s', (path) => {
  test('a strong ETag; who sends it back gets 304 and no body', async () => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers.etag).toMatch(/^"[\w-]{27}"$/);
    for (const known of [headers.etag, `"other", ${headers.etag}`, `W/${headers.etag}`, '*']) {
      const again = await get(path, `If-None-Match: ${known}`);
      expect(again.status).toBe(304);
      expect(again.headers.etag).toBe(headers.etag);
      expect(again.headers['cache-control']).toBe(headers['cache-control']);
      expect(again.headers.vary).toBe(headers.vary);
    }
    expect((await get(path, 'If-None-Match: "other"')).text).toBe(body.toString());
  });

  test('compressed on request, under an ETag of its own', async () => {
    const plain = await get(path);
    const packed = await get(path, GZIP);
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.headers['content-length']).toBe(String(packed.body.length));
    expect(packed.text).toBe(plain.text);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    for (const { headers } of [plain, packed]) expect(headers.vary).toContain('Accept-Encoding');
    const again = await get(path, GZIP, `If-None-Match: ${packed.headers.etag}`);
    expect([again.status, again.headers['content-encoding']]).toEqual([304, undefined]);
    expect((await get(path, GZIP, `If-None-Match: ${plain.headers.etag}`)).status).toBe(200);
    for (const none of ['Accept-Encoding: br', 'Accept-Encoding: gzip;q=0', 'Accept-Encoding:']) {
      expect((await get(path, none)).headers['content-encoding']).toBeUndefined();
    }
  });

  test('HEAD answers as GET does, without the body', async () => {
    for (const headers of [[], [GZIP], ['If-None-Match: *']]) {
      const got = await get(path, ...headers);
      const head = await exchange(server.url, `HEAD ${path}`, headers);
      expect(head.status).toBe(got.status);
      expect({ ...head.headers, date: '' }).toEqual({ ...got.headers, date: '' });
    }
  });
});

test('what names the Host differs by Host, and no shared cache keeps it', async () => {
  for (const path of DOCUMENTS.filter((name) => !name.endsWith('.xsd'))) {
    const one = await get(path, 'Host: one.example.com');
    const other = await get(path, 'Host: other.example.com');
    expect(one.text).toContain('one.example.com');
    expect(other.text).toContain('other.example.com');
    expect(one.headers.etag).not.toBe(other.headers.etag);
    expect(one.headers['cache-control']).toBe('private, no-cache');
  }
});

test('a schema is the same for every Host, and every cache may keep it', async () => {
  const one = await get('/22.0/Vindicia.xsd', 'Host: one.example.com');
  const other = await get('/22.0/Vindicia.xsd', 'Host: other.example.com');
  expect(one.headers.etag).toBe(other.headers.etag);
  expect(one.headers['cache-control']).toBe('public, no-cache');
});

test('under LATCHKEY_PUBLIC_URL nothing depends on the Host, and every cache may keep it', async () => {
  const proxied = await startTestServer({ settings: { publicUrl: 'https://pay.example.com' } });
  for (const path of DOCUMENTS) {
    const { headers } = await exchange(proxied.url, `GET ${path}`);
    expect(headers['cache-control']).toBe('public, no-cache');
  }
  await proxied.stop();
});

test.each(['/healthz', '/readyz'])('%s is not kept, and answers HEAD', async (path) => {
  for (const method of ['GET', 'HEAD']) {
    const { status, headers } = await exchange(server.url, `${method} ${path}`);
    expect([status, headers['cache-control'], headers.etag]).toEqual([200, 'no-store', undefined]);
  }
});

describe('DocumentCache', () => {
  test('makes a document once, until others crowd it out', () => {
    const cache = new DocumentCache();
    const made: string[] = [];
    const get = (key: string) =>
      cache.get(key, () => {
        made.push(key);
        return new Document('text/plain', key);
      });
    get('first');
    get('second');
    for (let index = 0; index < 127; index++) {
      get(`other ${index}`);
      get('first');
    }
    expect(made.filter((key) => key === 'first')).toHaveLength(1);
    get('second');
    expect(made.filter((key) => key === 'second')).toHaveLength(2);
  });
});
