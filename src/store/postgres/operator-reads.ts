/** The listings of accounts that an operator asks for on the command line. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListedAccount, ListOptions } from '../accounts';
import { ACCOUNT_ROW } from '../rows/account-row';
import { selectList } from '../rows/columns';
import { toFields } from '../rows/to-fields';
import type { Prepare } from './query';

/** An account's row, and its merchant's. */
export interface NamedAccount {
  readonly id: number;
  readonly merchantId: number;
}

/**
 * The accounts that a VID or merchantAccountId means, with all that were merged or transferred into them. Merchants are
 * few: each one's index is looked at.
 */
const ACCOUNTS_NAMED = `
  WITH named AS MATERIALIZED (
    SELECT account.merchant_id, coalesce(merged_into, transferred_to, account.id) AS id
      FROM merchant JOIN account ON account.merchant_id = merchant.id AND vid = :account
    UNION SELECT account.merchant_id, coalesce(merged_into, transferred_to, account.id)
      FROM merchant JOIN account ON account.merchant_id = merchant.id
        AND merchant_account_id = :account)
  SELECT id, merchant_id AS "merchantId" FROM named
  UNION SELECT account.id, account.merchant_id FROM named
    JOIN account ON account.merchant_id = named.merchant_id AND merged_into = named.id
  UNION SELECT account.id, account.merchant_id FROM named
    JOIN account ON account.merchant_id = named.merchant_id AND transferred_to = named.id
  ORDER BY 2, 1`;

/** The accounts that a VID or merchantAccountId means, with those that came into them. */
export function accountsNamed(prepare: Prepare, account: string): Promise<NamedAccount[]> {
  return prepare<NamedAccount>(ACCOUNTS_NAMED).all({ account });
}

/** Rows that a listing reads at once. Between two pages it holds no transaction. */
const PAGE = 500;

/** Accounts in the order in which they were made. */
export async function* listAccounts(
  prepare: Prepare,
  { merchant, account }: ListOptions,
): AsyncGenerator<ListedAccount> {
  const conditions = ['account.id > :after'];
  if (account !== undefined) {
    conditions.push(
      `(account.merchant_id, account.id) IN (SELECT * FROM unnest(:merchants::int[], :ids::bigint[]))`,
    );
  }
  if (merchant !== undefined) {
    conditions.push('account.merchant_id = (SELECT id FROM merchant WHERE login = :merchant)');
  }
  const page = prepare<ListedAccount>(
    `SELECT ${selectList(ACCOUNT_ROW, 'account.')}, merchant.login AS merchant FROM account
     JOIN merchant ON merchant.id = account.merchant_id
     WHERE ${conditions.join(' AND ')} ORDER BY account.id LIMIT ${PAGE}`,
  );
  const named = account === undefined ? [] : await accountsNamed(prepare, account);
  const ids = named.map(({ id }) => id);
  const merchants = named.map(({ merchantId }) => merchantId);
  for (let after = 0; ;) {
    await nextTurn();
    const rows = await page.all({ merchant, ids, merchants, after });
    for (const row of rows) yield toFields<ListedAccount>(row);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < PAGE) return;
  }
}
