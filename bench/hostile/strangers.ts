/** Clients that do a server harm: idle ones, ones that trickle, ones that go away in the middle. */
import { connect, type Socket } from 'node:net';

export interface Crowd {
  /** Connections that send nothing. */
  readonly idle: number;
  /** Connections that send a byte of a request now and then. */
  readonly slow: number;
  /** Connections that send half a request and go away, one after another. */
  readonly aborting: number;
}

/** Between two bytes of a slow client, in milliseconds. */
const TRICKLE = 500;
/** Between two requests that are given up, in milliseconds. */
export const ABORT = 20;

const HEAD = 'POST /soap.pl HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n';

/** Lets a crowd loose on a server. @returns what sends it home */
export async function letLoose(url: string, { idle, slow, aborting }: Crowd): Promise<() => void> {
  const sockets = new Set<Socket>();
  const timers: NodeJS.Timeout[] = [];
  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      const { hostname, port } = new URL(url);
      const socket = connect(Number(port), hostname, () => resolve(socket));
      socket.once('error', reject);
      socket.on('close', () => sockets.delete(socket));
      sockets.add(socket);
    });
  const quiet = (socket: Socket) => socket.on('error', () => undefined);
  for (let count = 0; count < idle; count += 1) quiet(await open());
  for (let count = 0; count < slow; count += 1) {
    const socket = quiet(await open());
    let sent = 0;
    timers.push(setInterval(() => socket.write(HEAD[sent++] ?? 'x'), TRICKLE));
  }
  for (let count = 0; count < aborting; count += 1) {
    timers.push(
      setInterval(() => {
        open().then(
          (socket) => quiet(socket).write(`${HEAD}<half`, () => socket.destroy()),
          () => undefined,
        );
      }, ABORT),
    );
  }
  return () => {
    timers.forEach(clearInterval);
    sockets.forEach((socket) => socket.destroy());
  };
}
