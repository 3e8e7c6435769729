/** Reads accounts as a reply shows them: parts that srd leaves out aren't read. */
import { partOf, type Selection } from '../../contract/selection';
import type { Account, Timestamp } from '../../contract/types.generated';
import type { Reader, StoredAccount } from '../../store/store';
import { presentEntitlement } from '../entitlement/present';

/**
 * @param selection what is wanted of the response; its part `account` decides
 * @returns undefined when no account is wanted
 */
export async function loadAccount(
  reader: Reader,
  account: StoredAccount,
  selection: Selection,
): Promise<Account | undefined> {
  const wanted = partOf(selection, 'account');
  return wanted === undefined ? undefined : presentAccount(reader, account, wanted, reader.now());
}

/**
 * The same for the part of the response that holds several accounts.
 * @returns undefined when none is wanted
 */
export async function loadAccounts(
  reader: Reader,
  accounts: readonly StoredAccount[],
  part: string,
  selection: Selection,
): Promise<Account[] | undefined> {
  const wanted = partOf(selection, part);
  if (wanted === undefined) return undefined;
  return presentAccounts(reader, accounts, wanted, reader.now());
}

/**
 * An account as a reply shows it.
 * @param wanted what of it is wanted
 * @param now when the reply is written, for the entitlements' `active`
 */
export async function presentAccount(
  reader: Reader,
  account: StoredAccount,
  wanted: Selection,
  now: Timestamp,
): Promise<Account> {
  const [presented] = await presentAccounts(reader, [account], wanted, now);
  return presented as Account;
}

/**
 * Accounts in their order; each part of all of them is looked up at once. Their entitlements are
 * those of grantEntitlement, ended ones included, ordered by merchantEntitlementId (decided).
 */
async function presentAccounts(
  reader: Reader,
  accounts: readonly StoredAccount[],
  wanted: Selection,
  now: Timestamp,
): Promise<Account[]> {
  const wants = (field: keyof Account) => partOf(wanted, field) !== undefined;
  const ids = accounts.map(({ id }) => id);
  const addresses = wants('shippingAddress') ? await reader.findAddresses(ids) : undefined;
  const nameValues = wants('nameValues') ? await reader.listNameValuesOf(ids) : undefined;
  const exemptions = wants('taxExemptions') ? await reader.listTaxExemptionsOf(ids) : undefined;
  const granted = wants('entitlements')
    ? await reader.listEntitlementsOf(ids, 'Account')
    : undefined;
  return accounts.map((account) => ({
    shippingAddress: addresses?.get(account.id),
    nameValues: listOf(nameValues, account.id),
    taxExemptions: listOf(exemptions, account.id),
    entitlements: listOf(granted, account.id)?.map((one) => presentEntitlement(one, now)),
    ...account,
  }));
}

/** An account's part of a look-up; undefined where there was none. */
function listOf<T>(found: ReadonlyMap<number, readonly T[]> | undefined, id: number) {
  return found && [...(found.get(id) ?? [])];
}
