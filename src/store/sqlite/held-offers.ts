/** The offers that orders of users hold. A user may have any number of orders, of few offers as a rule. */
import { PAGE, turnForRows } from '../../base/pages';
import type { Eventually } from '../eventually';
import type { HeldOffer } from '../users';
import { AMONG } from './many';
import type { Prepare, Query } from './query';

/** The lines of orders that one statement looks at. */
const LINES = 5000;

/** The offers whose names are looked up at once. */
const OFFERS = 1000;

/** The states of lines that count. */
const STATES = ['active', 'revoked'] as const;

/** An offer as some lines hold it. */
interface Held {
  readonly offer: number;
  /** The row of the first order that has it. */
  readonly first: number;
  readonly active: boolean;
}

/** The look-ups, prepared once. */
export interface HeldStatements {
  readonly held: Query<HeldOffer & { readonly lines: number }>;
  readonly heldPart: Query<Omit<Held, 'active'>>;
  readonly heldPlace: Query<Place>;
  readonly offerNames: Query<Pick<HeldOffer, 'offerId' | 'offerName'>>;
}

/** A line of an order, by the order's row and the offer's. */
interface Place {
  readonly order: number;
  readonly offer: number;
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

/** The offers of each of these accounts that has any; of those with many lines part by part, in turns of their own. */
export function listHeld(
  reads: HeldStatements,
  accountIds: readonly number[],
): Eventually<Map<number, HeldOffer[]>> {
  const found = reads.held.listsByKey<number>(JSON.stringify(accountIds), LINES + 1);
  const [[first] = []] = found.values();
  if (first && first.lines > LINES) return listManyHeld(reads, accountIds);
  return new Map([...found].map(([account, held]) => [account, held.map(toHeld)]));
}

function toHeld({ offerId, offerName, active }: HeldOffer): HeldOffer {
  return { offerId, offerName, active };
}

async function listManyHeld(
  reads: HeldStatements,
  accountIds: readonly number[],
): Promise<Map<number, HeldOffer[]>> {
  const found = new Map<number, HeldOffer[]>();
  for (const account of accountIds) {
    const held = await walkLines(reads, account);
    if (held.length > 0) found.set(account, await nameOffers(reads, held));
  }
  return found;
}

async function walkLines(reads: HeldStatements, account: number): Promise<Held[]> {
  const found = new Map<number, Held>();
  for (const state of STATES) {
    for (let place: Place | undefined = { order: 0, offer: 0 }; place;) {
      await turnForRows(PAGE);
      const part = { account, state, ...place };
      for (const { offer, first } of reads.heldPart.all({ ...part, limit: LINES })) {
        const known = found.get(offer);
        const active = state === 'active' || known?.active === true;
        found.set(offer, { offer, active, first: Math.min(first, known?.first ?? first) });
      }
      place = reads.heldPlace.get(part);
    }
  }
  return [...found.values()];
}

/** In the order of the first orders, then of their ids. */
async function nameOffers(reads: HeldStatements, held: readonly Held[]): Promise<HeldOffer[]> {
  const named: Array<Held & HeldOffer> = [];
  for (let from = 0; from < held.length; from += OFFERS) {
    if (from > 0) await turnForRows(PAGE);
    const part = held.slice(from, from + OFFERS);
    const names = reads.offerNames.allByKey<number>(JSON.stringify(part.map(({ offer }) => offer)));
    for (const one of part) {
      const { offerId = '', offerName = '' } = names.get(one.offer) ?? {};
      named.push({ offerId, offerName, ...one });
    }
  }
  named.sort((one, other) => one.first - other.first || (one.offerId < other.offerId ? -1 : 1));
  return named.map(toHeld);
}
