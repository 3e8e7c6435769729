/** Writes down that an account was made, changed or merged, with all that is known of it afterwards. */
import type { Work } from '../base/work';
import { ACCOUNT_FIELDS, type Reader, type StoredAccount, type UnitOfWork } from '../store/store';
import { recordEvent } from './record-event';

/**
 * An account's own state, under the contract's names. Those that name accounts are not part of it: whoever reads the
 * event takes the present ones.
 */
export interface AccountState {
  readonly [field: string]: unknown;
  readonly emailAddress?: string | undefined;
}

/** The document of an event of an account. */
export interface AccountDocument {
  readonly account: AccountState;
  /** The names of the fields that differ; of a new account none are named. */
  readonly changed?: readonly string[];
  /** The address that it had before, where that is another now; empty: it had none. */
  readonly oldEmailAddress?: string;
}

/** All that an account says of itself, with its address. */
export async function readAccountState(
  reader: Reader,
  account: StoredAccount,
): Promise<AccountState> {
  const { id } = account;
  const fields = ACCOUNT_FIELDS.map((field) => [field, account[field]] as const);
  const nameValues = await reader.listNameValues(id);
  const taxExemptions = await reader.listTaxExemptions(id);
  return {
    ...(Object.fromEntries(fields) as AccountState),
    shippingAddress: await reader.findAddress(id),
    nameValues: nameValues.length > 0 ? nameValues : undefined,
    taxExemptions: taxExemptions.length > 0 ? taxExemptions : undefined,
  };
}

/** An account was made. To be called when all that the call gives it is saved. */
export async function recordCreation(
  unit: UnitOfWork,
  work: Work,
  created: StoredAccount,
): Promise<void> {
  const document: AccountDocument = {
    account: withoutNames(await readAccountState(unit, created)),
  };
  await recordEvent(unit, work, { type: 'account.created', accountId: created.id, document });
}

/** How a change of an account is written down. */
export interface AccountCause {
  /** Why, as a word of a fixed list. */
  readonly reason?: string;
  /** Whether the former e-mail address is left out: it was erased. */
  readonly forgets?: boolean;
}

/**
 * An account has changed; nothing is written where it is what it was.
 * @param before what `readAccountState` gave before the change
 */
export async function recordUpdate(
  unit: UnitOfWork,
  work: Work,
  { before, account }: { readonly before: AccountState; readonly account: StoredAccount },
  { reason, forgets = false }: AccountCause = {},
): Promise<void> {
  const after = await readAccountState(unit, account);
  const changed = Object.keys(after).filter((field) => !isSame(before[field], after[field]));
  if (changed.length === 0) return;
  const moved = changed.includes('emailAddress') && !forgets;
  const document: AccountDocument = {
    account: withoutNames(after),
    changed,
    ...(moved ? { oldEmailAddress: before.emailAddress ?? '' } : {}),
  };
  const { id: accountId } = account;
  await recordEvent(unit, work, { type: 'account.updated', accountId, reason, document });
}

/** Fields that name accounts. */
const NAMES = new Set(['VID', 'merchantAccountId', 'parentMerchantAccountId']);

function withoutNames(state: AccountState): AccountState {
  return Object.fromEntries(Object.entries(state).filter(([field]) => !NAMES.has(field)));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Makes an account the child of another, or of none, unless it is that already. @param parent the other's name */
export async function changeParent(
  unit: UnitOfWork,
  work: Work,
  child: StoredAccount,
  parent: string | undefined,
): Promise<void> {
  if (child.parentMerchantAccountId === parent) return;
  const before = await readAccountState(unit, child);
  await unit.setParent(child.id, parent);
  const account = { ...child, parentMerchantAccountId: parent };
  await recordUpdate(unit, work, { before, account });
}

/** All that an account had is another's now. To be called when it is. */
export async function recordMerge(
  unit: UnitOfWork,
  work: Work,
  { source, target }: { readonly source: StoredAccount; readonly target: StoredAccount },
): Promise<void> {
  const document: AccountDocument = {
    account: withoutNames(await readAccountState(unit, target)),
  };
  const about = { accountId: target.id, subject: source.id };
  await recordEvent(unit, work, { type: 'account.merged', ...about, document });
}
