/** Bodies that are refused unread: the client must still get to see the reply. */
import { connect } from 'node:net';
import { startTestServer } from '../harness/server';

/** More than the buffers between two sockets hold. */
const HUGE = 32 * 1024 * 1024;

/** Sends all of it before it reads, as Python's urllib does; rejects when it is cut off. */
function sendThenRead(url: string, headers: readonly string[], body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const head = ['POST /soap.pl HTTP/1.1', `Host: ${hostname}`, 'Connection: close', ...headers];
    const received: Buffer[] = [];
    socket.on('error', reject);
    socket.on('end', () => resolve(Buffer.concat(received).toString('utf8')));
    socket.write(`${head.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`);
    socket.write(body, () => socket.on('data', (chunk) => received.push(chunk)));
  });
}

test('a body that goes on for ever is cut off', async () => {
  const server = await startTestServer({ settings: { maxBody: 10_000 } });
  try {
    const body = Buffer.alloc(HUGE, 'x');
    await expect(sendThenRead(server.url, [], body)).rejects.toThrow(/ECONNRESET|EPIPE/);
    expect(server.log.map(({ faultstring }) => faultstring)).toContain(
      'The request body is larger than 10000 bytes.',
    );
  } finally {
    await server.stop();
  }
});

describe('a body that is refused unread, from a client that has the connection closed', () => {
  test.each([
    ['too large', [], 'The request body is larger than 1048576 bytes.'],
    ['too large, compressed', ['Content-Encoding: gzip'], 'is larger than 1048576 bytes.'],
  ])('%s → Fault', async (_title, headers, faultstring) => {
    const server = await startTestServer();
    try {
      const reply = await sendThenRead(server.url, headers, Buffer.alloc(HUGE, 'x'));
      expect(reply).toMatch(/^HTTP\/1\.1 500 /);
      expect(reply).toContain(faultstring);
    } finally {
      await server.stop();
    }
  });

  test('in an unknown Content-Encoding → Fault', async () => {
    const server = await startTestServer({ settings: { maxBody: 2 * HUGE } });
    try {
      const headers = ['Content-Encoding: compress'];
      const reply = await sendThenRead(server.url, headers, Buffer.alloc(HUGE, 'x'));
      expect(reply).toMatch(/^HTTP\/1\.1 500 /);
      expect(reply).toContain('The Content-Encoding is not supported');
    } finally {
      await server.stop();
    }
  });
});
