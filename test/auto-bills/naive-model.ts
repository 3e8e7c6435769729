/**
 * The server's expected answers, as plainly as possible: facts, and every answer worked out from
 * them anew. It shares no code with the server; its zone is UTC and its moments never fall on a
 * whole second.
 */
import {
  type Anchor,
  anchorOn,
  billedOn,
  boundaries,
  DAY,
  midnight,
  type Plan,
  PLANS,
} from './naive-calendar';

const SECOND = 1000;
const GRACE_DAYS = 7;

export const PRODUCTS = ['news', 'video'] as const;
export type Product = (typeof PRODUCTS)[number];

interface Item {
  readonly product: Product;
  readonly from: number;
  until: number | undefined;
}

export interface Bill {
  readonly id: string;
  readonly account: string;
  readonly plan: Plan;
  readonly start: number;
  readonly items: Item[];
  /** Billings are counted from here: of that number, at that moment. */
  anchor: Anchor;
  /** The plan's end is counted from here, and put off by days. */
  endAnchor: Anchor;
  moved: number | undefined;
  delayedDays: number;
  cancelEnd: number | undefined;
  retrySince: number | undefined;
  graceUntil: number | undefined;
  failedAt: number | undefined;
}

interface Grant {
  start: number;
  end: number | undefined;
}

/** An entitlement as it should be shown. */
export interface Expected {
  readonly active: boolean;
  /** Whether it is still to come, if nothing happens. */
  readonly coming: boolean;
  /** Of one in force; undefined: it has none, or is not in force. */
  readonly end: number | undefined;
}

/** The last completed second: immediate changes hold from then on. */
export const atOnce = (now: number): number => Math.floor(now / SECOND) * SECOND - SECOND;

/** 23:59:59 of the day before, of a midnight. */
const secondBefore = (moment: number): number => moment - SECOND;

export class NaiveModel {
  readonly bills: Bill[] = [];
  private readonly grants = new Map<string, Grant>();
  private readonly ids: Record<Product, ReadonlySet<string>> = {
    news: new Set(),
    video: new Set(),
  };
  /** Every entitlement that ever was given, by its key. */
  private readonly ever = new Set<string>();

  grant(account: string, id: string, end: number | undefined, now: number): void {
    const key = `${account}|||${id}`;
    const held = this.grants.get(key);
    const running = held !== undefined && (held.end === undefined || held.end > now);
    this.grants.set(key, { start: running ? held.start : atOnce(now), end });
  }

  /** @returns whether there was something to revoke */
  revoke(account: string, id: string, now: number): boolean {
    const held = this.grants.get(`${account}|||${id}`);
    if (!held || (held.end !== undefined && held.end <= now)) return false;
    held.end = atOnce(now);
    return true;
  }

  /** @returns whether it can be extended to then */
  extend(account: string, id: string, to: number): boolean {
    const held = this.grants.get(`${account}|||${id}`);
    if (held?.end === undefined || to < held.end) return false;
    held.end = to;
    return true;
  }

  start(bill: Pick<Bill, 'id' | 'account' | 'plan' | 'start'>, products: readonly Product[]): void {
    const items = products.map((product) => ({ product, from: bill.start, until: undefined }));
    this.bills.push({
      ...bill,
      items,
      anchor: { period: 0, at: bill.start },
      endAnchor: { period: 0, at: bill.start },
      moved: undefined,
      delayedDays: 0,
      cancelEnd: undefined,
      retrySince: undefined,
      graceUntil: undefined,
      failedAt: undefined,
    });
  }

  private planEnd(bill: Bill): number | undefined {
    if (PLANS[bill.plan].repeats) return undefined;
    const end = boundaries(bill.plan, bill.endAnchor).at(-1) ?? bill.start;
    return secondBefore(end + bill.delayedDays * DAY);
  }

  private end(bill: Bill): number | undefined {
    const ends = [this.planEnd(bill), bill.cancelEnd, bill.graceUntil, bill.failedAt];
    const known = ends.filter((end) => end !== undefined);
    return known.length > 0 ? Math.min(...known) : undefined;
  }

  private isOver(bill: Bill, now: number): boolean {
    if (this.hasFailed(bill, now)) return true;
    if (bill.cancelEnd !== undefined) return bill.cancelEnd <= now || bill.start > now;
    return (this.planEnd(bill) ?? Infinity) <= now;
  }

  /** Given up, or not paid within the days of grace. */
  private hasFailed(bill: Bill, now: number): boolean {
    if (bill.failedAt !== undefined) return true;
    const { graceUntil = Infinity, cancelEnd = this.planEnd(bill) ?? Infinity } = bill;
    return graceUntil <= now && graceUntil < cancelEnd;
  }

  private nextBilling(bill: Bill, now: number): { period: number; at: number } | undefined {
    const { anchor, moved, plan } = bill;
    const all = boundaries(plan, anchor);
    const billings = PLANS[plan].repeats ? all : all.slice(0, -1);
    const index = billings.findIndex((at) => at > now);
    if (moved !== undefined && moved > now) {
      const before = billings.filter((at) => at <= now).length;
      return { period: anchor.period + before, at: moved };
    }
    const at = billings[index];
    return at === undefined ? undefined : { period: anchor.period + index, at };
  }

  cancel(bill: Bill, disentitle: boolean, now: number): void {
    if (!this.hasFailed(bill, now) && this.isOver(bill, now)) return;
    if (bill.cancelEnd !== undefined && (!disentitle || bill.cancelEnd <= now)) return;
    if (bill.start > now) {
      bill.cancelEnd = bill.start;
      return;
    }
    const next = this.nextBilling(bill, now);
    const paid = next ? secondBefore(next.at) : (this.planEnd(bill) ?? atOnce(now));
    const end = disentitle ? atOnce(now) : paid;
    bill.cancelEnd = Math.min(end, bill.cancelEnd ?? end);
  }

  /** @returns whether there is a billing to put off */
  delay(bill: Bill, days: number, permanently: boolean, now: number): boolean {
    if (this.isOver(bill, now) || bill.cancelEnd !== undefined) return false;
    const next = this.nextBilling(bill, now);
    if (!next) return false;
    const to = next.at + days * DAY;
    bill.delayedDays += days;
    if (permanently) {
      bill.anchor = { period: next.period, at: to };
      bill.moved = undefined;
    } else {
      bill.moved = to;
    }
    return true;
  }

  /** The billings after the period that runs fall on another day. @returns whether they can */
  billOnDay(bill: Bill, day: number, now: number): boolean {
    const { anchor, plan } = bill;
    if (day === billedOn(plan, anchor)) return true;
    const end = this.planEnd(bill);
    const expired = !this.hasFailed(bill, now) && bill.cancelEnd === undefined;
    if (expired && end !== undefined && end <= now) return false;
    if (end !== undefined) {
      // Single billings that were put off had put off the end alone.
      const beyond = end - secondBefore(boundaries(plan, anchor).at(-1) ?? end);
      bill.delayedDays = Math.max(0, Math.round(beyond / DAY));
    }
    bill.anchor = anchorOn(plan, anchor, day, now);
    bill.endAnchor = bill.anchor;
    return true;
  }

  /** @returns whether it can be changed */
  add(bill: Bill, product: Product, now: number): boolean {
    if (this.isOver(bill, now) || bill.cancelEnd !== undefined) return false;
    bill.items.push({ product, from: Math.max(atOnce(now), bill.start), until: undefined });
    return true;
  }

  /** @returns whether it can be changed, and has the product */
  remove(bill: Bill, product: Product, now: number): boolean {
    if (this.isOver(bill, now) || bill.cancelEnd !== undefined) return false;
    const item = bill.items.find(
      (one) => one.product === product && (one.until === undefined || one.until > now),
    );
    if (!item) return false;
    item.until = Math.max(atOnce(now), bill.start);
    return true;
  }

  changeProduct(product: Product, ids: readonly string[]): void {
    this.ids[product] = new Set(ids);
  }

  fail(bill: Bill, final: boolean, now: number): void {
    if (this.isOver(bill, now)) return;
    bill.retrySince ??= now;
    bill.graceUntil ??= secondBefore(midnight(now) + (GRACE_DAYS + 1) * DAY);
    if (final) bill.failedAt = atOnce(now);
  }

  settle(bill: Bill): void {
    bill.retrySince = undefined;
    bill.graceUntil = undefined;
    bill.failedAt = undefined;
  }

  // Answers

  /** An account's expected entitlements: key → expectation. */
  held(account: string, now: number): Map<string, Expected> {
    const held = new Map<string, Expected>();
    const active = this.activeNow(account, now);
    for (const key of active.keys()) this.ever.add(key);
    const coming = new Set(this.comingTo(account, now));
    for (const key of coming) this.ever.add(key);
    for (const key of this.ever) {
      if (!key.startsWith(`${account}|`)) continue;
      const isActive = active.has(key);
      const end = active.get(key)?.end;
      held.set(key, { active: isActive, coming: coming.has(key) && !isActive, end });
    }
    return held;
  }

  isEntitled(account: string, id: string, now: number): boolean {
    return [...this.activeNow(account, now).keys()].some((key) => key.endsWith(`|${id}`));
  }

  private activeNow(account: string, now: number): Map<string, { end: number | undefined }> {
    const active = new Map<string, { end: number | undefined }>();
    for (const [key, { start, end }] of this.grants) {
      if (key.startsWith(`${account}|`)) this.ever.add(key);
      const running = start <= now && (end === undefined || now < end);
      if (running && key.startsWith(`${account}|`)) active.set(key, { end });
    }
    for (const bill of this.bills.filter((one) => one.account === account)) {
      for (const [key, { start, end }] of this.given(bill)) {
        if (start <= now && (end === undefined || now < end)) active.set(key, { end });
      }
    }
    return active;
  }

  /** The future entitlements of AutoBills if nothing happens. */
  private comingTo(account: string, now: number): string[] {
    return this.bills
      .filter((bill) => bill.account === account)
      .flatMap((bill) => [...this.given(bill)])
      .filter(([, { start, end }]) => start > now && (end === undefined || end > start))
      .map(([key]) => key);
  }

  private given(bill: Bill): Map<string, Grant> {
    const given = new Map<string, Grant>();
    const billEnd = this.end(bill);
    const add = (id: string, product: string, start: number, until: number | undefined) => {
      const ends = [until, billEnd].filter((end) => end !== undefined);
      const end = ends.length > 0 ? Math.min(...ends) : undefined;
      const key = `${bill.account}|${bill.id}|${product}|${id}`;
      const other = given.get(key);
      const later = (other?.end ?? Infinity) > (end ?? Infinity) ? other?.end : end;
      given.set(key, { start: Math.min(start, other?.start ?? start), end: other ? later : end });
    };
    add('support', '', bill.start, undefined);
    for (const { product, from, until } of bill.items) {
      for (const id of this.ids[product]) add(id, product, from, until);
    }
    return given;
  }
}
