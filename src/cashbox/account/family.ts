/**
 * The rules of families: an account has at most one parent, and there are two levels (documented).
 * Decided: docs/decisions/families.md
 */
import { cut } from '../../base/quote';
import type { Work } from '../../base/work';
import type { Account } from '../../contract/types.generated';
import { renameParent } from '../../ledger/rename-parent';
import { nameOf } from '../../store/accounts';
import { childPages } from '../../store/pages';
import type { Reader, StoredAccount, UnitOfWork } from '../../store/store';
import { childNotSpecified, parentNotKept } from '../returns';
import { requireIdLength } from '../../grants/id-limit';

/** The children of a call that are changed in one unit of work: some tens of milliseconds. */
export const CHILDREN_OF_UNIT = 200;

/**
 * Refuses a request that names no child, or one without a name, before anything is looked up.
 * @throws Refusal `Child Account not specified.`, or that the id is too long
 */
export function requireChildren(children: readonly Account[]): void {
  if (children.length === 0) throw childNotSpecified();
  children.forEach(({ VID, merchantAccountId }, index) => {
    if (!VID && !merchantAccountId) throw childNotSpecified();
    requireIdLength(`child[${index + 1}].merchantAccountId`, merchantAccountId);
  });
}

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
  const name = cut(nameOf(child));
  if (child.id === parent.id) return `${name} cannot be its own parent`;
  if (parent.parentMerchantAccountId) {
    return `${cut(nameOf(parent))} is a child itself, and a family has two levels`;
  }
  const reason = await whyNotBelow(reader, child);
  if (reason) return reason;
  const { parentMerchantAccountId: present } = child;
  if (present && present !== nameOf(parent) && !force) {
    return `${name} has another parent, ${cut(present)}`;
  }
  return undefined;
}

/** An account and, where asked for, its children, page by page. */
export async function* familyPages(
  reader: Reader,
  account: StoredAccount,
  includeChildren = false,
): AsyncGenerator<StoredAccount[]> {
  yield [account];
  if (includeChildren) yield* childPages(reader, nameOf(account));
}

/** Why an account cannot have any parent, or undefined when it can. */
async function whyNotBelow(reader: Reader, account: StoredAccount): Promise<string | undefined> {
  const name = nameOf(account);
  return (await reader.hasChildren(name))
    ? `${cut(name)} has children, and a family has two levels`
    : undefined;
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

/**
 * Keeps the family of an account that was made or changed. Its children follow it to a new name,
 * and it becomes the child of the account that it names as its parent; one that is not there is
 * kept as text, for it may be made later (decided).
 * @param before undefined when the account is new
 * @param wanted names the parent that is wanted; undefined: it stays as it is
 * @returns the account with its parent; that it has changed is for the caller to write down
 * @throws Refusal `Parent Account refused: ….`
 */
export async function keepFamily(
  unit: UnitOfWork,
  work: Work,
  { before, after }: { before: StoredAccount | undefined; after: StoredAccount },
  { parentMerchantAccountId: parentName }: Account,
): Promise<StoredAccount> {
  const renamed = !before || nameOf(before) !== nameOf(after);
  if (before && renamed) {
    await renameParent(unit, work, after, { from: nameOf(before), to: nameOf(after) });
  }
  const named = { parentMerchantAccountId: parentName ?? after.parentMerchantAccountId };
  // Other accounts may already name this new name as their parent's.
  if (!named.parentMerchantAccountId || (!parentName && !renamed)) return after;
  const parent = await findParent(unit, named);
  const reason = parent
    ? await whyNotChild(unit, parent, after, true)
    : await whyNotBelow(unit, after);
  if (reason) throw parentNotKept(reason);
  const kept = parent ? nameOf(parent) : named.parentMerchantAccountId;
  await unit.setParent(after.id, kept);
  return { ...after, parentMerchantAccountId: kept };
}
