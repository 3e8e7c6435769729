/** The rules of families: an account has at most one parent, and there are two levels (documented). */
import type { Account } from '../../contract/types.generated';
import type { Reader, StoredAccount } from '../../store/store';
import { nameOf } from '../entitlement/present';

/**
 * Why one account cannot become the child of another, or undefined when it can.
 * @param force whether it may be taken from another parent
 */
export async function whyNotChild(
  reader: Reader,
  parent: StoredAccount,
  child: StoredAccount,
  force = false,
): Promise<string | undefined> {
  const name = nameOf(child);
  if (child.id === parent.id) return `${name} cannot be its own parent`;
  if (parent.parentMerchantAccountId) {
    return `${nameOf(parent)} is a child itself, and a family has two levels`;
  }
  if ((await reader.listChildren(name)).length > 0) {
    return `${name} has children, and a family has two levels`;
  }
  const { parentMerchantAccountId: present } = child;
  if (present && present !== nameOf(parent) && !force) {
    return `${name} has another parent, ${present}`;
  }
  return undefined;
}

/** The account that an account names as its parent; undefined when it names none that is there. */
export async function findParent(
  reader: Reader,
  { parentMerchantAccountId: name }: Account,
): Promise<StoredAccount | undefined> {
  if (!name) return undefined;
  return (
    (await reader.findAccountByMerchantAccountId(name)) ?? (await reader.findAccountByVid(name))
  );
}
