/** Account.stopAutoBilling: cancels the AutoBills of an account. */
import type { AccountOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import { cancelAutoBill } from '../auto-bill/cancel-auto-bill';
import { requireAutoBill } from '../auto-bill/find-auto-bill';
import { type Call, type Handler, workOf } from '../call';
import { AUTO_BILL } from '../returns';
import { loadAccount } from './load-account';
import { findNamedAccount, requireName } from '../../grants/name-account';

/**
 * The AutoBills that are named, or all that the account has (documented). One within its minimum
 * commitment is cancelled with `force` only, and without it none of them is.
 * @throws Refusal `Base Account not specified.` · `Account not found.` · `AutoBill not specified.` ·
 *   `Unable to load AutoBill:  .`, for another account's too · `Unable to cancel AutoBill: ….`
 */
export const stopAutoBilling: Handler<AccountOperations['stopAutoBilling']> = async (call) => {
  const { account: named, disentitle = false, force = false, cancelReasonCode } = call.input;
  requireName(named);
  return call.store.transact(call.merchant.id, async (unit) => {
    const work = workOf(call, unit);
    const account = await findNamedAccount(unit, named);
    for (const autoBill of await listNamed(unit, account, call)) {
      await cancelAutoBill(unit, work, autoBill, { disentitle, force, cancelReasonCode });
    }
    return { account: await loadAccount(unit, account, call.selection) };
  });
};

async function listNamed(
  unit: UnitOfWork,
  { id }: StoredAccount,
  { input: { autobills = [] } }: Call<AccountOperations['stopAutoBilling']['input']>,
): Promise<StoredAutoBill[]> {
  if (autobills.length === 0) return unit.autoBills.listByAccount(id);
  const named: StoredAutoBill[] = [];
  for (const one of autobills) {
    const autoBill = await requireAutoBill(unit, one);
    if (autoBill.accountId !== id) throw AUTO_BILL.notLoaded();
    named.push(autoBill);
  }
  return named;
}
