/** The offers that orders of users hold. A user may have any number of orders, of few offers as a rule. */
import { PAGE, turnForRows } from '../../base/pages';
import type { Eventually } from '../eventually';
import type { HeldOffer } from '../users';
import { then } from './page-listing';

/** The lines of orders that one statement looks at. */
export const LINES = 5000;

/** The offers whose names are looked up at once. */
const OFFERS = 1000;

/** The states of lines that count. */
export const STATES = ['active', 'revoked'] as const;

/** An offer as some lines hold it. */
export interface Held {
  readonly offer: number;
  /** The row of the first order that has it. */
  readonly first: number;
  readonly active: boolean;
}

/** A line of an order, by the order's row and the offer's. */
export interface Place {
  readonly order: number;
  readonly offer: number;
}

/** Lines of an account in one state after one of them. */
export interface LinesAfter extends Place {
  readonly account: number;
  readonly state: (typeof STATES)[number];
}

/** Their names. */
export type OfferNames = Pick<HeldOffer, 'offerId' | 'offerName'>;

/** What is looked up. */
export interface HeldLookUps {
  /**
   * What these accounts hold, by account, in the order of the first orders and of their ids; `lines` is of all together.
   * @param most the lines that are looked at
   */
  held(
    accountIds: readonly number[],
    most: number,
  ): Eventually<Map<number, Array<HeldOffer & { readonly lines: number }>>>;
  /** The offers of the next lines. */
  heldPart(after: LinesAfter, lines: number): Eventually<Array<Omit<Held, 'active'>>>;
  /** The last of the next LINES; undefined: there are fewer. */
  heldPlace(after: LinesAfter): Eventually<Place | undefined>;
  /** By offer. */
  offerNames(offers: readonly number[]): Eventually<Map<number, OfferNames>>;
}

/** The offers of each of these accounts that has any; of those with many lines part by part, in turns of their own. */
export function listHeld(
  lookUps: HeldLookUps,
  accountIds: readonly number[],
): Eventually<Map<number, HeldOffer[]>> {
  return then(lookUps.held(accountIds, LINES + 1), (found) => {
    const [[first] = []] = found.values();
    if (first && first.lines > LINES) return listManyHeld(lookUps, accountIds);
    return new Map([...found].map(([account, held]) => [account, held.map(toHeld)]));
  });
}

function toHeld({ offerId, offerName, active }: HeldOffer): HeldOffer {
  return { offerId, offerName, active };
}

async function listManyHeld(
  lookUps: HeldLookUps,
  accountIds: readonly number[],
): Promise<Map<number, HeldOffer[]>> {
  const found = new Map<number, HeldOffer[]>();
  for (const account of accountIds) {
    const held = await walkLines(lookUps, account);
    if (held.length > 0) found.set(account, await nameOffers(lookUps, held));
  }
  return found;
}

async function walkLines(lookUps: HeldLookUps, account: number): Promise<Held[]> {
  const found = new Map<number, Held>();
  for (const state of STATES) {
    for (let place: Place | undefined = { order: 0, offer: 0 }; place;) {
      await turnForRows(PAGE);
      const after: LinesAfter = { account, state, ...place };
      for (const { offer, first } of await lookUps.heldPart(after, LINES)) {
        const known = found.get(offer);
        const active = state === 'active' || known?.active === true;
        found.set(offer, { offer, active, first: Math.min(first, known?.first ?? first) });
      }
      place = await lookUps.heldPlace(after);
    }
  }
  return [...found.values()];
}

/** In the order of the first orders, then of their ids. */
async function nameOffers(lookUps: HeldLookUps, held: readonly Held[]): Promise<HeldOffer[]> {
  const named: Array<Held & HeldOffer> = [];
  for (let from = 0; from < held.length; from += OFFERS) {
    if (from > 0) await turnForRows(PAGE);
    const part = held.slice(from, from + OFFERS);
    const names = await lookUps.offerNames(part.map(({ offer }) => offer));
    for (const one of part) {
      const { offerId = '', offerName = '' } = names.get(one.offer) ?? {};
      named.push({ offerId, offerName, ...one });
    }
  }
  named.sort((one, other) => one.first - other.first || (one.offerId < other.offerId ? -1 : 1));
  return named.map(toHeld);
}
