/**
 * Takes a merchant's lock shared, before a look-up that must not miss a change that is under way.
 * Decided: docs/decisions/postgres-units.md
 */
import { MERCHANT_LOCK } from './locks';
import { CLOCK } from './moments';
import type { Prepare } from './query';

/**
 * Waits until every change is committed that was begun before. What is asked next sees them all.
 * @param until the end of the span that is asked about, in UTC milliseconds: no later change is then dated into it;
 *   default: it isn't about a span
 */
export type Shared = (merchantId: number, until?: number) => Promise<void>;

/** In a unit of work: it has the lock itself. */
export const HELD: Shared = () => Promise.resolve();

/** How far the clocks of servers may be ahead of the database's, in milliseconds: a span that ends later is not waited for. */
const AHEAD = 1000;

/**
 * Prepares it for look-ups outside of units.
 * @param ofDatabase whether units are dated by the database's clock: that has then to come to the end of the span
 */
export function prepareShared(prepare: Prepare, ofDatabase: boolean): Shared {
  const lock = prepare(`SELECT pg_advisory_xact_lock_shared(${MERCHANT_LOCK}, ?)`);
  const sleep = prepare(
    `SELECT CASE WHEN ahead BETWEEN 1 AND ${AHEAD} THEN pg_sleep(ahead / 1000.0) END
     FROM (SELECT ?::bigint - ${CLOCK} AS ahead) AS clock`,
  );
  return async (merchantId, until) => {
    if (until !== undefined && ofDatabase) await sleep.get(until);
    await lock.get(merchantId);
  };
}
