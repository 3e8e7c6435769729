/** Finds what a text names, whatever kind of name it is, and what happened by it. */
import { cut } from '../base/quote';
import { notFound } from '../base/refusal';
import { ReaderGone } from '../base/reply-reader';
import type { Work } from '../base/work';
import { listAccountsOf } from '../orders/find-user';
import { offerPages } from '../store/pages';
import type { LedgerRow, Reader, StoredAccount } from '../store/store';
import { describeAutoBill, findAutoBill } from '../subscriptions/describe';
import { readSourceId } from '../entitlements/source-id';
import { nameOfAccount } from './present-access';
import { describeLine, presentLine, type WriteMoment } from './present-line';

/** The most lines of the ledger that one answer holds: a call's and an order's first, else the last. */
export const MAX_FOUND_LINES = 50;

/** How far back lines are searched for an id that nothing gives, and how many lines at a time. */
const SEARCHED_LINES = 100_000;
const SEARCHED_AT_ONCE = 1000;

/** The circumstances of a search. */
export interface Search extends Pick<Work, 'now' | 'timeZone'> {
  readonly write: WriteMoment;
  /** Whether nobody waits for the answer any more. */
  readonly isGone?: (() => boolean) | undefined;
}

/** The kinds of things that have names. */
export const KINDS = ['call', 'order', 'autobill', 'account', 'entitlement'] as const;

/** Something that a text names. */
export interface Found {
  readonly kind: (typeof KINDS)[number];
  /** What it is, in sentences. */
  readonly text: string;
  /** The account that it is or belongs to. */
  readonly account: StoredAccount | undefined;
  readonly lines: readonly LedgerRow[];
  /** Whether there are more lines. */
  readonly isCut: boolean;
}

type Finder = (reader: Reader, text: string, search: Search) => Promise<readonly Found[]>;

/** In the order of the answer. Each look-up is by an index, of the whole text. */
const FINDERS: readonly Finder[] = [
  findCall,
  findOrder,
  findNamedAutoBill,
  findNamedAccounts,
  findEntitlement,
];

/**
 * All that a text names: a call by its soapId or X-Request-Id, an order, an AutoBill by VID or
 * merchantAutoBillId, accounts by VID, merchantAccountId, externalId or e-mail address, an entitlement id
 * that an offer, product or billing plan gives; where it is none of these, an entitlement id of the last lines
 * of the ledger.
 * @returns the document, the same over REST and on the command line
 * @throws Refusal 404 where it names nothing; ReaderGone once nobody waits for it
 */
export async function find(reader: Reader, text: string, search: Search) {
  const found: Found[] = [];
  for (const finder of FINDERS) found.push(...(await finder(reader, text, search)));
  if (found.length === 0) found.push(...(await findGranted(reader, text, search)));
  if (found.length === 0) {
    throw notFound(
      `Nothing is named ${cut(text)}: no call that wrote to the ledger, order, AutoBill or account, and ` +
        'no entitlement of an offer, product or billing plan, nor one that the last ' +
        `${WRITTEN_LINES} lines of the ledger are about.`,
    );
  }
  const presented = found.map((one) => present(one, search.write));
  const lines = presented.flatMap((one) => [
    one.text,
    ...one.lines.map((line) => `  ${line.text}`),
  ]);
  return { text: lines.join('\n'), found: presented };
}

function present({ kind, text, account, lines, isCut }: Found, write: WriteMoment) {
  return {
    kind,
    text: isCut ? `${text} Only ${MAX_FOUND_LINES} of its lines are shown.` : text,
    userId: account?.VID,
    merchantAccountId: account?.merchantAccountId,
    isCut,
    lines: lines.map((row) => ({ ...presentLine(row, write), text: describeLine(row, write) })),
  };
}

async function findCall(reader: Reader, soapId: string): Promise<readonly Found[]> {
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined, soapId };
  const found = (await reader.audit.listLines({ ...all, limit: MAX_FOUND_LINES + 1 })) ?? [];
  if (found.length === 0) return [];
  const names = new Set(found.map((row) => row.merchantAccountId ?? row.VID));
  const text = `Call ${soapId} changed the access of ${[...names].join(', ')}.`;
  return [{ kind: 'call', text, account: undefined, ...firstOf(found) }];
}

function firstOf(found: readonly LedgerRow[]): Pick<Found, 'lines' | 'isCut'> {
  return { lines: found.slice(0, MAX_FOUND_LINES), isCut: found.length > MAX_FOUND_LINES };
}

async function findOrder(
  reader: Reader,
  orderId: string,
  { write }: Search,
): Promise<readonly Found[]> {
  const order = await reader.orders.findOrder(orderId);
  if (!order) return [];
  const account = await reader.findAccount(order.accountId);
  const offers = (await reader.orders.listLines(order.id)).map(
    ({ offerId, state, reason }) =>
      `${offerId} is ${state}${reason === undefined ? '' : ` (${reason})`}`,
  );
  const text =
    `Order ${orderId} of account ${account ? nameOfAccount(account) : '?'} is ${order.state}: ` +
    `${offers.join(', ')}. It was made on ${write(order.createdAt)} and changed last on ` +
    `${write(order.changedAt)}; ${order.failedPayments} payments in a row have failed.`;
  const lines = await reader.orders.listHistory(orderId, 0, MAX_FOUND_LINES + 1);
  return [{ kind: 'order', text, account, ...firstOf(lines) }];
}

async function findNamedAutoBill(
  reader: Reader,
  name: string,
  search: Search,
): Promise<readonly Found[]> {
  const autoBill = await findAutoBill(reader, name);
  if (!autoBill) return [];
  const { write, isGone } = search;
  const { VID, accountId, merchantAutoBillId } = autoBill;
  const account = await reader.findAccount(accountId);
  const { standing, end, entitlements } = await describeAutoBill(reader, autoBill, search);
  const given = entitlements.filter(({ active }) => active).map((one) => one.merchantEntitlementId);
  const own = merchantAutoBillId === undefined ? VID : `${merchantAutoBillId} (${VID})`;
  const text =
    `AutoBill ${own} of account ${account ? nameOfAccount(account) : '?'} is ${standing}` +
    `${end === undefined ? '' : `, and entitles until ${write(end)}`}. ` +
    `It gives ${given.length === 0 ? 'nothing' : given.join(', ')} now.`;
  const isOwn = ({ source, sourceId }: LedgerRow) =>
    source === 'AutoBill' && readSourceId(sourceId).autoBill === VID;
  return [{ kind: 'autobill', text, account, ...(await lastOf(reader, accountId, isOwn, isGone)) }];
}

/** How many of an account's lines are read at a time. */
const LINES_AT_ONCE = 250;

/** The last lines of an account that are wanted, in their order; it is read from its last one on. */
async function lastOf(
  reader: Reader,
  accountId: number,
  isWanted: (row: LedgerRow) => boolean,
  isGone: (() => boolean) | undefined,
): Promise<Pick<Found, 'lines' | 'isCut'>> {
  const all = { from: 0, until: Number.MAX_SAFE_INTEGER, accountIds: [accountId] };
  const wanted: LedgerRow[] = [];
  let before: number | undefined;
  do {
    const found = (await reader.audit.listLast({ ...all, before, limit: LINES_AT_ONCE })) ?? [];
    wanted.push(...found.filter(isWanted));
    before = found.length < LINES_AT_ONCE ? undefined : found.at(-1)?.id;
    await reader.pause(found.length);
    if (isGone?.()) throw new ReaderGone();
  } while (before !== undefined && wanted.length <= MAX_FOUND_LINES);
  const isCut = wanted.length > MAX_FOUND_LINES;
  return { lines: wanted.slice(0, MAX_FOUND_LINES).reverse(), isCut };
}

async function findNamedAccounts(
  reader: Reader,
  name: string,
  { write, isGone }: Search,
): Promise<readonly Found[]> {
  const accounts = [
    await reader.findAccountByVid(name),
    await reader.findAccountByMerchantAccountId(name),
    await reader.findAccountByExternalId(name),
    ...(await listAccountsOf(reader, name)),
  ].filter((account) => account !== undefined);
  const found: Found[] = [];
  for (const account of new Map(accounts.map((one) => [one.id, one])).values()) {
    const { VID, emailAddress, externalId, createdAt } = account;
    const others = [`VID ${VID}`, emailAddress, externalId && `external id ${externalId}`];
    const successor = await reader.findSuccessor(account.id);
    const text =
      `Account ${nameOfAccount(account)} (${others.filter(Boolean).join(', ')}) was made on ` +
      `${write(createdAt)}.` +
      (successor ? ` What it had was transferred to ${nameOfAccount(successor)}.` : '');
    const lines = await lastOf(reader, account.id, () => true, isGone);
    found.push({ kind: 'account', text, account, ...lines });
  }
  return found;
}

const WRITTEN_LINES = SEARCHED_LINES.toLocaleString('en');

/**
 * An entitlement id that was only ever granted. No index has it, for each grant would pay for that: the last lines
 * of the ledger are searched.
 * Decided: docs/decisions/why.md
 */
async function findGranted(
  reader: Reader,
  id: string,
  { isGone }: Search,
): Promise<readonly Found[]> {
  const numbers: number[] = [];
  const isWanted = (line: { readonly merchantEntitlementId: string }) =>
    line.merchantEntitlementId === id;
  let before: number | undefined;
  for (let searched = 0; searched < SEARCHED_LINES; searched += SEARCHED_AT_ONCE) {
    const part = await reader.audit.searchBack(isWanted, before, SEARCHED_AT_ONCE);
    numbers.push(...part.lines.map((line) => line.id));
    ({ before } = part);
    if (before === undefined || numbers.length > MAX_FOUND_LINES) break;
    await reader.pause(SEARCHED_AT_ONCE);
    if (isGone?.()) throw new ReaderGone();
  }
  if (numbers.length === 0) return [];
  const found = await reader.audit.findLines(numbers.slice(0, MAX_FOUND_LINES));
  const lines = numbers.flatMap((number) => found.get(number) ?? []).reverse();
  const text =
    `Entitlement ${id} is given by no offer, product or billing plan. These are the last lines about it, among the ` +
    `last ${WRITTEN_LINES} of the ledger.`;
  const isCut = numbers.length > MAX_FOUND_LINES;
  return [{ kind: 'entitlement', text, account: undefined, lines, isCut }];
}

/** The most offers, products and billing plans that are named. */
const MAX_GIVERS = 50;

/** No index knows the accounts that hold an id, so none is listed. */
async function findEntitlement(reader: Reader, id: string): Promise<readonly Found[]> {
  const { products, billingPlans } = reader.catalogue;
  const givers = new Set<string>();
  for await (const offers of offerPages(reader)) {
    for (const { id: row, offerId } of offers) {
      if (await reader.orders.hasOfferEntitlement(row, id)) givers.add(`offer ${offerId}`);
      await reader.pause();
      if (givers.size > MAX_GIVERS) break;
    }
  }
  const all = { after: 0, limit: MAX_GIVERS + 1 };
  for (const { values } of await products.listByEntitlementId(id, all)) {
    givers.add(`product ${values.merchantProductId ?? values.VID}`);
  }
  for (const { values } of await billingPlans.listByEntitlementId(id, all)) {
    givers.add(`billing plan ${values.merchantBillingPlanId ?? values.VID}`);
  }
  if (givers.size === 0) return [];
  const named = [...givers].slice(0, MAX_GIVERS).join(', ');
  const text = `Entitlement ${id} is given by ${named}${givers.size > MAX_GIVERS ? ' and others' : ''}.`;
  return [{ kind: 'entitlement', text, account: undefined, lines: [], isCut: false }];
}
