/** Reads accounts as a reply shows them: what srd leaves out is not read. */
import { partOf, type Selection } from '../../contract/selection';
import type { Account, Timestamp } from '../../contract/types.generated';
import type { Reader, StoredAccount } from '../../store/store';
import { presentEntitlement } from '../entitlement/present';

/**
 * @param selection what is wanted of the response; its part `account` decides
 * @param now when the reply is written, for the entitlements' `active`
 * @returns undefined when no account is wanted
 */
export async function loadAccount(
  reader: Reader,
  account: StoredAccount,
  selection: Selection,
  now: Timestamp,
): Promise<Account | undefined> {
  const wanted = partOf(selection, 'account');
  return wanted === undefined ? undefined : presentAccount(reader, account, wanted, now);
}

/**
 * The same for the part of the response that holds several accounts.
 * @returns undefined when none is wanted
 */
export async function loadAccounts(
  reader: Reader,
  accounts: readonly StoredAccount[],
  part: string,
  { selection, clock }: { selection: Selection; clock: () => Timestamp },
): Promise<Account[] | undefined> {
  const wanted = partOf(selection, part);
  if (wanted === undefined) return undefined;
  const now = clock();
  const loaded: Account[] = [];
  for (const account of accounts) loaded.push(await presentAccount(reader, account, wanted, now));
  return loaded;
}

/** An account as a reply shows it. @param wanted what of it is wanted */
export async function presentAccount(
  reader: Reader,
  account: StoredAccount,
  wanted: Selection,
  now: Timestamp,
): Promise<Account> {
  const wants = (field: keyof Account) => partOf(wanted, field) !== undefined;
  const { id } = account;
  return {
    shippingAddress: wants('shippingAddress') ? await reader.findAddress(id) : undefined,
    nameValues: wants('nameValues') ? await reader.listNameValues(id) : undefined,
    taxExemptions: wants('taxExemptions') ? await reader.listTaxExemptions(id) : undefined,
    entitlements: wants('entitlements') ? await loadGranted(reader, id, now) : undefined,
    ...account,
  };
}

/** What grantEntitlement gave, ended ones included, ordered by merchantEntitlementId (decided). */
async function loadGranted(reader: Reader, accountId: number, now: Timestamp) {
  const granted = await reader.listEntitlements(accountId, 'Account');
  return granted.map((entitlement) => presentEntitlement(entitlement, now));
}
