/** The look-ups of offers that orders of users hold. */
import {
  type Held,
  type HeldLookUps,
  LINES,
  type OfferNames,
  type Place,
  STATES,
} from '../listing/held-offers';
import type { HeldOffer } from '../users';
import { AMONG } from './many';
import type { Prepare, Query } from './query';

/** The look-ups, prepared once. */
export interface HeldStatements {
  readonly held: Query<HeldOffer & { readonly lines: number }>;
  readonly heldPart: Query<Omit<Held, 'active'>>;
  readonly heldPlace: Query<Place>;
  readonly offerNames: Query<OfferNames>;
}

/** Lines of an account in one state after one of them, by the index of accounts. */
const AFTER = `FROM order_line WHERE account_id = :account AND state = :state
  AND (customer_order, offer) > (:order, :offer) ORDER BY customer_order, offer`;

/** Prepares them. */
export function prepareHeld(prepare: Prepare): HeldStatements {
  return {
    held: prepare(
      `SELECT held.account_id, offer.offer_id AS offerId, offer.name AS offerName, active, lines
       FROM (SELECT account_id, offer, max(state = 'active') AS active,
           min(customer_order) AS first, sum(count(*)) OVER () AS lines
         FROM (SELECT account_id, offer, state, customer_order FROM order_line
           WHERE account_id ${AMONG} AND state IN ('${STATES.join("', '")}') LIMIT ?)
         GROUP BY account_id, offer) AS held
       CROSS JOIN offer ON offer.id = held.offer
       ORDER BY held.account_id, first, offer.offer_id`,
      ['active'],
    ),
    heldPart: prepare(
      `SELECT offer, min(customer_order) AS first
       FROM (SELECT offer, customer_order ${AFTER} LIMIT :limit) GROUP BY offer`,
    ),
    heldPlace: prepare(
      `SELECT customer_order AS "order", offer ${AFTER} LIMIT 1 OFFSET ${LINES - 1}`,
    ),
    offerNames: prepare(
      `SELECT id, offer_id AS offerId, name AS offerName FROM offer WHERE id ${AMONG}`,
    ),
  };
}

/** Looks them up. */
export function heldLookUps(reads: HeldStatements): HeldLookUps {
  return {
    held: (accounts, most) => reads.held.listsByKey(JSON.stringify(accounts), most),
    heldPart: (after, limit) => reads.heldPart.all({ ...after, limit }),
    heldPlace: (after) => reads.heldPlace.get(after),
    offerNames: (offers) => reads.offerNames.allByKey(JSON.stringify(offers)),
  };
}
