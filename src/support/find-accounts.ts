/** Finds the accounts that a question is about, by whatever name the asker has. */
import { cut } from '../base/quote';
import { notFound } from '../base/refusal';
import { listAccountsOf } from '../orders/find-user';
import { unknownAccount } from '../orders/refusals';
import type { Reader, StoredAccount } from '../store/store';

/** A name that an account goes by: what it is, and the accounts. */
export interface NamedAccounts {
  /** Undefined: it is a name of the accounts themselves; else the order that is theirs. */
  readonly orderId: string | undefined;
  readonly accounts: readonly StoredAccount[];
}

/** The account of that VID or, where there is none, merchantAccountId. */
export async function findAccount(
  reader: Reader,
  name: string,
): Promise<StoredAccount | undefined> {
  return (await reader.findAccountByVid(name)) ?? reader.findAccountByMerchantAccountId(name);
}

/** The same where there must be one. @throws Refusal 404 */
export async function requireAccount(reader: Reader, name: string): Promise<StoredAccount> {
  const account = await findAccount(reader, name);
  if (!account) throw unknownAccount(name);
  return account;
}

/**
 * The accounts that a text names: by VID, merchantAccountId or e-mail address or, where none has it, the
 * account of that order.
 * @throws Refusal 404
 */
export async function requireNamed(reader: Reader, name: string): Promise<NamedAccounts> {
  const named = await findAccount(reader, name);
  const all = [...(named ? [named] : []), ...(await listAccountsOf(reader, name))];
  const accounts = [...new Map(all.map((account) => [account.id, account])).values()];
  if (accounts.length > 0) return { orderId: undefined, accounts };
  const order = await reader.orders.findOrder(name);
  const holder = order && (await reader.findAccount(order.accountId));
  if (holder) return { orderId: name, accounts: [holder] };
  throw notFound(`There is no account, e-mail address or order ${cut(name)}.`);
}
