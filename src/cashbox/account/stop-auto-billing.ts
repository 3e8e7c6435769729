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
import type { Reader, StoredAccount, UnitOfWork } from '../../store/store';
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

/** The most AutoBills that a call may name: each is looked up before the first is cancelled. */
export const MOST_NAMED = 1000;

/** Up to how many AutoBills are cancelled in one unit of work. */
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
  const stopped = autobills.length > FEW ? await stopNamed(call) : await stopInParts(call);
  return call.store.transact(call.merchant.id, async (unit) => {
    const account = await findSame(unit, call, stopped);
    for await (const page of pagesToStop(unit, account, call, stopped)) {
      for (const autoBill of page) await stop(unit, call, autoBill);
    }
    return { account: await loadAccount(unit, account, call.selection) };
  });
};

/** What was cancelled in parts. */
interface Stopped {
  readonly accountId: number;
  /** The row of the last AutoBill of the account that was; undefined: all that are named were. */
  readonly last: number | undefined;
}

/**
 * Cancels AutoBills that are named, part by part. Before, it looks for each of them, and whether one is bound: as below.
 * @throws Refusal as `stopAutoBilling` does
 */
async function stopNamed(call: StopCall): Promise<Stopped> {
  const { store, merchant, input } = call;
  const reader = store.reader(merchant.id);
  const account = await findNamedAccount(reader, input.account);
  const named = await findNamed(reader, account, call);
  await requireUnbound(call, [named]);
  const stopped = { accountId: account.id, last: undefined };
  await inUnits(store, merchant.id, 0, async (unit, from) => {
    await findSame(unit, call, stopped);
    let next = from;
    for (const { id, accountId } of named.slice(from, from + SOME)) {
      if (unit.changes >= MOST_CHANGES) return next;
      const autoBill = await unit.autoBills.find(id);
      if (autoBill?.accountId !== accountId) throw AUTO_BILL.notLoaded();
      await stop(unit, call, autoBill);
      next += 1;
    }
    return next < named.length ? next : undefined;
  });
  return stopped;
}

/**
 * Cancels most of an account's AutoBills, if it has many: each part is a unit of work. Before, it looks whether one of
 * them is bound. One that becomes so meanwhile is refused when its turn comes; those before it stay cancelled.
 * @returns undefined: the account has few
 */
async function stopInParts(call: StopCall): Promise<Stopped | undefined> {
  if (call.input.autobills?.length) return undefined;
  const reader = call.store.reader(call.merchant.id);
  const { id: accountId } = await findNamedAccount(reader, call.input.account);
  const first = await reader.autoBills.listByAccount(accountId, { after: 0, limit: FEW + 1 });
  if (first.length <= FEW) return undefined;
  await requireUnbound(call, autoBillPages(reader, accountId));
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

/** @throws Refusal where one of the AutoBills is within its minimum commitment, and that binds */
async function requireUnbound(
  call: StopCall,
  autoBills: Iterable<StoredAutoBill[]> | AsyncIterable<StoredAutoBill[]>,
): Promise<void> {
  const { disentitle = false, force = false } = call.input;
  if (force) return;
  const reader = call.store.reader(call.merchant.id);
  const work = workOf(call, reader);
  for await (const page of autoBills) {
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

/** What is left to be cancelled. */
async function* pagesToStop(
  unit: UnitOfWork,
  account: StoredAccount,
  call: StopCall,
  stopped: Stopped | undefined,
): AsyncGenerator<StoredAutoBill[]> {
  if (call.input.autobills?.length) {
    if (!stopped) yield await findNamed(unit, account, call);
  } else if (stopped?.last === undefined) yield* autoBillPages(unit, account.id);
  else yield* pagesAfter(unit, account, stopped.last);
}

/** @throws Refusal where one is not there, or another account's */
async function findNamed(
  reader: Reader,
  account: StoredAccount,
  { input: { autobills = [] } }: StopCall,
): Promise<StoredAutoBill[]> {
  const named: StoredAutoBill[] = [];
  for (const one of autobills) {
    const autoBill = await requireAutoBill(reader, one);
    if (autoBill.accountId !== account.id) throw AUTO_BILL.notLoaded();
    named.push(autoBill);
    await reader.pause();
  }
  return named;
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
