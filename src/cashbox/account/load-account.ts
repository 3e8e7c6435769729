/** Reads accounts as a reply shows them: parts that srd leaves out aren't read. */
import { FIRST_PAGE, listOrPages, mapPages, pagesOf, type ReadAfter } from '../../base/pages';
import { partOf, type Selection } from '../../contract/selection';
import type { Account, Entitlement, Timestamp } from '../../contract/types.generated';
import type {
  Eventually,
  ListsOfMany,
  Reader,
  StoredAccount,
  StoredEntitlement,
} from '../../store/store';
import { presentEntitlement } from '../entitlement/present';

/**
 * @param selection what is wanted of the response; its part `account` decides
 * @returns undefined when no account is wanted
 */
export async function loadAccount(
  reader: Reader,
  account: StoredAccount,
  selection: Selection,
): Promise<Account | undefined> {
  const wanted = partOf(selection, 'account');
  return wanted === undefined ? undefined : presentAccount(reader, account, wanted, reader.now());
}

/**
 * The same for the part of the response that holds several accounts.
 * @returns undefined when none is wanted
 */
export async function loadAccounts(
  reader: Reader,
  accounts: AsyncGenerator<readonly StoredAccount[]>,
  part: string,
  selection: Selection,
): Promise<Account[] | undefined> {
  const wanted = partOf(selection, part);
  if (wanted === undefined) return undefined;
  const now = reader.now();
  let from = reader;
  const present = (page: readonly StoredAccount[]) => presentAccounts(from, page, wanted, now);
  const list = await listOrPages(mapPages(accounts, present));
  from = reader.afterwards;
  return list;
}

/**
 * An account as a reply shows it. Its entitlements are those of grantEntitlement, ended ones included,
 * ordered by merchantEntitlementId (decided).
 * @param wanted what of it is wanted
 * @param now when the reply is written, for the entitlements' `active`
 */
export async function presentAccount(
  reader: Reader,
  account: StoredAccount,
  wanted: Selection,
  now: Timestamp,
): Promise<Account> {
  const { id } = account;
  const wants = (field: keyof Account) => partOf(wanted, field) !== undefined;
  // Asked together: a store that is elsewhere answers them on one way.
  const [shippingAddress, nameValues, taxExemptions, entitlements] = await Promise.all([
    wants('shippingAddress') ? reader.findAddress(id) : undefined,
    wants('nameValues') ? reader.listNameValues(id) : undefined,
    wants('taxExemptions') ? reader.listTaxExemptions(id) : undefined,
    wants('entitlements') ? readGranted(reader, id, now) : undefined,
  ]);
  return { shippingAddress, nameValues, taxExemptions, entitlements, ...account };
}

/** What several accounts have of one part that is looked up at once, if they have no more. */
const MOST_AT_ONCE = 500;

/** Accounts in their order; each part of all of them is looked up at once. */
async function presentAccounts(
  reader: Reader,
  accounts: readonly StoredAccount[],
  wanted: Selection,
  now: Timestamp,
): Promise<Account[]> {
  const [only] = accounts;
  if (only && accounts.length === 1) return [await presentAccount(reader, only, wanted, now)];
  const wants = (field: keyof Account) => partOf(wanted, field) !== undefined;
  const ids = accounts.map(({ id }) => id);
  const addresses = wants('shippingAddress') ? await reader.findAddresses(ids) : undefined;
  const nameValues = wants('nameValues')
    ? await readLists(reader, {
        many: (limit) => reader.listNameValuesOf(ids, limit),
        one: (id) => reader.listNameValues(id),
      })
    : undefined;
  const exemptions = wants('taxExemptions')
    ? await readLists(reader, {
        many: (limit) => reader.listTaxExemptionsOf(ids, limit),
        one: (id) => reader.listTaxExemptions(id),
      })
    : undefined;
  const granted = wants('entitlements') ? await readGrantedToMany(reader, ids, now) : undefined;
  return accounts.map((account) => ({
    shippingAddress: addresses?.get(account.id),
    nameValues: listOf(nameValues, account.id),
    taxExemptions: listOf(exemptions, account.id),
    entitlements: granted && (granted.get(account.id) ?? []),
    ...account,
  }));
}

/** How lists of accounts are looked up: of all together up to a limit, and of one. */
interface ListReads<Row> {
  readonly many: (limit: number) => Eventually<ListsOfMany<Row>>;
  readonly one: (id: number) => Eventually<Row[]>;
}

/** The list of each account that has one. */
async function readLists<Row>(
  reader: Reader,
  { many, one }: ListReads<Row>,
): Promise<ReadonlyMap<number, readonly Row[]>> {
  const { lists, left } = await many(MOST_AT_ONCE);
  const all = new Map(lists);
  for (const id of left) {
    const list = await one(id);
    all.set(id, list);
    await reader.pause(list.length);
  }
  return all;
}

/** What was granted to each account that has any. */
async function readGrantedToMany(
  reader: Reader,
  ids: readonly number[],
  now: Timestamp,
): Promise<ReadonlyMap<number, Entitlement[]>> {
  const granted = new Map<number, Entitlement[]>();
  const { lists, left } = await reader.listEntitlementsOf(ids, 'Account', MOST_AT_ONCE);
  for (const [id, list] of lists) {
    granted.set(
      id,
      list.map((one) => presentEntitlement(one, now)),
    );
  }
  for (const id of left) {
    const list = await readGranted(reader, id, now);
    granted.set(id, list);
    await reader.pause(list.length);
  }
  return granted;
}

/** What was granted to one account: where a reply is written while it is read, the rest of it when a unit is over. */
async function readGranted(
  reader: Reader,
  account: number,
  now: Timestamp,
): Promise<Entitlement[]> {
  let from = reader;
  const read: ReadAfter<StoredEntitlement> = (after, limit) =>
    from.listEntitlements(account, 'Account', { after, limit });
  const present = (rows: readonly StoredEntitlement[]) =>
    rows.map((one) => presentEntitlement(one, now));
  const first = await read(undefined, FIRST_PAGE);
  if (first.length < FIRST_PAGE) return present(first);
  const pages = pagesOf(read, (rows) => from.pause(rows));
  const list = await listOrPages(mapPages(pages, present));
  from = reader.afterwards;
  return list;
}

/** An account's part of a look-up; undefined where there was none. */
function listOf<T>(found: ReadonlyMap<number, readonly T[]> | undefined, id: number) {
  return found && [...(found.get(id) ?? [])];
}
