/** The store's interface for merchants. */
import type { Eventually } from './eventually';

/** A tenant: one login, whose data no other sees. */
export interface Merchant {
  readonly id: number;
  readonly login: string;
  readonly passwordHash: string;
  /** UTC milliseconds. */
  readonly createdAt: number;
}

/** Look-ups and changes of merchants. */
export interface Merchants {
  findMerchant(login: string): Eventually<Merchant | undefined>;
  /** By login. */
  listMerchants(): Eventually<Merchant[]>;
  /** @throws StoreError `refused` when the login exists */
  insertMerchant(merchant: Omit<Merchant, 'id'>): Eventually<Merchant>;
  updatePassword(merchantId: number, passwordHash: string): Eventually<void>;
}

/** Tables whose rows are no reason to keep a merchant: access, and answers kept for a while. */
export const NO_DATA: ReadonlySet<string> = new Set([
  'merchant',
  'api_key',
  'person_merchant',
  'kept_answer',
]);

/** A merchant that is not removed because it has data. */
export class MerchantHasData extends Error {
  override name = 'MerchantHasData';

  /** @param rows how many, by table */
  constructor(readonly rows: Readonly<Record<string, number>>) {
    super('the merchant has data');
  }
}
