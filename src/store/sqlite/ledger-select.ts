/** Reads lines of the ledger. */
import { LEDGER_COLUMNS } from '../rows/ledger-row';

/** Lines with the merchant's login and the account's names; a condition follows. */
export const LEDGER_SELECT = `SELECT ${LEDGER_COLUMNS} FROM ledger
  CROSS JOIN merchant ON merchant.id = ledger.merchant_id
  CROSS JOIN account ON account.id = ledger.account_id`;

/** Lines of one call, by the index of calls; the merchant's condition stands before it. */
export function ofCall(parameter: string): string {
  return `substr(ledger.soap_id, -16) = substr(${parameter}, -16) AND ledger.soap_id = ${parameter}`;
}
