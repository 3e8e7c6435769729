/** Bodies in more pieces than their bytes account for. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { LEAST_MEAN, MOST_PIECES, TOO_MANY_PIECES } from '../../src/base/pieces';
import { Connections } from '../../src/connections';
import { MOST_A_TURN, Reading, REQUEST } from '../../src/reading';
import { Connection } from '../harness/connection';
import { KEY, type RestServer, startRestServer } from '../orders/rest';

const HEAD = ['Host: latchkey', 'Transfer-Encoding: chunked'];

/** A chunked body: the bytes, in pieces of that size. */
function inPieces(bytes: Buffer | string, size: number): string {
  const text = bytes.toString('latin1');
  const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, n) => {
    const piece = text.slice(n * size, (n + 1) * size);
    return `${piece.length.toString(16)}\r\n${piece}\r\n`;
  });
  return chunks.join('');
}

/** As many single bytes as are too many. */
const BEYOND = Math.ceil((MOST_PIECES * LEAST_MEAN) / (LEAST_MEAN - 1)) + 1;
const END = '0\r\n\r\n';

describe('the application', () => {
  let server: RestServer;

  beforeAll(async () => (server = await startRestServer()));
  afterAll(() => server.stop());

  const SOAP = ['POST /soap.pl HTTP/1.1', ...HEAD, 'Content-Type: text/xml'];
  const REST = ['POST /v1/orders/a/payment-failed HTTP/1.1', ...HEAD, `X-API-KEY: ${KEY}`];
  const BYTES = 'x'.repeat(BEYOND);
  const PACKED = gzipSync(BYTES, { level: 0 });

  test.each([
    ['SOAP', SOAP, BYTES, 500],
    ['SOAP, compressed', [...SOAP, 'Content-Encoding: gzip'], PACKED, 500],
    ['REST', REST, BYTES, 413],
    ['REST, compressed', [...REST, 'Content-Encoding: gzip'], PACKED, 413],
  ])('%s: refused with words before its end, and cut off', async (_, head, body, status) => {
    const connection = await Connection.open(server.url);
    connection.send(head);
    connection.write(Buffer.from(inPieces(body, 1), 'latin1'));
    const reply = await connection.reply();
    expect(reply).toMatchObject({ status, headers: { connection: 'close' } });
    expect(reply.text).toContain(TOO_MANY_PIECES);
    await connection.end();
  });

  test.each([
    ['many single bytes', 'x'.repeat(MOST_PIECES), 1],
    ['very many pieces of some length', 'x'.repeat(4 * MOST_PIECES * LEAST_MEAN), LEAST_MEAN],
  ])('%s are read, and the connection stays', async (_, body, size) => {
    const connection = await Connection.open(server.url);
    for (let turn = 0; turn < 2; turn += 1) {
      connection.send(SOAP, inPieces(body, size) + END);
      const { text } = await connection.reply();
      expect(text).toContain('not well-formed');
    }
    connection.close();
  });

  test('a body that no one asks for is cut off as well', async () => {
    const connection = await Connection.open(server.url);
    connection.send(['POST /nothing HTTP/1.1', ...HEAD]);
    expect((await connection.reply()).status).toBe(404);
    connection.write(inPieces(BYTES, 1));
    await connection.end();
  });
});

describe('the connections', () => {
  let server: Server;
  let url: string;
  let requests: IncomingMessage[];

  beforeAll(async () => {
    const connections = new Connections((request, response) => {
      requests.push(request);
      request.on('data', () => (pieces += 1)).on('end', () => response.end());
    });
    server = createServer(connections.take);
    connections.watch(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    pieces = 0;
    requests = [];
  });
  afterAll(() => server.close());

  let pieces = 0;

  test('hand on no piece beyond the limit, be there a hundred times as many', async () => {
    const connection = await Connection.open(url);
    connection.send(['POST / HTTP/1.1', ...HEAD], inPieces('x'.repeat(100 * MOST_PIECES), 1));
    expect((await connection.reply()).status).toBe(200);
    await connection.end();
    expect(pieces).toBeGreaterThanOrEqual(MOST_PIECES);
    expect(pieces).toBeLessThan(BEYOND);
  });
});

describe('the reading of a turn', () => {
  class Socket {
    paused = false;
    isPaused = () => this.paused;
    pause = () => (this.paused = true);
    resume = () => (this.paused = false);
  }
  const nextTurn = () => new Promise(setImmediate);

  function make() {
    const sockets = [new Socket(), new Socket(), new Socket()];
    const may = new Set(sockets);
    const reading = new Reading(
      () => sockets as never,
      (socket) => may.has(socket as never),
    );
    return { reading, sockets, may, paused: () => sockets.map(({ paused }) => paused) };
  }

  test('ends with the work of a turn, and goes on in the next', async () => {
    const { reading, paused } = make();
    for (let n = 0; n < MOST_A_TURN / REQUEST - 1; n += 1) reading.count(REQUEST);
    expect(paused()).toEqual([false, false, false]);
    reading.count(REQUEST);
    expect(paused()).toEqual([true, true, true]);
    await nextTurn();
    expect(paused()).toEqual([false, false, false]);
    reading.count(MOST_A_TURN - 1);
    expect(paused()).toEqual([false, false, false]);
    await nextTurn();
    reading.count(1);
    expect(paused()).toEqual([false, false, false]);
  });

  test('leaves alone what waits for something else', async () => {
    const { reading, sockets, may, paused } = make();
    sockets[0]?.pause();
    may.delete(sockets[1] as never);
    reading.count(MOST_A_TURN);
    await nextTurn();
    expect(paused()).toEqual([true, true, false]);
  });
});
