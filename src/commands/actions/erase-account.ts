/** The action of `latchkey account erase` and `latchkey account erasures`. */
import type { Command } from 'commander';
import { carryOn } from '../../batches/long-work';
import { newId } from '../../base/new-id';
import { SYSTEM_TIME } from '../../base/time';
import { eraseInParts } from '../../erasure/erase-in-parts';
import { ALL_ERASURE_KINDS } from '../../erasure/erasure-work';
import { finishErasures } from '../../erasure/finish-erasures';
import { listAccountsOf } from '../../orders/find-user';
import { DELETION_WORK } from '../../orders/order-work';
import type { StoredErasure } from '../../store/erasures';
import { workPages } from '../../store/pages';
import type { Merchant, Reader, Store, StoredAccount, UnitOfWork } from '../../store/store';
import { findAccount } from '../../support/find-accounts';
import { type Columns, printList } from '../list';
import { printFields, printJson } from '../print';
import { chooseMerchant } from './choose-merchant';
import { type FormatMoment, momentFormat } from './moments';
import { operatorWork } from './operator';
import { withStore } from './with-store';

/** Its options. */
export interface EraseOptions {
  readonly json?: boolean;
  readonly merchant?: string;
  readonly email?: string;
  readonly revoke?: boolean;
  readonly yes?: boolean;
}

/** How often, and how long apart in milliseconds, other processes that read are waited for. */
const TRIES = 50;
const PAUSE = 100;

/** Erases an account's personal data, all of it before it ends. */
export async function erase(
  command: Command,
  id: string | undefined,
  options: EraseOptions,
): Promise<void> {
  const { email, json, revoke = false, yes = false } = options;
  if ((id === undefined) === (email === undefined)) {
    throw new Error('name one account: by its VID or merchantAccountId, or with --email');
  }
  await withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const account = await findOne(store.reader(merchant.id), id, email);
    const { VID, merchantAccountId } = account;
    if (!yes) {
      throw new Error(
        `the personal data of account ${VID} would be erased for good${revoke ? ', and its access taken' : ''}; --yes does it`,
      );
    }
    const workOf = (reader: Reader) => operatorWork(reader, timeZone);
    const call = { store, merchantId: merchant.id, workOf };
    const erased = await eraseInParts(call, account, { revoke });
    await finishWork(store, merchant, timeZone);
    const clean = await clear(store);
    const present = erased.account.merchantAccountId;
    const shown = {
      VID,
      merchantAccountId: present,
      idReplaced: present !== merchantAccountId,
      relatedAccounts: erased.related,
      revoked: revoke,
      filesClean: clean,
    };
    if (json) await printJson(shown);
    else await printFields({ ...shown, relatedAccounts: shown.relatedAccounts.join(' ') });
  });
}

/** @throws Error when there is none, or several have the address */
async function findOne(
  reader: Reader,
  id: string | undefined,
  email: string | undefined,
): Promise<StoredAccount> {
  if (id !== undefined) {
    const found = await findAccount(reader, id);
    if (!found) throw new Error(`there is no account ${id}`);
    return found;
  }
  const [only, ...others] = await listAccountsOf(reader, email ?? '');
  if (!only) throw new Error(`there is no account with the e-mail address ${email ?? ''}`);
  if (others.length === 0) return only;
  const vids = [only, ...others].map(({ VID }) => VID).join(', ');
  throw new Error(`several accounts have this address; name one by its VID: ${vids}`);
}

/** No server may be there that does the rest in the background. */
async function finishWork(store: Store, merchant: Merchant, timeZone: string): Promise<void> {
  const kinds = new Map([DELETION_WORK, ...ALL_ERASURE_KINDS].map((kind) => [kind.name, kind]));
  // The end of one may begin another.
  for (let any = true; any;) {
    any = false;
    for await (const works of workPages(store.reader(merchant.id))) {
      for (const { id } of works.filter(({ kind }) => kinds.has(kind))) {
        const batch = (unit: UnitOfWork) => carryOn(unit, { timeZone, newId }, kinds, id);
        while (await store.transact(merchant.id, batch));
        any = true;
      }
    }
  }
}

/** @returns false: a process read all the time; a server finishes it */
async function clear(store: Store): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await finishErasures(store)) return true;
    await new Promise<void>((resolve) => SYSTEM_TIME.after(PAUSE, resolve));
  }
  return false;
}

/** Prints when an account was erased, and by whom. */
export function listErasures(command: Command, id: string, options: EraseOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const merchant = await chooseMerchant(store, options.merchant);
    const reader = store.reader(merchant.id);
    const account = await findOne(reader, id, undefined);
    const listing = listingOf(momentFormat(timeZone));
    await printList(await reader.erasures.listOf(account.id), listing, options);
  });
}

function listingOf(format: FormatMoment) {
  const toJson = ({ at, actor, callId, revoked, finishedAt }: StoredErasure) => {
    return { at: format(at), by: actor, callId, revoked, finishedAt: format(finishedAt) };
  };
  const columns: Columns<StoredErasure> = {
    at: ({ at }) => format(at),
    by: ({ actor }) => actor,
    revoked: ({ revoked }) => (revoked ? 'yes' : 'no'),
    finished: ({ finishedAt }) => format(finishedAt),
  };
  return { columns, toJson };
}
