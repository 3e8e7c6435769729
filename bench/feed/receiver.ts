/** A receiver of webhooks in a process of its own: it answers 204, and counts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What has come since it was asked last. */
export interface Report {
  readonly port: number;
  /** Messages since the start. */
  readonly count: number;
  /** The longest time from an event until its message came, in milliseconds, since it was forgotten last. */
  readonly worstLag: number;
}

/** What the bench asks: for a report, or to forget the longest time. */
export type Asked = 'report' | 'forget';

let count = 0;
let worstLag = 0;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    count += 1;
    const [, timestamp = ''] = /"timestamp":"([^"]+)"/.exec(body) ?? [];
    worstLag = Math.max(worstLag, Date.now() - Date.parse(timestamp));
    response.writeHead(204).end();
  });
});

server.listen(0, '127.0.0.1');

process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => {
  if (asked === 'forget') {
    worstLag = 0;
    return;
  }
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, count, worstLag } satisfies Report);
});
