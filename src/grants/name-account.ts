/** Finds the account that a request names by VID, merchantAccountId or both. */
import type { Account } from '../contract/types.generated';
import type { Reader, StoredAccount } from '../store/store';
import { accountNotFound, baseAccountNotSpecified } from './refusals';
import { requireIdLength } from './id-limit';

/**
 * @returns the account, if both names (where both are given) are its own
 * @throws Refusal `Base Account not specified.` · `Account not found.`
 */
export async function findNamedAccount(
  reader: Reader,
  named: Account | undefined,
): Promise<StoredAccount> {
  requireName(named);
  const account = await lookUpAccount(reader, named);
  if (!account) throw accountNotFound();
  return account;
}

/**
 * Refuses a request that names no account, before anything is looked up.
 * @param element what it is called in the request
 * @throws Refusal `Base Account not specified.`, or that the id is too long
 */
export function requireName(
  named: Account | undefined,
  element = 'account',
): asserts named is Account {
  if (!named?.VID && !named?.merchantAccountId) throw baseAccountNotSpecified();
  requireIdLength(`${element}.merchantAccountId`, named.merchantAccountId);
}

/** The account that both names (where both are given) are of; undefined: there is none. */
export async function lookUpAccount(
  reader: Reader,
  { VID, merchantAccountId }: Account,
): Promise<StoredAccount | undefined> {
  if (!VID) return reader.findAccountByMerchantAccountId(merchantAccountId ?? '');
  const account = await reader.findAccountByVid(VID);
  // Compared by the account that each finds: a merged account has the names of both.
  if (!merchantAccountId || account?.merchantAccountId === merchantAccountId) return account;
  const other = await reader.findAccountByMerchantAccountId(merchantAccountId);
  return other?.id === account?.id ? account : undefined;
}
