/**
 * How much XML is read in one turn of the event loop, of all requests together: those that come at once must not
 * be read all in one go.
 * Decided: docs/decisions/turns.md
 */

/** The characters that are read in a turn, unless one piece has more. */
export const MOST_A_TURN = 2 ** 15;

/** Texts up to this length don't wait: the connections bound their number. */
export const SHORT = 2 ** 13;

const waiting: Array<{ readonly length: number; readonly begin: () => void }> = [];
let taken = 0;

/** @returns the moment at which a piece of that length may be read; undefined: now */
export function turnFor(length: number): Promise<void> | undefined {
  if (length <= SHORT) return undefined;
  if (waiting.length > 0 || !fits(length)) {
    return new Promise((begin) => waiting.push({ length, begin }));
  }
  take(length);
  return undefined;
}

function fits(length: number): boolean {
  return taken === 0 || taken + length <= MOST_A_TURN;
}

function take(length: number): void {
  if (taken === 0) setImmediate(beginTurn);
  taken += length;
}

/** While something waits, something was taken: another turn follows. */
function beginTurn(): void {
  taken = 0;
  for (let next = waiting[0]; next && fits(next.length); next = waiting[0]) {
    waiting.shift();
    take(next.length);
    next.begin();
  }
}
