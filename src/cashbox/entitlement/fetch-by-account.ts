/** Entitlement.fetchByAccount: all entitlements of an account, from any source. */
import type { EntitlementOperations } from '../../contract/types.generated';
import { findNamedAccount } from '../../grants/name-account';
import { isOver } from '../../entitlements/entitlement';
import type { Handler } from '../call';
import { listHeld } from './present';

/**
 * Those in force and those still to come, or with showAll all of them (documented).
 * @throws Refusal `Base Account not specified.` · `Account not found.` (decided)
 */
export const fetchByAccount: Handler<EntitlementOperations['fetchByAccount']> = async (call) => {
  const reader = call.store.reader(call.merchant.id);
  const account = await findNamedAccount(reader, call.input.account);
  return {
    entitlements: await listHeld(call, reader, account, {
      list: (id, part) => reader.listAllEntitlements(id, part),
      isShown: (one, now) => !isOver(one, now),
    }),
  };
};
