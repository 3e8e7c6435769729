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
