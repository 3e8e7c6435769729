/** Deletes users: ends what orders gave them, and lists them no more. What erases personal data is src/erasure/. */
import type { Work } from '../base/work';
import type { StoredAccount, UnitOfWork } from '../store/store';
import { requireAccountsOf } from './find-user';
import { beginWork } from '../batches/long-work';
import { DELETION_WORK } from './order-work';

/**
 * What any number of orders gave is removed in the background. The account stays, with its ledger and its other entitlements (decided).
 * @param emails one address that is unknown, and none is deleted
 * @throws Refusal 404
 */
export async function deleteUsers(
  unit: UnitOfWork,
  work: Work,
  { emails }: { readonly emails: readonly string[] },
) {
  const accounts = new Map<number, StoredAccount>();
  for (const email of emails) {
    for (const account of await requireAccountsOf(unit, email)) accounts.set(account.id, account);
  }
  for (const { id, VID: name } of accounts.values()) {
    await beginWork(unit, work, DELETION_WORK, { subject: id, name, detail: undefined });
    const profile = await unit.users.findProfile(id);
    await unit.pause();
    if (profile?.deletedAt !== undefined) continue;
    const { firstname, lastname } = profile ?? {};
    await unit.users.saveProfile(id, { firstname, lastname, deletedAt: work.now });
  }
  return { deleted: [...emails] };
}
