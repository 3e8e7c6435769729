/** What an account has any number of, page by page. Rows that change meanwhile are passed once, or not at all. */
import { pagesOf } from '../base/pages';
import type { Source } from '../entitlements/entitlement';
import type { StoredAutoBill } from './auto-bills';
import type { Reader, StoredAccount, StoredEntitlement } from './store';

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

/** Its AutoBills. */
export function autoBillPages(reader: Reader, accountId: number): AsyncGenerator<StoredAutoBill[]> {
  const read = (last: StoredAutoBill | undefined, limit: number) =>
    reader.autoBills.listByAccount(accountId, { after: last?.id ?? 0, limit });
  return pagesOf<StoredAutoBill>(read, (rows) => reader.pause(rows));
}

/** Its children. @param name the id by which they name it */
export function childPages(reader: Reader, name: string): AsyncGenerator<StoredAccount[]> {
  const read = (last: StoredAccount | undefined, limit: number) =>
    reader.listChildren(name, { after: last?.id ?? 0, limit });
  return pagesOf<StoredAccount>(read, (rows) => reader.pause(rows));
}
