/**
 * Erases the personal data of an account. Its rows, random ids, access and lines in the ledger stay.
 * Decided: docs/decisions/erasure.md
 */
import { spellingsOf } from '../base/email';
import { isPersonal, type Person, pseudonymOf } from '../base/personal';
import type { Work } from '../base/work';
import { finishChangesWhere, leaveNothing } from '../batches/left-over';
import { beginWork } from '../batches/long-work';
import { readAccountState, recordUpdate } from '../ledger/record-account';
import { finishRename } from '../ledger/rename-parent';
import { ORDER_ACCESS } from '../orders/change-order';
import { type AccountNames, ERASED, type StoredErasure } from '../store/erasures';
import type { StoredAccount, UnitOfWork } from '../store/store';
import type { Renamed } from '../subscriptions/erase-auto-bill';
import { AUTO_BILL_ACCESS } from '../subscriptions/give-access';
import {
  ERASURE_KINDS,
  PARENT_WORK,
  RELATED_WORK,
  renameIn,
  type Sought,
  writeSought,
} from './erasure-work';
import { revokeAccess, type Taken } from './revoke-access';

/** What an erasure did. */
export interface Erased {
  readonly account: StoredAccount;
  /** The id that was a person's and has a pseudonym now; undefined: it stays. */
  readonly formerId: string | undefined;
  /** Accounts that gave or got what this one had, and have data of their own: VIDs, MOST_RELATED at most. */
  readonly related: readonly string[];
  /** This erasure, after earlier ones. */
  readonly erasures: readonly StoredErasure[];
}

/** How an account is erased. */
export interface Erasing {
  /** Whether its access is taken, too. */
  readonly revoke: boolean;
  /** How much of it was taken before; undefined: none. */
  readonly taken?: Taken | undefined;
}

/**
 * Erases an account, and those that were merged into it. What is kept with any number of lines, orders
 * and answers goes batch by batch, the last of it in the background.
 * @param account as a look-up finds it: never one that was merged into another
 */
export async function eraseAccount(
  unit: UnitOfWork,
  work: Work,
  account: StoredAccount,
  { revoke, taken }: Erasing,
): Promise<Erased> {
  const { id: accountId, VID: name, merchantAccountId } = account;
  const { actor, callId, now: at } = work;
  await finishAccess(unit, work, accountId);
  await finishRename(unit, work, accountId);
  leaveNothing(unit);
  await unit.erasures.insert({ accountId, at, actor, callId, revoked: revoke });
  const before = await readAccountState(unit, account);
  if (revoke) await revokeAccess(unit, work, account, taken);
  const rows = await unit.erasures.listNames(accountId);
  const person = await seekAll(unit, rows);
  const renamed: Renamed[] = [];
  for (const row of rows) renamed.push(...(await eraseRow(unit, work, row, person)));
  const detail = writeSought({ ...person, renamed });
  for (const { id: subject } of rows) {
    for (const kind of ERASURE_KINDS) await beginWork(unit, work, kind, { subject, name, detail });
  }
  const related = await renameInRelated(unit, work, { name, rows, renamed });
  const erased = (await unit.findAccount(accountId)) ?? account;
  const change = { before, account: erased };
  await recordUpdate(unit, work, change, { reason: ERASED, forgets: true });
  const others = [...(await unit.findAccounts(related)).values()];
  return {
    account: erased,
    formerId: erased.merchantAccountId === merchantAccountId ? undefined : merchantAccountId,
    related: others.map(({ VID }) => VID),
    erasures: await unit.erasures.listOf(accountId),
  };
}

/** The rest of changes would be written with what says who the person was. */
async function finishAccess(unit: UnitOfWork, work: Work, accountId: number): Promise<void> {
  await finishChangesWhere(unit, work, AUTO_BILL_ACCESS, async ({ subject }) => {
    return (await unit.autoBills.find(subject))?.accountId === accountId;
  });
  await finishChangesWhere(unit, work, ORDER_ACCESS, async ({ subject }) => {
    return (await unit.orders.findOrderAt(subject))?.accountId === accountId;
  });
}

/** What says who the person is, wherever the rows have it. */
async function seekAll(
  unit: UnitOfWork,
  rows: readonly AccountNames[],
): Promise<Omit<Sought, 'renamed'>> {
  const names: Array<string | undefined> = [];
  const values: Array<string | undefined> = [];
  for (const { id, emailAddress, name, company } of rows) {
    const address = (await unit.findAddress(id)) ?? {};
    const profile = await unit.users.findProfile(id);
    names.push(name, address.name, profile?.firstname, profile?.lastname);
    values.push(emailAddress, company, address.phone, address.fax);
  }
  const person = { names: given(names), values: given(values) };
  const ids = rows.flatMap(({ merchantAccountId, externalId }) => [merchantAccountId, externalId]);
  const inAnswers = [
    ...rows.flatMap(({ emailAddress = '' }) => spellingsOf(emailAddress)),
    ...rows.map(({ VID }) => VID),
    ...ids.filter((id) => id !== undefined && isPersonal(id, person)),
  ];
  return { ...person, inAnswers: given(inAnswers) };
}

/** Those that are there, each once. */
function given(texts: ReadonlyArray<string | undefined>): string[] {
  return [...new Set(texts)].filter((text) => text !== undefined && text !== '') as string[];
}

/** @returns the pseudonym that it has now; nothing where it keeps its id */
async function eraseRow(
  unit: UnitOfWork,
  work: Work,
  row: AccountNames,
  person: Person,
): Promise<Renamed[]> {
  const { id, VID, merchantAccountId: from, externalId } = row;
  const keep = (name: string | undefined) =>
    name !== undefined && isPersonal(name, person) ? pseudonymOf(VID) : name;
  const merchantAccountId = keep(from);
  await unit.erasures.eraseAccount(
    id,
    { merchantAccountId, externalId: keep(externalId) },
    work.now,
  );
  if (from === undefined || merchantAccountId === undefined || from === merchantAccountId) {
    return [];
  }
  const renamed = { from, to: merchantAccountId };
  const about = { subject: id, name: VID, detail: JSON.stringify(renamed) };
  await beginWork(unit, work, PARENT_WORK, about);
  return [renamed];
}

/** The most related accounts that an answer names. */
export const MOST_RELATED = 500;

/** An account that has new ids. */
interface Naming {
  /** Its VID. */
  readonly name: string;
  /** Its rows: its own, and those of accounts that were merged into it. */
  readonly rows: readonly AccountNames[];
  readonly renamed: readonly Renamed[];
}

/** Accounts that gave or got what one had name it by its pseudonym. @returns the first of them */
async function renameInRelated(
  unit: UnitOfWork,
  work: Work,
  { name, rows, renamed }: Naming,
): Promise<number[]> {
  const related: number[] = [];
  const detail = JSON.stringify(renamed);
  for (const { id: subject } of rows) {
    const heir = await unit.erasures.findHeir(subject);
    const first = { after: 0, until: Number.MAX_SAFE_INTEGER, limit: MOST_RELATED };
    const gave = await unit.erasures.ofTransferred.next(subject, first);
    related.push(...(heir === undefined ? [] : [heir]), ...gave);
    if (renamed.length === 0) continue;
    if (heir !== undefined) await renameIn(unit, work, { subject: heir, name, detail });
    await beginWork(unit, work, RELATED_WORK, { subject, name, detail });
  }
  const own = new Set(rows.map(({ id }) => id));
  return related.filter((one) => !own.has(one)).slice(0, MOST_RELATED);
}
