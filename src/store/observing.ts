/** What a store shows of itself to whoever operates it. */
import type { Action } from '../entitlements/entitlement';

/** A commit that has made units of work durable. */
export interface Commit {
  /** How many units it had. */
  readonly units: number;
  /** How long the commit itself took, in milliseconds. */
  readonly duration: number;
}

/** Gets each commit once it is durable, before those who wait for it go on. It must not throw. */
export type OnCommit = (commit: Commit) => void;

/**
 * Gets lines of the ledger as a unit of work writes them, before they are kept. It must not throw.
 * @param reason of those that have one
 * @param lines how many of that action and reason
 */
export type OnEntry = (action: Action, reason: string | undefined, lines: number) => void;

/**
 * What connections do: `busy` ones have a transaction or a look-up under way, `idle` ones nothing. `waiting` counts no
 * connections but the units of work and look-ups that wait for one.
 */
export const CONNECTION_STATES = ['busy', 'idle', 'waiting'] as const;

/** The condition of a store at the moment it is asked. */
export interface Condition {
  readonly connections: Readonly<Record<(typeof CONNECTION_STATES)[number], number>>;
  /** The size of the write-ahead log in bytes; undefined: the store has none on this machine. */
  readonly walBytes: number | undefined;
}
