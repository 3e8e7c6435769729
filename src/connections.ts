/**
 * The connections of a server: the requests of each are taken one at a time, and at the end each is closed when
 * what has arrived on it is answered. Knows nothing of the content.
 * Decided: docs/decisions/connections.md
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Server as TlsServer } from 'node:tls';
import { limitPieces } from './base/pieces';
import { SYSTEM_TIME, type Time } from './base/time';
import { Reading, REQUEST } from './reading';

/** Requests that may wait on one connection; a client that sends more is cut off. */
const MAX_WAITING = 1000;

/**
 * Requests that may wait on all connections together; beyond, a client that has more than a few waiting is cut off. When
 * a connection closes, Node makes two errors for each, and those of all may close at once.
 */
const MOST_WAITING = 2 * MAX_WAITING;
const FEW_WAITING = 16;

/** How often a server that is stopping looks at its connections, in milliseconds. */
const LOOK_INTERVAL = 100;

/** Looks that find no more of half a request than the one before, until its connection is closed. */
const LOOKS_AT_HALF = 20;

/** How much of a request's time counts at most, in milliseconds: some wait for what happens. */
const LONGEST = 250;

/** The state of a connection. */
interface Connection {
  readonly socket: Socket;
  /** The request that is being answered. */
  current?: { readonly request: IncomingMessage; readonly response: ServerResponse } | undefined;
  /** When it was begun, by the clock that only counts. */
  since: number;
  /** Requests that came in after it. */
  readonly waiting: Array<readonly [IncomingMessage, ServerResponse]>;
  /** How much had come when nothing was left to answer: what comes after it begins a request. */
  atRest: number;
  /** How much had come when half a request was looked at last, and how often that was no more. */
  seen: number;
  looks: number;
  /** Whether the reply under way is to say that it is the last. */
  announced: boolean;
  /** Whether it is being closed: what comes now is not carried out, for it could not be answered. */
  ended: boolean;
}

/** Every connection that a server has. */
export class Connections {
  private readonly open = new Map<Socket, Connection>();
  /** Connections of a TLS server that are no further yet, by the client's address and port. */
  private readonly handshakes = new Map<string, Socket>();
  /** Aborted once the server is to end: answers that go on until something happens end then. */
  readonly stopping = new AbortController();
  private readonly reading = new Reading(
    () => this.open.keys(),
    (socket) => this.open.get(socket)?.waiting.length === 0,
  );

  /** How many requests there were. */
  taken = 0;

  /**
   * How many milliseconds requests have taken so far, all together: from their beginning to the end of their replies, of one
   * that waits for something LONGEST at most.
   */
  spent = 0;

  /** Requests that wait on all connections. */
  private waiting = 0;

  /** @param listener answers requests */
  constructor(
    private readonly listener: RequestListener,
    private readonly time: Pick<Time, 'elapsed'> = SYSTEM_TIME,
  ) {}

  /** Begins to watch a server's connections; its requests must go to `take`. */
  watch(server: Server): void {
    if (!(server instanceof TlsServer)) {
      server.on('connection', (socket: Socket) => this.add(socket));
      return;
    }
    server.on('connection', (socket: Socket) => {
      const name = nameOf(socket);
      this.handshakes.set(name, socket);
      socket.once('close', () => this.handshakes.delete(name));
    });
    server.on('secureConnection', (socket: Socket) => {
      this.handshakes.delete(nameOf(socket));
      this.add(socket);
    });
  }

  /**
   * Hands a request on when the reply to the one before it has been read by the client, or as much of
   * it as the system takes. Replies to requests that came together would otherwise all lie in memory
   * while the client reads none. The connection is not read meanwhile.
   */
  readonly take: RequestListener = (request, response) => {
    const { socket } = request;
    const connection = this.open.get(socket) ?? this.add(socket);
    // What has been read in one go is worked off to its end, also when the connection is closed meanwhile.
    this.reading.count(REQUEST);
    if (connection.ended || socket.destroyed) return;
    this.taken += 1;
    limitPieces(request, response, this.countPiece);
    if (!connection.current) {
      this.start(connection, request, response);
    } else if (this.areTooMany(connection.waiting.length)) {
      socket.destroy();
    } else {
      connection.waiting.push([request, response]);
      this.waiting += 1;
      takeBack(connection);
      socket.pause();
    }
  };

  /**
   * Ends a server: no connection is taken any more; those without a request are closed at the first look, the
   * others when their requests are answered and the replies have gone out. Half a request may come to its end,
   * as long as more of it comes.
   * @param limit milliseconds, after which all are closed
   */
  async stop(server: Server, limit: number, time: Pick<Time, 'after' | 'every'>): Promise<void> {
    this.stopping.abort();
    for (const connection of this.open.values()) announceEnd(connection);
    // The second turn has read all that the system had taken in when the first began.
    await nextTurn();
    await nextTurn();
    // That of http.Server closes connections whose replies are written, but not yet sent.
    const closed = new Promise<unknown>((resolve) =>
      NetServer.prototype.close.call(server, resolve),
    );
    // Not looked at at once: a client that is between two requests sends the next one within moments.
    const stopLooking = time.every(LOOK_INTERVAL, () => this.closeIdle());
    const keepLimit = time.after(limit, () => this.closeAll());
    await closed;
    stopLooking();
    keepLimit();
  }

  /** Closes all at once. */
  closeAll(): void {
    for (const socket of [...this.handshakes.values(), ...this.open.keys()]) socket.destroy();
  }

  private readonly countPiece = () => this.reading.count(1);

  /** Whether no further request may wait on a connection that has that many. */
  private areTooMany(waiting: number): boolean {
    return waiting === MAX_WAITING || (this.waiting >= MOST_WAITING && waiting >= FEW_WAITING);
  }

  private add(socket: Socket): Connection {
    const { bytesRead: atRest } = socket;
    const connection: Connection = {
      socket,
      waiting: [],
      since: 0,
      atRest,
      seen: atRest,
      looks: 0,
      announced: false,
      ended: false,
    };
    this.open.set(socket, connection);
    socket.once('close', () => {
      this.open.delete(socket);
      this.waiting -= connection.waiting.splice(0).length;
    });
    return connection;
  }

  private start(connection: Connection, request: IncomingMessage, response: ServerResponse): void {
    connection.current = { request, response };
    connection.since = this.time.elapsed();
    connection.announced = false;
    response.once('close', () => this.goOn(connection));
    if (!this.stopping.signal.aborted) {
      this.listener(request, response);
      return;
    }
    // Those that came with it are found first: after the reply that says it is the last, nothing is answered.
    setImmediate(() => {
      announceEnd(connection);
      this.listener(request, response);
    });
  }

  /** Takes up the next request after a reply. */
  private goOn(connection: Connection): void {
    const { socket, waiting } = connection;
    connection.current = undefined;
    this.spent += Math.min(this.time.elapsed() - connection.since, LONGEST);
    if (socket.destroyed) return;
    const next = waiting.shift();
    if (next) this.waiting -= 1;
    if (waiting.length === 0) socket.resume();
    if (next) {
      this.start(connection, ...next);
    } else if (this.stopping.signal.aborted) {
      end(connection);
    } else {
      connection.atRest = socket.bytesRead;
    }
  }

  private closeIdle(): void {
    for (const socket of this.handshakes.values()) socket.destroy();
    for (const connection of this.open.values()) {
      if (isHalf(connection)) this.lookAtHalf(connection);
      else if (!connection.current) end(connection);
    }
  }

  private lookAtHalf(connection: Connection): void {
    const { bytesRead } = connection.socket;
    connection.looks = bytesRead === connection.seen ? connection.looks + 1 : 0;
    connection.seen = bytesRead;
    if (connection.looks === LOOKS_AT_HALF) connection.socket.destroy();
  }
}

/** Closes a connection when what was written to it has gone out. */
function end(connection: Connection): void {
  connection.ended = true;
  connection.socket.destroySoon();
}

/** Whether a part of a request has come, and not all of it. */
function isHalf({ socket, current, atRest }: Connection): boolean {
  return current ? !current.request.complete : socket.bytesRead !== atRest;
}

/** Has the last reply of a connection say that it is, where its head isn't written yet. */
function announceEnd(connection: Connection): void {
  const { current, waiting } = connection;
  if (!current?.response.shouldKeepAlive || waiting.length > 0) return;
  current.response.shouldKeepAlive = false;
  connection.announced = true;
}

/** Has it not say so after all: another request has come. */
function takeBack(connection: Connection): void {
  const { current, announced } = connection;
  if (!current || !announced || current.response.headersSent) return;
  current.response.shouldKeepAlive = true;
  connection.announced = false;
}

function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
