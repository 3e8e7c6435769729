/**
 * Erases the personal data of an account. Its rows, random ids, access and lines in the ledger stay.
 * Decided: docs/decisions/erasure.md
 */
import { spellingsOf } from '../base/email';
import type { Work } from '../base/work';
import { beginWork } from '../batches/long-work';
import { readAccountState, recordUpdate } from '../ledger/record-account';
import type { StoredAutoBill, StoredAutoBillItem } from '../store/auto-bills';
import { type AccountNames, ERASED } from '../store/erasures';
import { autoBillPages } from '../store/pages';
import type { StoredAccount, UnitOfWork } from '../store/store';
import { ERASURE_KINDS, type Sought, writeSought } from './erasure-work';
import { isPersonal, type Person, pseudonymOf } from './personal';
import { revokeAccess } from './revoke-access';

/** What an erasure did. */
export interface Erased {
  readonly account: StoredAccount;
  /** The id that was a person's and has a pseudonym now; undefined: it stays. */
  readonly formerId: string | undefined;
  /** Accounts that gave or got what this one had, and have data of their own: VIDs. */
  readonly related: readonly string[];
}

/** How an account is erased. */
export interface Erasing {
  /** Whether its access is taken, too. */
  readonly revoke: boolean;
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
  { revoke }: Erasing,
): Promise<Erased> {
  const { id: accountId, VID: name, merchantAccountId } = account;
  const { actor, callId, now: at } = work;
  await unit.erasures.insert({ accountId, at, actor, callId, revoked: revoke });
  const before = await readAccountState(unit, account);
  if (revoke) await revokeAccess(unit, work, account);
  const rows = await unit.erasures.listNames(accountId);
  const sought = await seekAll(unit, rows);
  const related = await unit.erasures.listRelated(accountId);
  for await (const page of autoBillPages(unit, accountId)) {
    for (const autoBill of page) {
      await unit.autoBills.update(withoutPerson(autoBill, sought));
      await unit.pause();
    }
  }
  for (const row of rows) await eraseRow(unit, row, { sought, related, at });
  const detail = writeSought(sought);
  for (const { id: subject } of rows) {
    for (const kind of ERASURE_KINDS) await beginWork(unit, work, kind, { subject, name, detail });
  }
  const erased = (await unit.findAccount(accountId)) ?? account;
  const change = { before, account: erased };
  await recordUpdate(unit, work, change, { reason: ERASED, forgets: true });
  const others = [...(await unit.findAccounts(related)).values()];
  return {
    account: erased,
    formerId: erased.merchantAccountId === merchantAccountId ? undefined : merchantAccountId,
    related: others.map(({ VID }) => VID),
  };
}

/** What says who the person is, wherever the rows have it. */
async function seekAll(unit: UnitOfWork, rows: readonly AccountNames[]): Promise<Sought> {
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

/** The circumstances of one row's erasure. */
interface RowErasure {
  readonly sought: Sought;
  readonly related: readonly number[];
  readonly at: number;
}

async function eraseRow(
  unit: UnitOfWork,
  row: AccountNames,
  { sought, related, at }: RowErasure,
): Promise<void> {
  const { id, VID, merchantAccountId: from, externalId } = row;
  const keep = (name: string | undefined) =>
    name !== undefined && isPersonal(name, sought) ? pseudonymOf(VID) : name;
  const merchantAccountId = keep(from);
  await unit.erasures.eraseAccount(id, { merchantAccountId, externalId: keep(externalId) }, at);
  await unit.webhooks.erase(id);
  if (from === undefined || merchantAccountId === undefined || from === merchantAccountId) return;
  await unit.erasures.renameParent(from, merchantAccountId);
  for (const other of [id, ...related]) {
    await unit.erasures.renameInTransfers(other, from, merchantAccountId);
    for await (const page of autoBillPages(unit, other)) {
      for (const autoBill of page) {
        const renamed = renameOwner(autoBill, from, merchantAccountId);
        if (renamed !== autoBill) await unit.autoBills.update(renamed);
        await unit.pause();
      }
    }
  }
}

/** An AutoBill that was transferred says whose it was. */
function renameOwner(autoBill: StoredAutoBill, from: string, to: string): StoredAutoBill {
  const { nameValues = [] } = autoBill.values;
  const isOwner = ({ name, value }: (typeof nameValues)[number]) =>
    name === FORMER_OWNER && value === from;
  if (!nameValues.some(isOwner)) return autoBill;
  const renamed = nameValues.map((pair) => (isOwner(pair) ? { ...pair, value: to } : pair));
  return { ...autoBill, values: { ...autoBill.values, nameValues: renamed } };
}

const FORMER_OWNER = 'VIN_MERCHANT_CUSTOMER_ID_UPDATED_FROM';

/** What the merchant said of a person in an AutoBill; ids that say who that is get a pseudonym. */
function withoutPerson(autoBill: StoredAutoBill, person: Person): StoredAutoBill {
  const { VID, merchantAutoBillId, values, items } = autoBill;
  const kept = { ...values, nameValues: undefined, customerAutoBillName: undefined };
  return {
    ...autoBill,
    merchantAutoBillId:
      merchantAutoBillId !== undefined && isPersonal(merchantAutoBillId, person)
        ? pseudonymOf(VID)
        : merchantAutoBillId,
    values: { ...kept, sourceIp: undefined },
    items: items.map((item) => withoutPersonInItem(item, person)),
  };
}

function withoutPersonInItem(item: StoredAutoBillItem, person: Person): StoredAutoBillItem {
  const { merchantAutoBillItemId } = item.values;
  const named = merchantAutoBillItemId !== undefined && isPersonal(merchantAutoBillItemId, person);
  const values = { ...item.values, nameValues: undefined };
  return {
    ...item,
    values: named ? { ...values, merchantAutoBillItemId: pseudonymOf(item.VID) } : values,
  };
}
