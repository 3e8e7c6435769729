/** Has the children of an account, which name it as their parent, follow it to a new name. */
import type { Work } from '../base/work';
import { beginWithCall, finishChangesOf } from '../batches/left-over';
import type { WorkKind } from '../batches/long-work';
import type { StoredAccount, UnitOfWork } from '../store/store';
import { changeParent } from './record-account';

/** The names of a parent. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Has a child follow; `detail` is a Rename. */
export const RENAME_WORK: WorkKind = {
  name: 'renamed parent',
  weight: 5,
  walk: ({ erasures }, detail) => erasures.ofChildren(readRename(detail).from),
  visit: async (unit, work, row, { detail }) => {
    const { from, to } = readRename(detail);
    const child = await unit.findAccount(row);
    if (child?.parentMerchantAccountId === from) await changeParent(unit, work, child, to);
  },
};

function readRename(detail = '{}'): Rename {
  return JSON.parse(detail) as Rename;
}

/** Some hundred children follow at once, the others before the call is answered. */
export async function renameParent(
  unit: UnitOfWork,
  work: Work,
  { id: subject, VID: name }: StoredAccount,
  rename: Rename,
): Promise<void> {
  await finishRename(unit, work, subject);
  const about = { subject, name, detail: JSON.stringify(rename) };
  await beginWithCall(unit, work, RENAME_WORK, about);
}

/**
 * Before children are looked for by the name of their parent.
 * @param accountId the parent's row
 * @throws Error as `finishChangesOf` does
 */
export async function finishRename(unit: UnitOfWork, work: Work, accountId: number): Promise<void> {
  await finishChangesOf(unit, work, [RENAME_WORK], accountId);
}
