/** Account.isEntitled: whether an account may access something now. */
import { FIRST_PAGE, pagesOf, type ReadAfter } from '../../base/pages';
import { partOf } from '../../contract/selection';
import type { AccountOperations } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import type { StoredEntitlement } from '../../store/store';
import type { Handler } from '../call';
import { entitlementNotSpecified } from '../returns';
import { requireIdLength } from '../../grants/id-limit';
import { findNamedAccount, requireName } from '../../grants/name-account';

/**
 * True when any source gives the entitlement now.
 * @throws Refusal `Entitlement not specified.` · `Base Account not specified.` · `Account not
 *   found.` (decided)
 */
export const isEntitled: Handler<AccountOperations['isEntitled']> = async (call) => {
  const { account: named, merchantEntitlementId } = call.input;
  if (!merchantEntitlementId) throw entitlementNotSpecified();
  requireName(named);
  requireIdLength('merchantEntitlementId', merchantEntitlementId);
  const reader = call.store.reader(call.merchant.id);
  const account = await findNamedAccount(reader, named);
  if (partOf(call.selection, 'entitled') === undefined) return {};
  const now = reader.now();
  const read: ReadAfter<StoredEntitlement> = (after, limit) =>
    reader.listEntitlementsOfId(account.id, merchantEntitlementId, { after, limit });
  const first = await read(undefined, FIRST_PAGE);
  if (first.some((one) => isActive(one, now))) return { entitled: true };
  if (first.length < FIRST_PAGE) return { entitled: false };
  // Given by more orders or AutoBills than most accounts have.
  for await (const page of pagesOf(read, (rows) => reader.pause(rows))) {
    if (page.some((one) => isActive(one, now))) return { entitled: true };
  }
  return { entitled: false };
};
