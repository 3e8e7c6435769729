/**
 * How much XML is read in one turn of the event loop, of all requests together: those that come at once must not
 * be read all in one go.
 * Decided: docs/decisions/turns.md
 */
import { TurnBudget } from '../base/turn-budget';

/** The characters that are read in a turn, unless one piece has more. */
export const MOST_A_TURN = 2 ** 15;

/** Texts up to this length don't wait: the connections bound their number. */
export const SHORT = 2 ** 13;

const budget = new TurnBudget(MOST_A_TURN);

/** @returns the moment at which a piece of that length may be read; undefined: now */
export function turnFor(length: number): Promise<void> | undefined {
  return length <= SHORT ? undefined : budget.turnFor(length);
}
