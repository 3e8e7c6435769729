/** Finds the two accounts of a transfer, and refuses one that cannot be. */
import type { AccountOperations } from '../../contract/types.generated';
import type { Reader, StoredAccount } from '../../store/store';
import { findNamedAccount } from '../../grants/name-account';
import { accountNotFound, notTransferred } from '../returns';
import { nameOf } from './family';
import { MOST_PARTS } from './update';

/** Two accounts, of which one gets what the other has. */
export interface Transfer {
  readonly source: StoredAccount;
  readonly target: StoredAccount;
}

/**
 * @param before the two of an earlier look-up; undefined: there was none. Their names may be others' by now
 * @throws Refusal `Account not found.` · `Account transfer failed: ….`
 */
export async function findTransfer(
  reader: Reader,
  { targetAccount, sourceAccount }: AccountOperations['transfer']['input'],
  before?: Transfer,
): Promise<Transfer> {
  const target = await findNamedAccount(reader, targetAccount);
  const source = await findNamedAccount(reader, sourceAccount);
  if (before && (before.target.id !== target.id || before.source.id !== source.id)) {
    throw accountNotFound();
  }
  const reason =
    (await whyNotInFamily(reader, { source, target })) ??
    (await whyNotNamed(reader, { source, target }));
  if (reason) throw notTransferred(reason);
  return { source, target };
}

async function whyNotInFamily(
  reader: Reader,
  { source, target }: Transfer,
): Promise<string | undefined> {
  if (source.id === target.id) return 'source and target are one account';
  const { parentMerchantAccountId: parent } = target;
  if (parent === undefined) return undefined;
  if (parent === nameOf(source)) return 'the target is a child of the source';
  return (await reader.hasChildren(nameOf(source)))
    ? 'the source has children and the target is a child itself'
    : undefined;
}

async function whyNotNamed(
  reader: Reader,
  { source, target }: Transfer,
): Promise<string | undefined> {
  const given = await reader.listNameValues(source.id);
  if (given.length === 0) return undefined;
  const held = await reader.listNameValues(target.id);
  const names = new Set([...held, ...given].map(({ name }) => name));
  return names.size > Math.max(MOST_PARTS, held.length)
    ? `together they have more than ${MOST_PARTS} nameValues`
    : undefined;
}
