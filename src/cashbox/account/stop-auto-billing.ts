/** Account.stopAutoBilling: cancels the AutoBills of an account. */
import type { AccountOperations } from '../../contract/types.generated';
import type { StoredAutoBill } from '../../store/auto-bills';
import { autoBillPages } from '../../store/pages';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import { cancelAutoBill } from '../../subscriptions/cancel-auto-bill';
import { requireAutoBill } from '../auto-bill/find-auto-bill';
import { type Call, type Handler, workOf } from '../call';
import { AUTO_BILL } from '../returns';
import { loadAccount } from './load-account';
import { findNamedAccount, requireName } from '../../grants/name-account';

/** What the cancellation of an AutoBill costs, in changes of an entitlement. */
const WEIGHT = 10;

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
    const refuse = AUTO_BILL.notCancelled;
    const how = { disentitle, force, cancelReasonCode, refuse };
    for await (const page of namedPages(unit, account, call)) {
      for (const autoBill of page) {
        await cancelAutoBill(unit, work, autoBill, how);
        await unit.pause(WEIGHT);
      }
    }
    return { account: await loadAccount(unit, account, call.selection) };
  });
};

async function* namedPages(
  unit: UnitOfWork,
  account: StoredAccount,
  { input: { autobills = [] } }: Call<AccountOperations['stopAutoBilling']['input']>,
): AsyncGenerator<StoredAutoBill[]> {
  if (autobills.length === 0) {
    yield* autoBillPages(unit, account.id);
    return;
  }
  const named: StoredAutoBill[] = [];
  for (const one of autobills) {
    const autoBill = await requireAutoBill(unit, one);
    if (autoBill.accountId !== account.id) throw AUTO_BILL.notLoaded();
    named.push(autoBill);
    await unit.pause();
  }
  yield named;
}
