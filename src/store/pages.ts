/** What a merchant, an account or an e-mail address has any number of, page by page. Rows that change meanwhile are passed once, or not at all. */
import { pagesOf } from '../base/pages';
import type { Source } from '../entitlements/entitlement';
import type { StoredAutoBill } from './auto-bills';
import type { LongWork } from './long-work';
import type { AccessOrder, StoredOffer } from './orders';
import type { ModifiedAccount, Reader, StoredAccount, StoredEntitlement } from './store';

/** Its entitlements. @param source undefined: of every source */
export function entitlementPages(
  reader: Reader,
  accountId: number,
  source?: Source,
): AsyncGenerator<StoredEntitlement[]> {
  const read = (after: StoredEntitlement | undefined, limit: number) =>
    source === undefined
      ? reader.listAllEntitlements(accountId, { after, limit })
      : reader.listEntitlements(accountId, source, { after, limit });
  return pagesOf<StoredEntitlement>(read, (rows) => reader.pause(rows));
}

/** What one object of a source gave, ended ones included, ordered by sourceId and merchantEntitlementId. */
export function givenPages(
  reader: Pick<Reader, 'listEntitlementsFrom' | 'pause'>,
  accountId: number,
  ...object: readonly [source: Source, sourceId: string]
): AsyncGenerator<StoredEntitlement[]> {
  const read = (after: StoredEntitlement | undefined, limit: number) =>
    reader.listEntitlementsFrom(accountId, ...object, { after, limit });
  return pagesOf<StoredEntitlement>(read, (rows) => reader.pause(rows));
}

/** What an order gave, ended ones included, ordered by merchantEntitlementId. */
export function accessPages(
  reader: Pick<Reader, 'orders' | 'pause'>,
  order: AccessOrder,
): AsyncGenerator<StoredEntitlement[]> {
  const read = (last: StoredEntitlement | undefined, limit: number) =>
    reader.orders.listAccess(order, { after: last?.merchantEntitlementId ?? '', limit });
  return pagesOf<StoredEntitlement>(read, (rows) => reader.pause(rows));
}

/** The merchantEntitlementIds of an offer, ordered. @param offer its row */
export function offerEntitlementPages(
  reader: Pick<Reader, 'orders' | 'pause'>,
  offer: number,
): AsyncGenerator<string[]> {
  const read = (after = '', limit: number) =>
    reader.orders.listOfferEntitlements(offer, { after, limit });
  return pagesOf<string>(read, (rows) => reader.pause(rows));
}

/** All rows of a list whose length is bounded by what made it, read page by page. */
export async function allOf<Row>(pages: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of pages) for (const row of rows) all.push(row);
  return all;
}

/** Its AutoBills. @param after those after one; default: all */
export function autoBillPages(
  reader: Reader,
  accountId: number,
  after = 0,
): AsyncGenerator<StoredAutoBill[]> {
  const read = (last: StoredAutoBill | undefined, limit: number) =>
    reader.autoBills.listByAccount(accountId, { after: last?.id ?? after, limit });
  return pagesOf<StoredAutoBill>(read, (rows) => reader.pause(rows));
}

/** Accounts with an e-mail address, as it is written; the one that was modified last first. */
export function emailPages(reader: Reader, email: string): AsyncGenerator<StoredAccount[]> {
  const read = (after: ModifiedAccount | undefined, limit: number) =>
    reader.listAccountsByEmail(email, { after, limit });
  return pagesOf<ModifiedAccount>(read, (rows) => reader.pause(rows));
}

/** Offers, in the order in which they were made. */
export function offerPages(reader: Reader): AsyncGenerator<StoredOffer[]> {
  const read = (last: StoredOffer | undefined, limit: number) =>
    reader.orders.listOffers({ after: last?.id ?? 0, limit });
  return pagesOf<StoredOffer>(read, (rows) => reader.pause(rows));
}

/** Unfinished work, in the order in which it was begun. */
export function workPages(reader: Reader): AsyncGenerator<LongWork[]> {
  const read = (last: LongWork | undefined, limit: number) =>
    reader.longWork.list({ after: last?.id ?? 0, limit });
  return pagesOf<LongWork>(read, (rows) => reader.pause(rows));
}

/** Its children. @param name the id by which they name it */
export function childPages(reader: Reader, name: string): AsyncGenerator<StoredAccount[]> {
  const read = (last: StoredAccount | undefined, limit: number) =>
    reader.listChildren(name, { after: last?.id ?? 0, limit });
  return pagesOf<StoredAccount>(read, (rows) => reader.pause(rows));
}
