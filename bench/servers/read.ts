/**
 * A look-up in SQL and nothing around it: the statements that the server runs for it. A test
 * compares them with those.
 */
import type { Database } from 'better-sqlite3';
import { FIRST_PAGE } from '../../src/base/pages';
import { prepareMerchantReads } from '../../src/store/sqlite/operator-reads';
import { prepareReads } from '../../src/store/sqlite/reader';
import { type EntitlementRow, plain } from './change';

/** An account's row, as far as a reply shows it. */
export interface AccountRow {
  readonly id: number;
  readonly VID: string;
  readonly merchantAccountId: string;
  readonly emailAddress: string | null;
  readonly name: string | null;
}

/** The question, and the caller. */
export interface LookUp {
  readonly login: string;
  readonly merchantAccountId: string;
  /** Undefined: every entitlement. */
  readonly merchantEntitlementId: string | undefined;
}

/** The rows that the reply shows. */
export interface Found {
  readonly now: number;
  readonly account: AccountRow;
  readonly entitlements: readonly EntitlementRow[];
}

/** Prepares the statements on a connection that reads; throws where merchant or account is missing. */
export function createLookUp(reader: Database): (asked: LookUp) => Found {
  const { byLogin } = prepareMerchantReads(reader);
  const { accountByMerchantAccountId, entitlements: all, entitlementsOfId } = prepareReads(reader);
  const merchants = plain(reader, byLogin);
  const accounts = plain(reader, accountByMerchantAccountId);
  const everyEntitlement = plain(reader, all);
  const oneEntitlement = plain(reader, entitlementsOfId);
  return ({ login, merchantAccountId, merchantEntitlementId }) => {
    const merchant = merchants.get(login) as { id: number } | undefined;
    if (!merchant) throw new Error(`no merchant ${login}`);
    const account = accounts.get(merchantAccountId, merchant.id) as AccountRow | undefined;
    if (!account) throw new Error(`no account ${merchantAccountId}`);
    const entitlements = (
      merchantEntitlementId === undefined
        ? everyEntitlement.all(account.id, FIRST_PAGE)
        : oneEntitlement.all(account.id, merchantEntitlementId, FIRST_PAGE)
    ) as EntitlementRow[];
    return { now: Date.now(), account, entitlements };
  };
}
