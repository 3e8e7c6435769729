/** Finds the account that is meant by an e-mail address. */
import { spellingsOf } from '../base/email';
import type { Reader, StoredAccount } from '../store/store';
import type { StoredProfile } from '../store/users';
import { tooManyAccounts, unknownUser } from './refusals';

/** The most accounts that may have the address of a user: a call looks at each of them. */
export const MOST_ACCOUNTS = 500;

/**
 * The accounts that an e-mail address means, in whatever case it is written: those that have it, or
 * else the one whose merchantAccountId it is. One that was merged into another counts as that one.
 * @throws Refusal 400 where more than MOST_ACCOUNTS have it
 */
export async function listAccountsOf(reader: Reader, email: string): Promise<StoredAccount[]> {
  for (const spelling of spellingsOf(email)) {
    const accounts = await reader.users.listAccountsByEmailInAnyCase(spelling, MOST_ACCOUNTS);
    if (!accounts) throw tooManyAccounts(email, MOST_ACCOUNTS);
    if (accounts.length > 0) return accounts;
  }
  for (const spelling of spellingsOf(email)) {
    const account = await reader.findAccountByMerchantAccountId(spelling);
    if (account) return [account];
  }
  return [];
}

/**
 * The same where there must be one.
 * @throws Refusal 404, or 400 as above
 */
export async function requireAccountsOf(reader: Reader, email: string): Promise<StoredAccount[]> {
  const accounts = await listAccountsOf(reader, email);
  if (accounts.length === 0) throw unknownUser(email);
  return accounts;
}

/** An account with its user's data; undefined: it had no order yet. */
export interface FoundUser {
  readonly account: StoredAccount;
  readonly profile: StoredProfile | undefined;
}

/**
 * Several accounts may have one address: the first that has had an order is meant, or else the first.
 * One that was deleted as a user comes last.
 */
export async function findUser(reader: Reader, email: string): Promise<FoundUser | undefined> {
  const accounts = await listAccountsOf(reader, email);
  const profiles = await reader.users.findProfiles(accounts.map(({ id }) => id));
  let best: FoundUser | undefined;
  for (const account of accounts) {
    const found = { account, profile: profiles.get(account.id) };
    if (!best || rank(found) < rank(best)) best = found;
  }
  return best;
}

function rank({ profile }: FoundUser): number {
  if (!profile) return 1;
  return profile.deletedAt === undefined ? 0 : 2;
}
