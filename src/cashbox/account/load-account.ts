/** Reads an account as a reply shows it: what srd leaves out is not read. */
import { partOf, type Selection } from '../../contract/selection';
import type { Account, Entitlement, Timestamp } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import { ACCOUNT_FIELDS, type Reader, type StoredAccount } from '../../store/store';

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
  if (wanted === undefined) return undefined;
  const wants = (field: keyof Account) => partOf(wanted, field) !== undefined;
  return {
    ...Object.fromEntries(ACCOUNT_FIELDS.map((field) => [field, account[field]])),
    shippingAddress: wants('shippingAddress') ? await reader.findAddress(account.id) : undefined,
    nameValues: wants('nameValues') ? await reader.listNameValues(account.id) : undefined,
    taxExemptions: wants('taxExemptions') ? await reader.listTaxExemptions(account.id) : undefined,
    entitlements: wants('entitlements') ? await loadGranted(reader, account.id, now) : undefined,
  };
}

/** What grantEntitlement gave, ended ones included, ordered by merchantEntitlementId (decided). */
async function loadGranted(
  reader: Reader,
  accountId: number,
  now: Timestamp,
): Promise<Entitlement[]> {
  const granted = await reader.listEntitlements(accountId, 'Account');
  return granted.map((entitlement) => ({
    merchantEntitlementId: entitlement.merchantEntitlementId,
    description: entitlement.description,
    startTimestamp: entitlement.start,
    endTimestamp: entitlement.end,
    active: isActive(entitlement, now),
  }));
}
