/** The way to the upstream server: untouched, as it comes, and with a clear word where it cannot be had. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { Connection } from '../harness/connection';
import { startAnswering, startRecording, TIME } from './proxy';

const BODY = '<a>é</a>';

/** The pairs of headers that a server got or gave, but those of the connection. */
const pairs = (raw: readonly string[]) =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1] ?? ''}`] : []));

test('method, path, headers and bodies go through as they are, but for the Host', async () => {
  let got: IncomingMessage | undefined;
  let body = '';
  const upstream = await startAnswering((request, response) => {
    got = request;
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      response.sendDate = false;
      response.writeHead(418, 'Short and stout', [
        'sEt-cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'Content-Length',
        '4',
      ]);
      response.end('pots');
    });
  });
  const proxy = await startRecording(upstream.url);
  const connection = await Connection.open(proxy.url);
  connection.send(
    [
      'PATCH /a%20b/../c?d=%zz HTTP/1.1',
      'hOst: client.example',
      'X-One: 1',
      'x-one: 2',
      `Content-Length: ${Buffer.byteLength(BODY)}`,
    ],
    BODY,
  );
  const reply = await connection.reply();
  connection.close();
  expect(got?.method).toBe('PATCH');
  expect(got?.url).toBe('/a%20b/../c?d=%zz');
  expect(pairs(got?.rawHeaders ?? [])).toEqual([
    `Host: ${new URL(upstream.url).host}`,
    'X-One: 1',
    'x-one: 2',
    `Content-Length: ${Buffer.byteLength(BODY)}`,
    'Connection: close',
  ]);
  expect(body).toBe(BODY);
  expect(reply).toMatchObject({ status: 418, text: 'pots', headers: { 'set-cookie': 'b=2' } });
  expect(reply.headers.date).toBeUndefined();
});

test.each([
  ['POST /soap.pl', ['POST /soap.pl HTTP/1.1', 'Host: x'], 'content-length', '0'],
  ['a whole URL', ['GET http://other.example/y?z HTTP/1.1', 'Host: x'], undefined, undefined],
])('%s without a body', async (_name, lines, header, value) => {
  const seen: IncomingMessage[] = [];
  const upstream = await startAnswering((request, response) => {
    seen.push(request);
    response.end('ok');
  });
  const proxy = await startRecording(upstream.url);
  const connection = await Connection.open(proxy.url);
  connection.send(lines);
  expect((await connection.reply()).text).toBe('ok');
  connection.close();
  const [got] = seen;
  expect(got?.url).toBe(header === undefined ? '/y?z' : '/soap.pl');
  if (header !== undefined) expect(got?.headers[header]).toBe(value);
  expect(got?.headers['transfer-encoding']).toBeUndefined();
});

test('a large request goes on while it comes, and is not kept', async () => {
  const MIB = Buffer.alloc(2 ** 20, 97);
  let received = 0;
  let wake = () => {};
  const upstream = await startAnswering((request, response) => {
    request.on('data', ({ length }: Buffer) => {
      received += length;
      wake();
    });
    request.on('end', () => response.end(String(received)));
  });
  const proxy = await startRecording(upstream.url);
  const sent = requestHttp(`${proxy.url}/soap.pl`, { method: 'POST' });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  for (let piece = 1; piece <= 8; piece += 1) {
    sent.write(MIB);
    // Nothing of the rest is sent before the upstream server has this.
    while (received < piece * MIB.length) await new Promise<void>((resolve) => (wake = resolve));
  }
  sent.end();
  const [response] = await answered;
  let text = '';
  for await (const piece of response) text += String(piece);
  expect(text).toBe(String(8 * MIB.length));
  expect(await proxy.done(1)).toMatchObject([{ notKept: 'it, or its reply, is too large' }]);
});

test('a large reply is taken from the upstream server no faster than the client reads', async () => {
  const PIECE = Buffer.alloc(2 ** 16, 98);
  const MOST = 1024;
  const sending = { written: 0, isFull: false };
  let wake = () => {};
  const upstream = await startAnswering((request, response) => {
    request.resume();
    const write = () => {
      while (sending.written < MOST) {
        sending.written += 1;
        if (!response.write(PIECE)) {
          response.once('drain', write);
          sending.isFull = true;
          wake();
          return;
        }
      }
      response.end();
    };
    write();
  });
  const proxy = await startRecording(upstream.url);
  const sent = requestHttp(`${proxy.url}/soap.pl`, { method: 'POST' });
  sent.end('x');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  while (!sending.isFull) await new Promise<void>((resolve) => (wake = resolve));
  // What the two connections and their streams hold is far less than all of it.
  expect(sending.written).toBeLessThan(MOST / 2);
  let bytes = 0;
  for await (const piece of response) bytes += (piece as Buffer).length;
  expect(bytes).toBe(MOST * PIECE.length);
  expect(await proxy.done(1)).toMatchObject([{ notKept: 'it, or its reply, is too large' }]);
});

describe('a server that cannot be had', () => {
  const post = async (url: string) => {
    const reply = await fetch(`${url}/soap.pl`, { method: 'POST', body: BODY });
    return [reply.status, reply.headers.get('content-type'), await reply.text()];
  };
  const answer = (status: number, why: string) => [
    status,
    'text/plain; charset=utf-8',
    `The upstream server cannot be had: ${why}.\n`,
  ];

  test('refuses the connection', async () => {
    const upstream = await startAnswering(() => undefined);
    await upstream.stop();
    const proxy = await startRecording(upstream.url);
    expect(await post(proxy.url)).toEqual(answer(502, 'the connection was refused'));
    expect(await proxy.done(1)).toMatchObject([
      { failure: 'the connection was refused', notKept: 'it was not answered' },
    ]);
    expect(readdirSync(proxy.folder)).toEqual([]);
  });

  test('closes the connection without an answer', async () => {
    const upstream = await startAnswering((request) => request.socket.destroy());
    const proxy = await startRecording(upstream.url);
    expect(await post(proxy.url)).toEqual(
      answer(502, 'the connection was closed without an answer'),
    );
  });

  test('stands still', async () => {
    const timers: Array<() => void> = [];
    const time = {
      ...TIME,
      after: (_milliseconds: number, act: () => void) => {
        timers.push(act);
        return () => void timers.splice(timers.indexOf(act), 1);
      },
    };
    const upstream = await startAnswering((request) => {
      request.resume();
      request.on('end', () => timers.at(-1)?.());
    });
    const proxy = await startRecording(upstream.url, { time, limit: 7000 });
    expect(await post(proxy.url)).toEqual(answer(504, 'no answer within 7 seconds'));
    await proxy.done(1);
    expect(timers).toEqual([]);
  });

  test('ends in the middle of its answer: the client gets no whole one', async () => {
    const upstream = await startAnswering((request, response) => {
      request.resume();
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('half', () => response.socket?.destroy());
    });
    const proxy = await startRecording(upstream.url);
    await expect(post(proxy.url)).rejects.toThrow();
    expect(await proxy.done(1)).toMatchObject([{ notKept: 'it was not answered' }]);
  });

  test('is asked no more when the client goes away', async () => {
    let closed: Promise<unknown> | undefined;
    let wake = () => {};
    const upstream = await startAnswering((request) => {
      closed = new Promise((resolve) => request.socket.once('close', resolve));
      wake();
    });
    const proxy = await startRecording(upstream.url);
    const connection = await Connection.open(proxy.url);
    connection.send(['POST /soap.pl HTTP/1.1', 'Host: x', 'Content-Length: 100'], 'half');
    while (!closed) await new Promise<void>((resolve) => (wake = resolve));
    connection.close();
    await closed;
    expect(await proxy.done(1)).toMatchObject([{ failure: 'the client went away' }]);
  });
});

describe('https', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
    const args =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert -days 30000 -subj /CN=localhost -addext subjectAltName=DNS:localhost';
    execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['unknown', false, 502, /its certificate is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT/],
    ['trusted by --upstream-ca', true, 200, /^ok$/],
  ])('a certificate that is %s', async (_name, isTrusted, status, text) => {
    const file = (name: string) => readFileSync(join(folder, name), 'utf8');
    const server = createTlsServer({ key: file('key'), cert: file('cert') }, (_request, response) =>
      response.end('ok'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ca = isTrusted ? [...rootCertificates, file('cert')] : undefined;
    const proxy = await startRecording(`https://localhost:${port}`, { ca });
    const reply = await fetch(proxy.url);
    expect([reply.status, await reply.text()]).toEqual([status, expect.stringMatching(text)]);
    server.close();
  });
});
