/**
 * Account.stopAutoBilling: cancels the AutoBills of an account.
 * Decided: docs/decisions/work.md
 */
import { unevenPagesOf } from '../../base/pages';
import { inUnits } from '../../batches/in-units';
import type { AccountOperations } from '../../contract/types.generated';
import { findNamedAccount, requireName } from '../../grants/name-account';
import type { StoredAutoBill } from '../../store/auto-bills';
import { autoBillPages } from '../../store/pages';
import type { StoredAccount, UnitOfWork } from '../../store/store';
import {
  cancelAutoBill,
  type Cancellation,
  whyNotCancelled,
} from '../../subscriptions/cancel-auto-bill';
import { requireAutoBill } from '../auto-bill/find-auto-bill';
import { type Call, type Handler, workOf } from '../call';
import { accountNotFound, AUTO_BILL, tooManyParts } from '../returns';
import { loadAccount } from './load-account';

/** What the cancellation of an AutoBill costs, in changes of an entitlement. */
const WEIGHT = 10;

/** The most AutoBills that a call may name: one unit of work cancels them all, or none. */
export const MOST_NAMED = 1000;

/** Up to how many AutoBills of an account are cancelled in one unit of work. */
const FEW = 100;

/** The most that a part cancels, and the changes after which it cancels no further one. */
const SOME = 50;
const MOST_CHANGES = 500;

type StopCall = Call<AccountOperations['stopAutoBilling']['input']>;

/**
 * The AutoBills that are named, or all that the account has (documented). One within its minimum
 * commitment is cancelled with `force` only, and without it none of them is.
 * @throws Refusal `Base Account not specified.` · `autobills: there may be … at most.` · `Account not found.` ·
 *   `AutoBill not specified.` · `Unable to load AutoBill:  .`, for another account's too ·
 *   `Unable to cancel AutoBill: ….`
 */
export const stopAutoBilling: Handler<AccountOperations['stopAutoBilling']> = async (call) => {
  const { account: named, autobills = [] } = call.input;
  requireName(named);
  if (autobills.length > MOST_NAMED) throw tooManyParts('autobills', MOST_NAMED);
  const stopped = autobills.length === 0 ? await stopInParts(call) : undefined;
  return call.store.transact(call.merchant.id, async (unit) => {
    const account = await findSame(unit, call, stopped);
    for await (const page of namedPages(unit, account, call, stopped?.last)) {
      for (const autoBill of page) await stop(unit, call, autoBill);
    }
    return { account: await loadAccount(unit, account, call.selection) };
  });
};

/** What was cancelled in parts. */
interface Stopped {
  readonly accountId: number;
  /** The row of the last AutoBill of the account that was. */
  readonly last: number;
}

/**
 * Cancels most of an account's AutoBills, if it has many: each part is a unit of work. Before, it looks whether one of
 * them is bound. One that becomes so meanwhile is refused when its turn comes; those before it stay cancelled.
 * @returns undefined: the account has few
 */
async function stopInParts(call: StopCall): Promise<Stopped | undefined> {
  const reader = call.store.reader(call.merchant.id);
  const { id: accountId } = await findNamedAccount(reader, call.input.account);
  const first = await reader.autoBills.listByAccount(accountId, { after: 0, limit: FEW + 1 });
  if (first.length <= FEW) return undefined;
  await requireUnbound(call, accountId);
  let stopped = { accountId, last: 0 };
  await inUnits(call.store, call.merchant.id, stopped, async (unit, before) => {
    stopped = before;
    const { id } = await findSame(unit, call, before);
    const part = { after: before.last, limit: SOME };
    const autoBills = await unit.autoBills.listByAccount(id, part);
    for (const autoBill of autoBills) {
      if (unit.changes >= MOST_CHANGES) return stopped;
      await stop(unit, call, autoBill);
      stopped = { accountId, last: autoBill.id };
    }
    return autoBills.length < SOME ? undefined : stopped;
  });
  return stopped;
}

/** @throws Refusal where an AutoBill of the account is within its minimum commitment, and that binds */
async function requireUnbound(call: StopCall, accountId: number): Promise<void> {
  const { disentitle = false, force = false } = call.input;
  if (force) return;
  const reader = call.store.reader(call.merchant.id);
  const work = workOf(call, reader);
  for await (const page of autoBillPages(reader, accountId)) {
    for (const autoBill of page) {
      const reason = await whyNotCancelled(reader, work, autoBill, disentitle);
      if (reason) throw AUTO_BILL.notCancelled(reason);
    }
  }
}

/** @throws Refusal where the account is there no more, or its name another's */
async function findSame(
  unit: UnitOfWork,
  { input }: StopCall,
  before: Stopped | undefined,
): Promise<StoredAccount> {
  const account = await findNamedAccount(unit, input.account);
  if (before && before.accountId !== account.id) throw accountNotFound();
  return account;
}

async function stop(unit: UnitOfWork, call: StopCall, autoBill: StoredAutoBill): Promise<void> {
  const { disentitle = false, force = false, cancelReasonCode } = call.input;
  const refuse = AUTO_BILL.notCancelled;
  const how: Cancellation = { disentitle, force, cancelReasonCode, refuse };
  await cancelAutoBill(unit, workOf(call, unit), autoBill, how);
  await unit.pause(WEIGHT);
}

/** @param last the row after which all of the account's are read; undefined: none was cancelled in parts */
async function* namedPages(
  unit: UnitOfWork,
  account: StoredAccount,
  { input: { autobills = [] } }: StopCall,
  last: number | undefined,
): AsyncGenerator<StoredAutoBill[]> {
  if (autobills.length === 0) {
    yield* last === undefined ? autoBillPages(unit, account.id) : pagesAfter(unit, account, last);
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

function pagesAfter(
  unit: UnitOfWork,
  account: StoredAccount,
  last: number,
): AsyncGenerator<StoredAutoBill[]> {
  const read = (before: StoredAutoBill | undefined, limit: number) =>
    unit.autoBills.listByAccount(account.id, { after: before?.id ?? last, limit });
  return unevenPagesOf<StoredAutoBill>(read, (rows) => unit.pause(rows));
}
