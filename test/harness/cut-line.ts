/** A line to a server of PostgreSQL that a test cuts at a commit, on a side of it that it decides, or makes slow. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** What becomes of the next commit: it arrives and its answer does not, or it does not arrive. */
export type Cut = 'after' | 'before';

/** The text of the statement, as a message has it. */
const COMMIT = Buffer.from('COMMIT\0');

export class CutLine {
  /** How the next commit is cut; undefined: not at all. */
  cut: Cut | undefined;
  /** How many were cut. */
  count = 0;
  /** How long what is sent to the database waits on its way, in milliseconds; undefined: not at all. */
  pause: (() => number) | undefined;

  private constructor(
    private readonly server: Server,
    /** The URL of the same database by way of this line. */
    readonly url: string,
  ) {}

  /** @param target the URL of a database */
  static async open(target: string): Promise<CutLine> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const url = new URL(target);
    const { hostname, port: targetPort } = url;
    url.port = String(port);
    const line = new CutLine(server, url.href);
    server.on('connection', (client) => line.join(client, connect(Number(targetPort), hostname)));
    return line;
  }

  private join(client: Socket, database: Socket): void {
    const end = () => {
      client.destroy();
      database.destroy();
    };
    let sent = Promise.resolve();
    const send = async (data: Buffer, before: Promise<void>, pause: number) => {
      await before;
      await new Promise((resolve) => setTimeout(resolve, pause));
      database.write(data);
    };
    client.on('data', (data) => {
      const { cut, pause } = this;
      if (cut === undefined || !data.includes(COMMIT)) {
        if (pause) sent = send(data, sent, pause());
        else database.write(data);
        return;
      }
      this.cut = undefined;
      this.count += 1;
      if (cut === 'before') end();
      else {
        client.destroy();
        database.end(data);
      }
    });
    database.on('data', (data) => client.write(data));
    for (const socket of [client, database]) socket.on('error', () => undefined);
    client.on('close', () => database.end());
    database.on('close', () => client.destroy());
  }

  /** Ends it, with what goes through it. */
  async close(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}
