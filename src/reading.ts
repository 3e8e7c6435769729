/**
 * How much is read in one turn of the event loop, from all connections together. Node reads whatever has come on
 * all of them before it does anything else.
 * Decided: docs/decisions/connections.md
 */
import type { Socket } from 'node:net';
import { atEndOfTurn } from './base/end-of-turn';

/** The work of a turn after which the connections wait for the next. */
export const MOST_A_TURN = 2048;

/** The work that the head of a request is, in pieces of a body. */
export const REQUEST = 32;

/** Counts the work of the present turn. */
export class Reading {
  private done = 0;
  private readonly paused: Socket[] = [];

  /**
   * @param sockets all that there are
   * @param mayGoOn whether one that was paused may be read again
   */
  constructor(
    private readonly sockets: () => Iterable<Socket>,
    private readonly mayGoOn: (socket: Socket) => boolean,
  ) {}

  /** Counts work. When that makes it too much for a turn, no connection is read until the next. */
  count(work: number): void {
    if (this.done === 0) atEndOfTurn(() => this.end());
    const before = this.done;
    this.done += work;
    if (before < MOST_A_TURN && this.done >= MOST_A_TURN) this.pause();
  }

  private pause(): void {
    for (const socket of this.sockets()) {
      // Those that wait for something else go on when that is there.
      if (socket.isPaused()) continue;
      this.paused.push(socket);
      socket.pause();
    }
  }

  private end(): void {
    this.done = 0;
    for (const socket of this.paused) if (this.mayGoOn(socket)) socket.resume();
    this.paused.length = 0;
  }
}
