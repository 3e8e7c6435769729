/** HTTP over a bare socket: the bytes in the test go out unchanged. */
import { connect, type Socket } from 'node:net';
import { gunzipSync, inflateSync } from 'node:zlib';

export interface Reply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body, decompressed. */
  readonly text: string;
}

const BLANK_LINE = '\r\n\r\n';

const UNPACKED_BY: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
};

export class Connection {
  private received = Buffer.alloc(0);
  private closed = false;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on('close', () => {
      this.closed = true;
      this.wake();
    });
    // An error shows as missing bytes.
    socket.on('error', () => undefined);
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends a request: its lines, a blank one, the body. */
  send(lines: readonly string[], body = ''): void {
    this.socket.write(lines.join('\r\n') + BLANK_LINE + body);
  }

  write(sent: string | Buffer): void {
    this.socket.write(sent);
  }

  /** The next reply; one to HEAD has no body, whatever its Content-Length says. */
  async reply(method = 'GET'): Promise<Reply> {
    const head = await this.take(() => {
      const end = this.received.indexOf(BLANK_LINE);
      return end < 0 ? undefined : end + BLANK_LINE.length;
    });
    const [statusLine = '', ...lines] = head.toString().trim().split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(line) ?? [];
        return [name.toLowerCase(), value];
      }),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const bodiless = method === 'HEAD' || status < 200 || status === 304;
    const body = bodiless ? Buffer.alloc(0) : await this.body(headers);
    const unpack = UNPACKED_BY[headers['content-encoding'] ?? ''];
    const plain = unpack && !bodiless ? unpack(body) : body;
    return { status, headers, body, text: plain.toString() };
  }

  /** The status of a reply that goes on, by its first line. */
  async status(): Promise<number> {
    const line = await this.take(() => {
      const end = this.received.indexOf('\r\n');
      return end < 0 ? undefined : end;
    });
    return Number(/^HTTP\/1\.1 (\d{3})/.exec(line.toString())?.[1]);
  }

  /** Sends no more, and reads on. */
  endHalf(): void {
    this.socket.end();
  }

  /** Resolves once the server has closed the connection. */
  async end(): Promise<void> {
    while (!this.closed) await new Promise<void>((resolve) => (this.wake = resolve));
  }

  /** Stops reading. */
  pause(): void {
    this.socket.pause();
  }

  /** Reads on. */
  resume(): void {
    this.socket.resume();
  }

  /** Breaks the connection off: the server cannot take it for a client that still reads. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  close(): void {
    this.socket.destroy();
  }

  private async body(headers: Reply['headers']): Promise<Buffer> {
    const length = headers['content-length'];
    if (length !== undefined) return this.take(() => Number(length));
    if (headers['transfer-encoding'] !== 'chunked') {
      await this.end();
      return this.take(() => this.received.length);
    }
    const chunks: Buffer[] = [];
    for (;;) {
      const size = await this.take(() => {
        const end = this.received.indexOf('\r\n');
        return end < 0 ? undefined : end + 2;
      });
      const bytes = parseInt(size.toString(), 16);
      const chunk = await this.take(() => bytes + 2);
      if (bytes === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, bytes));
    }
  }

  /** Takes the number of bytes that `findLength` gives, once it is known and they are there. */
  private async take(findLength: () => number | undefined): Promise<Buffer> {
    for (;;) {
      const length = findLength();
      if (length !== undefined && this.received.length >= length) {
        const taken = this.received.subarray(0, length);
        this.received = this.received.subarray(length);
        return taken;
      }
      if (this.closed) throw new Error(`closed after: ${this.received.toString()}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/**
 * Sends one request on a connection of its own, with the Host of the URL unless another is given,
 * by HTTP/1.1 unless the request line says another protocol.
 */
export async function exchange(
  url: string,
  request: string,
  headers: readonly string[] = [],
  body = '',
): Promise<Reply> {
  const connection = await Connection.open(url);
  try {
    const named = headers.some((line) => /^host:/i.test(line));
    const host = named ? [] : [`Host: ${new URL(url).host}`];
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
    const line = request.includes(' HTTP/') ? request : `${request} HTTP/1.1`;
    connection.send([line, ...host, ...headers, ...length], body);
    return await connection.reply(request.split(' ')[0]);
  } finally {
    connection.close();
  }
}
