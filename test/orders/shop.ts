/** A server with offers to sell, and what its ledger says of their orders. */
import { OPERATOR, type Work } from '../../src/base/work';
import { addOffer } from '../../src/orders/change-offer';
import type { LedgerRow, UnitOfWork } from '../../src/store/store';
import type { TestServerOptions } from '../harness/server';
import { NOW } from '../harness/server';
import { type RestAnswer, type RestServer, startRestServer } from './rest';
import { collect } from '../harness/collect';

export const SELLER = 'acme_soap';

/** offerId → what it gives. `lab` overlaps `course`. */
export const OFFERS = {
  course: ['lessons', 'videos'],
  lab: ['lab-access', 'videos'],
} as const;

export interface Shop extends RestServer {
  /** A POST that is expected to be answered with this status. */
  post(path: string, body: unknown, status?: number): Promise<Body>;
  get(path: string, status?: number): Promise<Body>;
  /** The lines that the ledger has gained since the last time, in words. */
  newLines(): Promise<string[]>;
  /** Changes something as the operator does. */
  operate<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T>;
}

export type Body = Record<string, unknown>;

/** The first commands on the command line. */
export const OPERATORS_WORK: Work = {
  actor: OPERATOR,
  callId: undefined,
  now: NOW,
  timeZone: 'America/Los_Angeles',
  newId: () => 'x',
};

export async function startShop(options: TestServerOptions = {}): Promise<Shop> {
  const server = await startRestServer(options);
  let seen = (await collect(server.store.listLedger({}))).length;
  const expectStatus = (answer: RestAnswer, status: number) => {
    expect([answer.status, answer.body]).toEqual([status, expect.anything()]);
    return answer.body as Body;
  };
  const shop: Shop = Object.assign(server, {
    post: async (path: string, body: unknown, status = 200) =>
      expectStatus(await server.call('POST', path, { body }), status),
    get: async (path: string, status = 200) => expectStatus(await server.call('GET', path), status),
    newLines: async () => {
      const lines = await collect(server.store.listLedger({}));
      const gained = lines.slice(seen);
      seen = lines.length;
      return gained.map(describeLine);
    },
    operate: async <T>(work: (unit: UnitOfWork) => Promise<T>) => {
      const merchant = await server.store.findMerchant(SELLER);
      return server.store.transact(merchant?.id ?? 0, work);
    },
  });
  for (const [offerId, merchantEntitlementIds] of Object.entries(OFFERS)) {
    await shop.operate((unit) =>
      addOffer(unit, OPERATORS_WORK, { offerId, name: `The ${offerId}`, merchantEntitlementIds }),
    );
  }
  return shop;
}

/** `bob@example.com: revoke lessons by Order A1, shop (refunded): 11:59:59– → 11:59:59–12:00:59` */
function describeLine(row: LedgerRow): string {
  const { action, merchantEntitlementId, source, sourceId, actor, reason, note } = row;
  const why = [reason, note].filter((text) => text !== undefined).join(', ');
  const from = sourceId ? `${source} ${sourceId}` : source;
  const term = (state: LedgerRow['before']) =>
    state ? `${time(state.start)}–${state.end === undefined ? '' : time(state.end)}` : 'none';
  const who = row.merchantAccountId ?? row.VID;
  return (
    `${who}: ${action} ${merchantEntitlementId} by ${from}, ${actor}` +
    `${why ? ` (${why})` : ''}: ${term(row.before)} → ${term(row.after)}`
  );
}

/** The time of day, in UTC. */
function time(moment: number): string {
  return new Date(moment).toISOString().slice(11, 19);
}

/** Makes a user that is `bob@example.com` an order of an offer. */
export function grant(shop: Shop, orderId?: string, offer = 'course', email = 'bob@example.com') {
  const input = { firstname: 'Bob', name: 'Lee', email, grantOffer: offer, orderId };
  return shop.post('/users/grant-user-offer-by-mail', input);
}
