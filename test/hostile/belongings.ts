/** An account with any number of entitlements, AutoBills, orders and children, and what calls did with them. */
import type { StoredAutoBill } from '../../src/store/auto-bills';
import { insertAutoBill } from '../../src/subscriptions/keep-auto-bill';
import { NOW } from '../harness/server';
import { callAccount, callService } from '../harness/soap-call';
import { OPERATORS_WORK, type Shop } from '../orders/shop';
import { grantOf, vidOf } from '../store-suite/subject';

/** How many of each. */
export interface Belongings {
  readonly grants?: number;
  readonly ended?: number;
  readonly autoBills?: number;
  readonly orders?: number;
  readonly children?: number;
}

export const named = (element: string, name: string) =>
  `<${element}><merchantAccountId>${name}</merchantAccountId></${element}>`;

/** `7` → `0007`: in the order of the numbers. */
export const numbered = (prefix: string, number: number) =>
  `${prefix}-${String(number).padStart(4, '0')}`;

/** Makes an account and what it has. @param commitments periods to which an AutoBill is bound, by its number */
export async function addOwner(
  shop: Shop,
  name: string,
  { grants = 0, ended = 0, autoBills = 0, orders = 0, children = 0 }: Belongings,
  commitments: ReadonlyMap<number, number> = new Map(),
): Promise<number> {
  const owner = await shop.operate(async (unit) => {
    const values = {
      VID: vidOf(name),
      merchantAccountId: name,
      emailAddress: `${name}@example.com`,
    };
    const id = await unit.insertAccount(values, NOW);
    const add = async (prefix: string, count: number, end: number | undefined) => {
      for (let n = 0; n < count; n += 1) {
        const after = { start: NOW - 9000, end, description: undefined };
        const change = { at: NOW, after, actor: 'acme_soap' };
        await unit.recordChange(grantOf(id, numbered(prefix, n), change));
      }
    };
    await add('granted', grants, undefined);
    await add('over', ended, NOW - 3000);
    for (let n = 0; n < children; n += 1) {
      const child = numbered(`${name}-child`, n);
      const parent = { merchantAccountId: child, parentMerchantAccountId: name };
      await unit.insertAccount({ VID: vidOf(child), ...parent }, NOW);
    }
    return id;
  });
  if (autoBills > 0) await addAutoBills(shop, name, autoBills, commitments);
  if (orders > 0) await addOrders(shop, owner, name, orders);
  return owner;
}

/** The first by a call; the others are the same. Each gives `lesson` by its product and `news` by its plan. */
async function addAutoBills(
  shop: Shop,
  name: string,
  count: number,
  commitments: ReadonlyMap<number, number>,
): Promise<void> {
  const ids = (id: string) => `<merchantEntitlementIds><id>${id}</id></merchantEntitlementIds>`;
  const plan = '<periods><type>Month</type><quantity>1</quantity></periods>' + ids('news');
  const first = numbered(name, 0);
  const { returnString } = await callService(
    'AutoBill',
    shop.url,
    'update',
    `<autobill><merchantAutoBillId>${first}</merchantAutoBillId>${named('account', name)}` +
      `<billingPlan><merchantBillingPlanId>plan</merchantBillingPlanId>${plan}</billingPlan>` +
      `<items><product><merchantProductId>p</merchantProductId>${ids('lesson')}</product></items></autobill>`,
  );
  expect(returnString).toBe('OK');
  await shop.operate(async (unit) => {
    const like = (await unit.autoBills.findByMerchantAutoBillId(first)) as StoredAutoBill;
    const work = { ...OPERATORS_WORK, now: unit.now() };
    for (let n = 0; n < count; n += 1) {
      const values = { ...like.values, minimumCommitment: commitments.get(n) };
      const id = numbered(name, n);
      const items = like.items.map((item) => ({ ...item, VID: vidOf(`item ${id}`) }));
      if (n === 0) {
        await unit.autoBills.update({ ...like, values });
        continue;
      }
      const autoBill = { ...like, values, items, VID: vidOf(id), merchantAutoBillId: id };
      await insertAutoBill(unit, work, autoBill, { event: undefined, reason: 'test' });
    }
  });
}

/** Each gives `video`, as the offer `course` does. */
async function addOrders(shop: Shop, accountId: number, name: string, count: number) {
  await shop.operate(async (unit) => {
    const course = await unit.orders.findOffer('course');
    const at = { createdAt: NOW, changedAt: NOW };
    for (let n = 0; n < count; n += 1) {
      const orderId = numbered(`${name}-order`, n);
      const order = { orderId, accountId, named: true, failedPayments: 0, ...at };
      const row = await unit.orders.insertOrder({ ...order, state: 'active' });
      const offer = { offer: course?.id ?? 0, offerId: 'course', offerName: 'The course' };
      await unit.orders.saveLine(row, { ...offer, state: 'active', reason: undefined });
      for (const id of ['lessons', 'videos']) {
        const given = { source: 'Order', sourceId: orderId, at: NOW, actor: 'shop' } as const;
        await unit.recordChange(grantOf(accountId, id, given));
      }
    }
  });
}

/** What is written in one transaction at most, in statements. */
export function longestUnit(shop: Shop): number {
  let longest = 0;
  let written = 0;
  for (const sql of shop.statements) {
    if (/^(?:INSERT|UPDATE|DELETE|WITH)\b/.test(sql)) written += 1;
    if (!sql.startsWith('COMMIT')) continue;
    longest = Math.max(longest, written);
    written = 0;
  }
  return longest;
}

export const commits = (shop: Shop) =>
  shop.statements.filter((sql) => sql.startsWith('COMMIT')).length;

/** Waits until a call has had the server do what a condition asks for, or is answered without that. */
export async function until(condition: () => boolean, call: Promise<unknown>): Promise<void> {
  const waiting = new Set([call]);
  void call.then(() => waiting.clear());
  while (!condition() && waiting.size > 0) await new Promise(setImmediate);
}

/**
 * Makes a call, and a change of another account when a first part of it is committed.
 * @returns its answer, and which of the two was answered first
 */
export async function callBesideOthers(shop: Shop, call: () => ReturnType<typeof callAccount>) {
  const answered: string[] = [];
  shop.statements.length = 0;
  const called = call().then((reply) => {
    answered.push('call');
    return reply;
  });
  await until(() => commits(shop) > 0, called);
  const other = callAccount(shop.url, 'update', named('account', 'other'));
  await other.then(() => answered.push('other'));
  return { reply: await called, first: answered[0] };
}

/** Lines of the ledger in which names and numbers are left out, each once. */
export function kindsOf(lines: readonly string[], name: string): string[] {
  const kinds = lines.map((line) =>
    line
      .replaceAll(/[0-9a-f]{40}/g, 'VID')
      .replaceAll(/-\d{4}/g, '')
      .replaceAll(name, 'owner'),
  );
  return [...new Set(kinds)].sort();
}
