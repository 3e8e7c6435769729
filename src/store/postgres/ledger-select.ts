/** Reads lines of the ledger. */
import { LEDGER_COLUMNS } from '../rows/ledger-row';

/** Lines with the merchant's login and the account's names; a condition follows. */
export const LEDGER_SELECT = `SELECT ${LEDGER_COLUMNS} FROM ledger
  JOIN merchant ON merchant.id = ledger.merchant_id
  JOIN account ON account.merchant_id = ledger.merchant_id AND account.id = ledger.account_id`;

/** Lines of one call, by the index of calls; the merchant's condition stands before it. */
export function ofCall(parameter: string): string {
  return `right(ledger.soap_id, 16) = right(${parameter}::text, 16) AND ledger.soap_id = ${parameter}`;
}
