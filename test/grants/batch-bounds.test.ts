/** What a batch holds while it comes, and what becomes of one whose client goes away or reads nothing. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { SYSTEM_TIME } from '../../src/base/time';
import { MAX_LINE_BYTES, readLines } from '../../src/rest/lines';
import { KEY, type RestServer, startRestServer } from '../orders/rest';
import { DEMO, granting, ledgerOf, NOW } from './batch';

const HEAD =
  'POST /v1/entitlements:batch HTTP/1.1\r\nHost: a\r\n' +
  `X-API-KEY: ${KEY}\r\nTransfer-Encoding: chunked\r\n\r\n`;

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const lineOf = (id: string) => `${JSON.stringify(granting(id))}\n`;

async function open(server: RestServer): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

test('100,000 lines: no more is read than is asked for, and no more is held than a piece', async () => {
  const text = 'x'.repeat(99);
  const piece = `${text}\n`.repeat(100);
  let read = 0;
  const body = Readable.from(
    (function* () {
      for (let index = 0; index < 1000; index += 1) {
        read += 100;
        yield Buffer.from(piece);
      }
    })(),
    { highWaterMark: 1 },
  );
  let taken = 0;
  let most = 0;
  for await (const group of readLines(body as unknown as IncomingMessage)) {
    taken += group.length;
    most = Math.max(most, read - taken);
    expect(group[0]).toEqual({ line: taken - group.length + 1, content: text });
  }
  expect(taken).toBe(100_000);
  expect(most).toBeLessThanOrEqual(200);
});

test('lines in pieces of any size are the same lines', async () => {
  const texts = [
    'one',
    '',
    'zwölf',
    'x'.repeat(MAX_LINE_BYTES),
    'y'.repeat(MAX_LINE_BYTES + 1),
    'z',
  ];
  const bytes = Buffer.from(texts.join('\n'));
  const linesOf = async (size: number) => {
    const pieces = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    const found: unknown[] = [];
    for await (const group of readLines(Readable.from(pieces) as unknown as IncomingMessage)) {
      for (const { line, content } of group) {
        found.push([line, content instanceof Error ? content.message : content]);
      }
    }
    return found;
  };
  const whole = await linesOf(bytes.length);
  expect(whole).toEqual([
    [1, 'one'],
    [3, 'zwölf'],
    [4, texts[3]],
    [5, 'The line is longer than 65536 bytes.'],
    [6, 'z'],
  ]);
  for (const size of [1, 2, 7, 4096]) expect(await linesOf(size)).toEqual(whole);
});

test('a client that goes away: what has a result is done, half a line is not', async () => {
  const server = await startRestServer({ merchants: [DEMO], now: NOW });
  const socket = await open(server);
  socket.write(HEAD + chunk(lineOf('one')) + chunk(lineOf('two').slice(0, -2)));
  let answer = '';
  while (!answer.includes('"line":1')) {
    const [piece] = (await once(socket, 'data')) as [Buffer];
    answer += piece.toString();
  }
  const isLogged = new Promise<void>((resolve) => {
    const { push } = server.log;
    server.log.push = (...lines) => {
      const length = push.apply(server.log, lines);
      if (lines.some(({ msg }) => msg === 'rest')) resolve();
      return length;
    };
  });
  socket.destroy();
  await isLogged;
  expect(await ledgerOf(server)).toEqual(['grant xyz123 one']);
  expect(server.log.at(-1)).toMatchObject({ status: 200, cutOff: true });
  await server.stop();
});

test('a client that sends all lines before it reads: every line has its result', async () => {
  const server = await startRestServer({ merchants: [DEMO], now: NOW });
  const socket = await open(server);
  socket.pause();
  socket.write(
    HEAD.replace(':batch', ':batch?dryRun=true').replace(
      '\r\nHost',
      '\r\nConnection: close\r\nHost',
    ),
  );
  const count = 50_000;
  const piece = chunk(lineOf('e'.repeat(200)).repeat(100));
  for (let sent = 0; sent < count; sent += 100) {
    if (!socket.write(piece)) await once(socket, 'drain');
  }
  socket.write('0\r\n\r\n');
  let results = 0;
  let bytes = 0;
  for await (const part of socket as AsyncIterable<Buffer>) {
    bytes += part.length;
    results += part.toString('latin1').split('"status":200').length - 1;
  }
  // More than the system holds between the two; a result may have come in two parts.
  expect(bytes).toBeGreaterThan(15_000_000);
  expect(results).toBeGreaterThan(count - bytes / 10_000);
  expect(results).toBeLessThanOrEqual(count);
  await server.stop();
}, 60_000);

test('a client that sends and reads nothing: no more is read until the reply timeout ends it', async () => {
  // Those who wait for the reader, each by what ends its waiting.
  const waiting = new Set<() => void>();
  const time = {
    ...SYSTEM_TIME,
    now: () => NOW,
    uptime: undefined,
    after: (milliseconds: number, act: () => void) => {
      if (milliseconds !== 30_000) return SYSTEM_TIME.after(milliseconds, act);
      waiting.add(act);
      return () => void waiting.delete(act);
    },
  };
  const server = await startRestServer({ merchants: [DEMO], time });
  const socket = await open(server);
  socket.pause();
  socket.write(HEAD);
  const piece = chunk(lineOf('e'.repeat(1000)).repeat(60));
  let sent = 0;
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('close', resolve));
  void (async () => {
    while (!socket.destroyed) {
      sent += 60;
      if (!socket.write(piece)) {
        await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended]);
      }
    }
  })();
  while (waiting.size === 0) await new Promise((resolve) => setImmediate(resolve));
  const done = (await ledgerOf(server)).length;
  expect(done).toBeLessThan(100_000);
  // As long as it sends it is waited for; then nothing more is taken of it.
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  do {
    for (const expire of waiting) {
      waiting.delete(expire);
      expire();
    }
    await turn();
  } while (waiting.size > 0);
  socket.resume();
  await ended;
  expect(sent).toBeGreaterThan(done);
  // What lay in the system's buffers between the two may still be taken.
  expect((await ledgerOf(server)).length - done).toBeLessThanOrEqual(10_000);
  await server.stop();
});
