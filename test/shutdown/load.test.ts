/** SIGTERM while many clients call over connections that they keep: nothing that was carried out goes unanswered. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '../harness/connection';
import { makeDatabase, startServerProcess } from '../harness/server-process';
import { SEED } from '../harness/seed';

const CONNECTIONS = 50;
const REQUESTS = 10_000;
const ROUNDS = 3;

/** A Fault: it costs little, and the log has a line of it. */
const BODY = '<no-envelope/>';
const REQUEST = `POST /soap.pl HTTP/1.1\r\nHost: a\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * Calls again and again until a reply says that it is the last, or the connection ends: a client that has paused for a
 * tenth of a second finds it closed.
 */
async function callOn(connection: Connection, onReply: () => void): Promise<void> {
  try {
    for (;;) {
      connection.write(REQUEST);
      const { status, headers } = await connection.reply();
      expect(status).toBe(500);
      onReply();
      if (headers.connection === 'close') return;
    }
  } catch (error) {
    if (!String(error).includes('closed after')) throw error;
  }
}

test.each(Array.from({ length: ROUNDS }, (_, n) => n + 1))(
  'every request that was read is answered: round %i',
  async () => {
    const database = join(folder, 'latchkey.db');
    await makeDatabase(database, SEED);
    const server = await startServerProcess(database);
    let answered = 0;
    const connections = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => Connection.open(server.url)),
    );
    await Promise.all(
      connections.map((connection) =>
        callOn(connection, () => {
          answered += 1;
          if (answered === REQUESTS) server.signal('SIGTERM');
        }),
      ),
    );
    expect(await server.exitCode).toBe(0);
    const carriedOut = server.lines.filter((line) => line.includes('"msg":"soap"')).length;
    expect(answered).toBeGreaterThanOrEqual(REQUESTS);
    expect(answered).toBe(carriedOut);
    connections.forEach((connection) => connection.close());
  },
);
