/** The action of `latchkey account show`: all that is kept of an account. */
import type { Command } from 'commander';
import { nameOf } from '../../store/accounts';
import { loadAccount } from '../../cashbox/account/load-account';
import type { Account } from '../../contract/types.generated';
import { isActive } from '../../entitlements/entitlement';
import type { ListedAccount, Reader, Store } from '../../store/store';
import { autoBillPages, childPages, entitlementPages } from '../../store/pages';
import { describeAutoBill } from '../../subscriptions/describe';
import { nameSource } from '../../support/name-sources';
import { nameOfAccount } from '../../support/present-access';
import { printFields, printJson, printLine } from '../print';
import type { AccountOptions } from './account';
import { requireKnown } from './choose-merchant';
import { momentFormat, type FormatMoment } from './moments';
import { wholeNumber } from './numbers';
import { withStore } from './with-store';

/** Its options. */
export interface ShowOptions extends AccountOptions {
  readonly limit?: string;
}

/** The most rows of each list that are shown where no other limit is given. */
const SHOWN = 1000;

interface Showing {
  readonly reader: Reader;
  readonly format: FormatMoment;
  readonly timeZone: string;
  readonly limit: number;
}

/** Prints an account, and those of other merchants that have the same id. */
export function showAccount(command: Command, id: string, options: ShowOptions): Promise<void> {
  return withStore(command, async (store, { timeZone }) => {
    const { merchant, json } = options;
    const range = { least: 1, most: 1_000_000 };
    const limit = wholeNumber('--limit', options.limit, range) ?? SHOWN;
    await requireKnown(store, { merchant, account: id });
    const format = momentFormat(timeZone);
    for await (const listed of store.listAccounts({ merchant, account: id })) {
      const reader = await readerOf(store, listed);
      const shown = await toShown(listed, { reader, format, timeZone, limit });
      if (json) await printJson(shown);
      else await print(shown);
    }
  });
}

async function readerOf(store: Store, { merchant: login }: ListedAccount): Promise<Reader> {
  const merchant = await store.findMerchant(login);
  return store.reader(merchant?.id ?? 0);
}

async function toShown(listed: ListedAccount, showing: Showing) {
  const { reader, format, limit } = showing;
  // The row and its moment are shown otherwise, and entitlements of every source below.
  const inner = { id: undefined, createdAt: undefined, entitlements: undefined };
  const account: Account & typeof inner = {
    ...(await loadAccount(reader, listed, 'all')),
    ...inner,
  };
  const successor = await reader.findSuccessor(listed.id);
  const forerunners = await reader.listForerunners(listed.id, limit + 1);
  const children = await firstOf(childPages(reader, nameOf(listed)), limit + 1);
  const lists = {
    forerunners: forerunners.map(nameOfAccount),
    children: children.map(nameOfAccount),
    entitlements: await listEntitlements(listed, showing),
    orders: await listOrders(listed, showing),
    autoBills: await listAutoBills(listed, showing),
  };
  const cut = Object.entries(lists).filter(([, list]) => list.length > limit);
  const shown = Object.entries(lists).map(([name, list]) => [name, list.slice(0, limit)]);
  return {
    merchant: listed.merchant,
    created: format(listed.createdAt),
    ...account,
    transferredTo: successor && nameOfAccount(successor),
    cut: cut.length === 0 ? undefined : cut.map(([name]) => name),
    ...(Object.fromEntries(shown) as typeof lists),
  };
}

/** The first rows of a listing that is read page by page. */
async function firstOf<Row>(pages: AsyncIterable<Row[]>, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pages) {
    rows.push(...page.slice(0, count - rows.length));
    if (rows.length === count) break;
  }
  return rows;
}

/** Those of every source, ended ones included; one more than are shown. */
async function listEntitlements({ id }: ListedAccount, { reader, format, limit }: Showing) {
  const now = reader.now();
  const shown = [];
  for (const held of await firstOf(entitlementPages(reader, id), limit + 1)) {
    const { merchantEntitlementId, description, source, sourceId, start, end } = held;
    shown.push({
      merchantEntitlementId,
      active: isActive(held, now),
      by: (await nameSource(reader, held)).text,
      description,
      source,
      sourceId: sourceId === '' ? undefined : sourceId,
      startTimestamp: format(start),
      endTimestamp: format(end),
    });
  }
  return shown;
}

async function listOrders({ id: accountId }: ListedAccount, { reader, format, limit }: Showing) {
  const all = { after: 0, limit: limit + 1, accountId, state: undefined };
  const orders = await reader.orders.listOrders(all);
  const lines = await reader.orders.listLinesOf(orders.map(({ id }) => id));
  return orders.map(({ id, orderId, state, failedPayments, createdAt, changedAt }) => ({
    orderId,
    state,
    offers: (lines.get(id) ?? []).map(({ offerId, state: of, reason }) => {
      return { offerId, state: of, reason };
    }),
    failedPayments,
    created: format(createdAt),
    changed: format(changedAt),
  }));
}

async function listAutoBills({ id }: ListedAccount, { reader, format, timeZone, limit }: Showing) {
  const work = { now: reader.now(), timeZone };
  const shown = [];
  for (const autoBill of await firstOf(autoBillPages(reader, id), limit + 1)) {
    const described = await describeAutoBill(reader, autoBill, work);
    const { merchantAutoBillId, VID, standing, active } = described;
    const { start, end, nextBilling } = described;
    const moments = { start: format(start), end: format(end), nextBilling: format(nextBilling) };
    shown.push({ merchantAutoBillId, VID, standing, active, ...moments });
  }
  return shown;
}

type Shown = Awaited<ReturnType<typeof toShown>>;

async function print(shown: Shown): Promise<void> {
  const { entitlements, orders, autoBills, forerunners, children, cut, ...fields } = shown;
  const names = (list: readonly string[]) => (list.length === 0 ? undefined : list.join(', '));
  const { nameValues, taxExemptions, ...single } = fields;
  const some = (list: readonly unknown[] | undefined) => (list?.length ? list : undefined);
  const lists = { nameValues: some(nameValues), taxExemptions: some(taxExemptions) };
  await printFields({
    ...lists,
    ...single,
    forerunners: names(forerunners),
    children: names(children),
  });
  for (const [name, rows] of Object.entries({
    entitlement: entitlements,
    order: orders,
    autoBill: autoBills,
  })) {
    for (const row of rows) {
      await printLine(name);
      await printFields(row, '  ');
    }
  }
  if (cut) await printLine(`there are more ${cut.join(', ')}: show more with --limit`);
}
