/** Entitlements as a reply shows them, whatever gave them. */
import { partOf, type Selection } from '../../contract/selection';
import type { Entitlement, Timestamp } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import {
  ACCOUNT_FIELDS,
  type AccountValues,
  type HeldEntitlement,
  type Reader,
  type StoredAccount,
  type StoredEntitlement,
} from '../../store/store';

/** The element that says in versions before 8.0 where an entitlement comes from; none has it now. */
interface WithSource extends Entitlement {
  readonly source: string;
}

/** An entitlement without whose it is. Guess: `source` in old versions is what gave it. */
export function presentEntitlement(entitlement: StoredEntitlement, now: Timestamp): WithSource {
  return {
    merchantEntitlementId: entitlement.merchantEntitlementId,
    description: entitlement.description,
    startTimestamp: entitlement.start,
    endTimestamp: entitlement.end,
    active: isActive(entitlement, now),
    source: entitlement.source,
  };
}

/** An entitlement with the single values of its account. */
export function presentHeld(entitlement: HeldEntitlement, now: Timestamp): WithSource {
  return {
    ...presentEntitlement(entitlement, now),
    account: accountValues(entitlement.account),
  };
}

/** The single values of an account, under the contract's names. */
export function accountValues(account: StoredAccount): AccountValues {
  return Object.fromEntries(ACCOUNT_FIELDS.map((field) => [field, account[field]]));
}

interface ListInput {
  readonly showAll?: boolean | undefined;
  readonly includeChildren?: boolean | undefined;
}

/**
 * Lists what an account holds and, where asked for, what its children hold.
 * @param list the entitlements of one account
 * @returns undefined when srd wants none of them
 */
export async function listHeld(
  { selection, input, clock }: { selection: Selection; input: ListInput; clock: () => Timestamp },
  reader: Reader,
  account: StoredAccount,
  list: (accountId: number) => Promise<StoredEntitlement[]>,
): Promise<Entitlement[] | undefined> {
  if (partOf(selection, 'entitlements') === undefined) return undefined;
  const children = input.includeChildren ? await reader.listChildren(nameOf(account)) : [];
  const now = clock();
  const held: Entitlement[] = [];
  for (const owner of [account, ...children]) {
    for (const entitlement of await list(owner.id)) {
      if (!input.showAll && !isActive(entitlement, now)) continue;
      held.push(presentHeld({ ...entitlement, account: owner }, now));
    }
  }
  return held;
}

/** What children name as their parent: its merchantAccountId or, where it has none, its VID. */
export function nameOf({ VID, merchantAccountId }: StoredAccount): string {
  return merchantAccountId ?? VID;
}
