/** Account.update: creates an account, or changes one. */
import { cut } from '../../base/quote';
import type { Work } from '../../base/work';
import type {
  Account,
  AccountOperations,
  Address,
  NameValuePair,
} from '../../contract/types.generated';
import { ACCOUNT_FIELDS, type StoredAccount, type UnitOfWork } from '../../store/store';
import { type Handler, workOf } from '../call';
import {
  accountNotFound,
  accountNotSpecified,
  accountNotUpdated,
  elementNotSpecified,
  noMatchBy,
  tooManyParts,
} from '../returns';
import { readAccountState, recordCreation, recordUpdate } from '../../ledger/record-account';
import { keepFamily } from './family';
import { requireIdLength } from '../../grants/id-limit';
import { loadAccount } from './load-account';

/**
 * Absent and empty elements stay as they are; nameValues are merged by name, taxExemptions replaced.
 * Payment data, credit, tokens and entitlements of the account are not taken from it.
 * @throws Refusal `Account not specified.` · `… not specified.` of an element that cannot be kept
 *   without it · `Unable to load account by VID "…":  No match.` · `Account not found.` when VID and
 *   merchantAccountId name two accounts · `Failed to update Account: ….` · `Parent Account refused: ….`
 */
export const update: Handler<AccountOperations['update']> = async (call) => {
  const given = call.input.account;
  if (!given) throw accountNotSpecified();
  checkAccount(given, 'account');
  return call.store.transact(call.merchant.id, async (unit) => {
    const { account, created } = await saveAccount(unit, given, workOf(call, unit));
    return { account: await loadAccount(unit, account, call.selection), created };
  });
};

/**
 * Creates an account or changes it.
 * @param given checked
 * @throws Refusal as `update` does
 */
export async function saveAccount(
  unit: UnitOfWork,
  given: Account,
  work: Work,
): Promise<{ account: StoredAccount; created: boolean }> {
  const { now, newId } = work;
  const { known, named } = await findForUpdate(unit, given);
  const before = known && (await readAccountState(unit, known));
  // A name that it has already may be one that came with an account merged into it.
  const values = valuesOf(named ? { ...given, merchantAccountId: undefined } : given);
  if (known?.externalId !== values.externalId) await requireFreeName(unit, known, values);
  if (known) await unit.updateAccount(known.id, values, now);
  const id = known?.id ?? (await unit.insertAccount({ ...values, VID: newId() }, now));
  await saveParts(unit, id, given, newId);
  const saved = await unit.findAccount(id);
  if (!saved) throw accountNotFound();
  const account = await keepFamily(unit, work, { before: known, after: saved }, given);
  if (before) await recordUpdate(unit, work, { before, account });
  else await recordCreation(unit, work, account);
  return { account, created: !known };
}

/** An externalId is that of one account or of none (documented). */
async function requireFreeName(
  unit: UnitOfWork,
  known: StoredAccount | undefined,
  { externalId }: Account,
): Promise<void> {
  if (!externalId) return;
  const owner = await unit.findAccountByExternalId(externalId);
  if (owner && owner.id !== known?.id) {
    throw accountNotUpdated(`externalId ${cut(externalId)} is that of another account`);
  }
}

/** The most nameValues that an account may have, and the most taxExemptions: whatever reads it reads them all. */
export const MOST_PARTS = 1000;

function requireFew(path: string, count: number): void {
  if (count > MOST_PARTS) throw tooManyParts(path, MOST_PARTS);
}

/**
 * Refuses an account with values that cannot be kept.
 * @param path where it stands in the request, for messages
 * @throws Refusal `… not specified.` for a required value within it, that an id is too long, or that something of it
 *   comes more than MOST_PARTS times
 */
export function checkAccount(given: Account, path: string): void {
  const { nameValues = [], taxExemptions = [] } = given;
  requireFew(`${path}.nameValues`, nameValues.length);
  requireFew(`${path}.taxExemptions`, taxExemptions.length);
  requireIdLength(`${path}.merchantAccountId`, given.merchantAccountId);
  requireIdLength(`${path}.externalId`, given.externalId);
  requireIdLength(`${path}.parentMerchantAccountId`, given.parentMerchantAccountId);
  nameValues.forEach(({ name }, index) => {
    if (!name) throw elementNotSpecified(`${path}.nameValues[${index + 1}].name`);
  });
  taxExemptions.forEach(({ active }, index) => {
    if (active === undefined) {
      throw elementNotSpecified(`${path}.taxExemptions[${index + 1}].active`);
    }
  });
}

/**
 * @returns `known`, the account that is to be changed; undefined: there is none yet, it is to be
 *   created; `named`, whether the merchantAccountId means it already
 */
async function findForUpdate(
  unit: UnitOfWork,
  { VID, merchantAccountId }: Account,
): Promise<{ known: StoredAccount | undefined; named: boolean }> {
  const owner = merchantAccountId
    ? await unit.findAccountByMerchantAccountId(merchantAccountId)
    : undefined;
  const named = owner !== undefined;
  if (!VID) return { known: owner, named };
  const account = await unit.findAccountByVid(VID);
  if (!account) throw noMatchBy('VID', VID);
  // Beside a VID, an unused merchantAccountId is the account's new one.
  if (named && owner.id !== account.id) throw accountNotFound();
  return { known: account, named };
}

/** The single values that are kept as they are given. A parent is not: see keepFamily. */
const VALUES = ACCOUNT_FIELDS.filter((field) => field !== 'parentMerchantAccountId');

/** The account's single values, without the empty ones. */
function valuesOf(given: Account): Account {
  return Object.fromEntries(
    VALUES.filter((field) => given[field] !== undefined).map((field) => [field, given[field]]),
  );
}

async function saveParts(
  unit: UnitOfWork,
  accountId: number,
  { shippingAddress, nameValues = [], taxExemptions = [] }: Account,
  newId: () => string,
): Promise<void> {
  if (shippingAddress) {
    const known = await unit.findAddress(accountId);
    await unit.saveAddress(accountId, mergeAddress(known, shippingAddress, newId));
  }
  if (nameValues.length > 0) await requireFewPairs(unit, accountId, nameValues);
  for (const { name = '', value = '' } of nameValues) {
    await unit.saveNameValue(accountId, { name, value });
  }
  if (taxExemptions.length > 0) {
    await unit.replaceTaxExemptions(accountId, taxExemptions);
  }
}

/** An account that has more already gets no further ones. */
async function requireFewPairs(
  unit: UnitOfWork,
  accountId: number,
  given: readonly NameValuePair[],
): Promise<void> {
  const held = await unit.listNameValues(accountId);
  const names = new Set([...held, ...given].map(({ name }) => name));
  if (names.size > held.length) requireFew('account.nameValues', names.size);
}

/** The VID of an address is the server's, whatever the request says. */
function mergeAddress(known: Address | undefined, given: Address, newId: () => string): Address {
  return { ...known, ...given, VID: known?.VID ?? newId() };
}
