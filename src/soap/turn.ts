/**
 * The turns of the event loop, for what had better be done together at the end of one.
 * Decided: docs/decisions/turns.md
 */

import { atEndOfTurn } from '../base/end-of-turn';

/** A turn is over sooner when this many requests have come in it: the first must not wait for all. */
const MOST = 64;

export interface Turn {
  /** Whether it has ended. */
  readonly isOver: boolean;
  /** Fulfils when it ends. */
  readonly end: Promise<void>;
}

/** Builds a function that gives the present turn. A request counts as come when it asks for it. */
export function createTurns(): () => Turn {
  let present: OpenTurn | undefined;
  return () => {
    const turn = (present ??= new OpenTurn());
    if (turn.requests === 0) atEndOfTurn(() => end(turn));
    turn.requests += 1;
    if (turn.requests === MOST) end(turn);
    return turn;
  };

  function end(turn: OpenTurn): void {
    present = undefined;
    turn.finish();
  }
}

class OpenTurn implements Turn {
  requests = 0;
  isOver = false;
  readonly end: Promise<void>;
  private fulfil = () => {};

  constructor() {
    this.end = new Promise((resolve) => (this.fulfil = resolve));
  }

  finish(): void {
    this.isOver = true;
    this.fulfil();
  }
}
