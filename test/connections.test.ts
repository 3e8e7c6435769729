/** How clients of that age use a connection: HTTP/1.0, 100-continue, keep-alive, pipelines. */
import { Connection } from './harness/connection';
import { SEED } from './harness/seed';
import { startTestServer, type TestServer } from './harness/server';
import { USER } from './harness/soap-call';

let server: TestServer;
let connection: Connection;

beforeAll(async () => {
  server = await startTestServer({ merchants: SEED });
});

afterAll(() => server.stop());

beforeEach(async () => {
  connection = await Connection.open(server.url);
});

afterEach(() => connection.close());

const host = () => `Host: ${new URL(server.url).host}`;

/** A call that is refused with a string that holds the given VID. */
function body(vid: string): string {
  return (
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<v:fetchByVid xmlns:v="http://soap.vindicia.com/v22_0/Account">' +
    `<auth><version>22.0</version><login>${USER.login}</login>` +
    `<password>${USER.password}</password></auth><vid>${vid}</vid>` +
    '</v:fetchByVid></e:Body></e:Envelope>'
  );
}

const answerTo = (vid: string) => `Unable to load account by VID "${vid}":  No match.`;

/** The lines of a POST and its body. */
function post(protocol: string, vid: string, ...headers: string[]): [string[], string] {
  const content = body(vid);
  const lines = [
    `POST /soap.pl ${protocol}`,
    'Content-Type: text/xml; charset=utf-8',
    `Content-Length: ${content.length}`,
    ...headers,
  ];
  return [lines, content];
}

describe('Expect: 100-continue', () => {
  test('100 comes before the body is sent, the reply after it', async () => {
    const [lines, content] = post('HTTP/1.1', 'one', host(), 'Expect: 100-continue');
    connection.send(lines);
    expect((await connection.reply()).status).toBe(100);
    connection.write(content);
    const reply = await connection.reply();
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(answerTo('one'));
  });

  test('a client that does not wait gets both', async () => {
    connection.send(...post('HTTP/1.1', 'one', host(), 'Expect: 100-Continue'));
    expect((await connection.reply()).status).toBe(100);
    expect((await connection.reply()).text).toContain(answerTo('one'));
  });
});

describe('HTTP/1.0', () => {
  test.each(['with Host', 'without Host'])('%s: the reply, its length, the end', async (title) => {
    connection.send(...post('HTTP/1.0', 'one', ...(title === 'with Host' ? [host()] : [])));
    const reply = await connection.reply();
    expect(reply.status).toBe(200);
    expect(reply.headers['transfer-encoding']).toBeUndefined();
    expect(reply.headers['content-length']).toBe(String(reply.body.length));
    expect(reply.text).toContain(answerTo('one'));
    await connection.end();
  });

  test('a WSDL without Host names the address that the request came to', async () => {
    connection.send(['GET /22.0/Account.wsdl HTTP/1.0']);
    const { status, text } = await connection.reply();
    expect(status).toBe(200);
    expect(text).toContain(`<soap:address location="${server.url}/soap.pl"/>`);
    await connection.end();
  });

  test('a compressed reply has its length, too', async () => {
    connection.send(...post('HTTP/1.0', 'one', 'Accept-Encoding: gzip'));
    const reply = await connection.reply();
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers['transfer-encoding']).toBeUndefined();
    expect(reply.headers['content-length']).toBe(String(reply.body.length));
    expect(reply.text).toContain(answerTo('one'));
    await connection.end();
  });

  test('keep-alive, asked for: two calls on one connection', async () => {
    for (const vid of ['one', 'two']) {
      connection.send(...post('HTTP/1.0', vid, 'Connection: keep-alive'));
      const reply = await connection.reply();
      expect(reply.headers.connection).toBe('keep-alive');
      expect(reply.text).toContain(answerTo(vid));
    }
  });
});

describe('HTTP/1.1', () => {
  test.each([
    ['gzip', 'gzip', true],
    ['br, gzip, deflate', 'gzip', true],
    ['deflate', 'deflate', false],
    ['gzip;q=0.5, deflate', 'gzip', true],
    ['gzip;q=0', undefined, true],
    ['identity, gzip;q=0.5', undefined, true],
  ])('Accept-Encoding: %s → %s, with its length: %s', async (accepted, encoding, hasLength) => {
    connection.send(...post('HTTP/1.1', 'one', host(), `Accept-Encoding: ${accepted}`));
    const reply = await connection.reply();
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers.vary).toBe('Accept-Encoding');
    const length = hasLength ? String(reply.body.length) : undefined;
    expect(reply.headers['content-length']).toBe(length);
    expect(reply.text).toContain(answerTo('one'));
  });

  test('without Host → 400', async () => {
    connection.send(['GET /healthz HTTP/1.1']);
    expect((await connection.reply()).status).toBe(400);
  });

  test('keep-alive: WSDL, schema, calls and a Fault on one connection, until close', async () => {
    for (const file of ['Account.wsdl', 'Vindicia.xsd']) {
      connection.send([`GET /22.0/${file} HTTP/1.1`, host()]);
      const reply = await connection.reply();
      expect(reply.status).toBe(200);
      connection.send([`HEAD /22.0/${file} HTTP/1.1`, host()]);
      expect((await connection.reply('HEAD')).headers.etag).toBe(reply.headers.etag);
      connection.send([
        `GET /22.0/${file} HTTP/1.1`,
        host(),
        `If-None-Match: ${reply.headers.etag}`,
      ]);
      expect((await connection.reply()).status).toBe(304);
    }
    connection.send(...post('HTTP/1.1', 'one', host()));
    expect((await connection.reply()).text).toContain(answerTo('one'));
    connection.send([`POST /soap.pl HTTP/1.1`, host(), 'Content-Length: 2'], '<x');
    expect((await connection.reply()).status).toBe(500);
    connection.send(...post('HTTP/1.1', 'two', host(), 'Accept-Encoding: gzip'));
    const packed = await connection.reply();
    expect(packed.headers['content-length']).toBe(String(packed.body.length));
    expect(packed.text).toContain(answerTo('two'));
    connection.send(...post('HTTP/1.1', 'three', host(), 'Connection: close'));
    expect((await connection.reply()).text).toContain(answerTo('three'));
    await connection.end();
  });

  test('pipelined requests are answered in their order', async () => {
    const requests: Array<[string[], string?]> = [
      post('HTTP/1.1', 'one', host()),
      [['GET /healthz HTTP/1.1', host()]],
      post('HTTP/1.1', 'two', host()),
      [['HEAD /22.0/Account.wsdl HTTP/1.1', host()]],
      post('HTTP/1.1', 'three', host()),
    ];
    connection.write(
      requests.map(([lines, content = '']) => `${lines.join('\r\n')}\r\n\r\n${content}`).join(''),
    );
    expect((await connection.reply()).text).toContain(answerTo('one'));
    expect((await connection.reply()).text).toBe('ok\n');
    expect((await connection.reply()).text).toContain(answerTo('two'));
    expect((await connection.reply('HEAD')).headers['content-type']).toContain('text/xml');
    expect((await connection.reply()).text).toContain(answerTo('three'));
  });
});
