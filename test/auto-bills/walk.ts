/** A random walk over all that changes access, on a server and on the naive model alike. */
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import { NOW } from '../harness/server';
import { callService } from '../harness/soap-call';
import { textOf } from '../harness/xml';
import type { Shop } from '../orders/shop';
import { type Plan, PLANS } from './naive-calendar';
import { type Bill, NaiveModel, type Product, PRODUCTS } from './naive-model';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const HALF_SECOND = 500;
export const ACCOUNTS = ['ada-1815', 'alan-1912'] as const;
/** `support` comes with every plan. */
const IDS = ['a', 'b', 'c', 'support'] as const;

const el = (name: string, ...content: string[]) => `<${name}>${content.join('')}</${name}>`;
const account = (id: string) => el('account', el('merchantAccountId', id));
const moment = (at: number) => new Date(at).toISOString();

/** A walk: the server, the model, and what was done so far. */
export class Walk {
  readonly model = new NaiveModel();
  readonly done: string[] = [];
  now = NOW;
  private made = 0;

  constructor(
    private readonly shop: Shop,
    private readonly random: () => number,
  ) {}

  async prepare(): Promise<void> {
    for (const [name, { periods, repeats }] of Object.entries(PLANS)) {
      const parts = periods.map(([unit, quantity], index) =>
        el(
          'periods',
          el('type', unit === 'days' ? 'Day' : 'Month'),
          el('quantity', String(quantity)),
          el('cycles', repeats && index === periods.length - 1 ? '0' : '1'),
        ),
      );
      const plan = [el('merchantBillingPlanId', name), ...parts, ids(['support'])];
      await this.soap('BillingPlan', 'update', el('billingPlan', ...plan));
    }
    for (const product of PRODUCTS) {
      await this.soap('Product', 'update', el('product', el('merchantProductId', product)));
    }
  }

  async step(): Promise<void> {
    const steps = [
      ...Array<() => Promise<void>>(3).fill(() => this.advance()),
      ...[() => this.grant(), () => this.revoke(), () => this.extend()],
      ...[() => this.start(), () => this.start(), () => this.cancel(), () => this.delay()],
      ...[() => this.billOnDay(), () => this.billOnDay()],
      ...[() => this.add(), () => this.remove(), () => this.changeProduct()],
      ...[() => this.fail(), () => this.settle()],
    ];
    await this.pick(steps)();
  }

  private async advance(): Promise<void> {
    // AutoBills and days of grace end at 23:59:59: within that second something has just ended.
    const intoLastSecond = DAY - HALF_SECOND - (this.now % DAY) || DAY;
    const by = this.pick([HOUR, 7 * HOUR, DAY, 3 * DAY, 8 * DAY, 33 * DAY, intoLastSecond]);
    this.now += by;
    this.shop.setNow(this.now);
    this.done.push(`the clock moves on by ${(by / HOUR).toFixed(2)} hours to ${moment(this.now)}`);
    return Promise.resolve();
  }

  private async grant(): Promise<void> {
    const [who, id] = [this.pick(ACCOUNTS), this.pick(IDS)];
    const end = this.pick([undefined, this.wholeSecond() + DAY, this.wholeSecond() + 20 * DAY]);
    const given = [el('merchantEntitlementId', id), end ? el('endTimestamp', moment(end)) : ''];
    await this.change(
      true,
      'Account',
      'grantEntitlement',
      account(who),
      el('entitlement', ...given),
    );
    this.model.grant(who, id, end, this.now);
  }

  private async revoke(): Promise<void> {
    const [who, id] = [this.pick(ACCOUNTS), this.pick(IDS)];
    const ok = this.model.revoke(who, id, this.now);
    const named = el('merchantEntitlementId', id);
    await this.change(ok, 'Account', 'revokeEntitlement', account(who), named);
  }

  private async extend(): Promise<void> {
    const [who, id] = [this.pick(ACCOUNTS), this.pick(IDS)];
    const to = this.wholeSecond() + this.pick([1, 10, 40]) * DAY;
    const ok = this.model.extend(who, id, to);
    const parts = [el('merchantEntitlementId', id), el('extensionDate', moment(to))];
    await this.change(ok, 'Account', 'extendEntitlementToDate', account(who), ...parts);
  }

  private async start(): Promise<void> {
    this.made += 1;
    const bill = {
      id: `bill-${this.made}`,
      account: this.pick(ACCOUNTS),
      plan: this.pick(Object.keys(PLANS) as Plan[]),
      start: this.wholeSecond() + this.pick([-70, -40, -20, -1, 5]) * DAY,
    };
    const products = this.pick<readonly Product[]>([['news'], ['video'], ['news', 'video']]);
    this.model.start(bill, products);
    const items = products.map((product) => el('items', productOf(product)));
    await this.change(
      true,
      'AutoBill',
      'update',
      el(
        'autobill',
        el('merchantAutoBillId', bill.id),
        account(bill.account),
        el('billingPlan', el('merchantBillingPlanId', bill.plan)),
        el('startTimestamp', moment(bill.start)),
        ...items,
      ),
    );
  }

  private cancel(): Promise<void> {
    return this.withBill(async (bill, named) => {
      const disentitle = this.random() < 0.5;
      this.model.cancel(bill, disentitle, this.now);
      const how = [el('disentitle', String(disentitle)), el('force', 'false')];
      await this.change(true, 'AutoBill', 'cancel', named, ...how);
    });
  }

  private delay(): Promise<void> {
    return this.withBill(async (bill, named) => {
      const [days, permanently] = [this.pick([1, 5, 20]), this.random() < 0.5];
      const ok = this.model.delay(bill, days, permanently, this.now);
      const how = [el('delayDays', String(days)), el('movePermanently', String(permanently))];
      await this.change(ok, 'AutoBill', 'delayBillingByDays', named, ...how);
    });
  }

  private billOnDay(): Promise<void> {
    const day = this.pick([1, 10, 30, 31]);
    return this.withBill(async (bill) => {
      const ok = this.model.billOnDay(bill, day, this.now);
      const parts = [el('merchantAutoBillId', bill.id), el('billingDay', String(day))];
      await this.change(ok, 'AutoBill', 'update', el('autobill', ...parts));
    });
  }

  private add(): Promise<void> {
    const product = this.pick(PRODUCTS);
    return this.withBill((bill, named) =>
      this.modify(this.model.add(bill, product, this.now), named, 'addAutoBillItem', product),
    );
  }

  private remove(): Promise<void> {
    const product = this.pick(PRODUCTS);
    return this.withBill((bill, named) =>
      this.modify(this.model.remove(bill, product, this.now), named, 'removeAutoBillItem', product),
    );
  }

  private async modify(ok: boolean, named: string, how: string, product: Product): Promise<void> {
    const change = el('autoBillItemModifications', el(how, productOf(product)));
    await this.change(ok, 'AutoBill', 'modify', named, el('effectiveDate', 'today'), change);
  }

  private async changeProduct(): Promise<void> {
    const product = this.pick(PRODUCTS);
    const chosen = (['a', 'b', 'c'] as const).filter(() => this.random() < 0.5);
    // The last id cannot be taken away: an empty list leaves things as they are.
    const given = chosen.length > 0 ? chosen : (['a'] as const);
    this.model.changeProduct(product, given);
    const parts = el('product', el('merchantProductId', product), ids(given));
    await this.change(true, 'Product', 'update', parts);
  }

  private fail(): Promise<void> {
    return this.withBill(async (bill) => {
      const final = this.random() < 0.3;
      this.model.fail(bill, final, this.now);
      this.done.push(`a payment of ${bill.id} fails${final ? ' finally' : ''}`);
      await this.shop.post(`/autobills/${bill.id}/payment-failed`, { final });
    });
  }

  private settle(): Promise<void> {
    return this.withBill(async (bill) => {
      this.model.settle(bill);
      this.done.push(`a payment of ${bill.id} comes after all`);
      await this.shop.post(`/autobills/${bill.id}/payment-succeeded`, {});
    });
  }

  private async withBill(act: (bill: Bill, named: string) => Promise<void>): Promise<void> {
    if (this.model.bills.length === 0) return;
    // Mostly those that were made last: the others have ended.
    const bill = this.pick(this.model.bills.slice(-4));
    await act(bill, el('autobill', el('merchantAutoBillId', bill.id)));
  }

  private async change(ok: boolean, service: string, name: string, ...parts: string[]) {
    this.done.push(`${service}.${name} ${parts.join('')} → ${ok ? 'OK' : 'refused'}`);
    const { returnCode } = await callService(service, this.shop.url, name, parts.join(''));
    expect(returnCode).toBe(ok ? '200' : '400');
  }

  private async soap(service: string, name: string, ...parts: string[]): Promise<string> {
    const reply = await callService(service, this.shop.url, name, parts.join(''));
    expect(reply.returnString).toBe('OK');
    return reply.body;
  }

  /** Compares every answer about access with the model's. */
  async compare(): Promise<void> {
    for (const who of ACCOUNTS) {
      const expected = this.model.held(who, this.now);
      const all = await this.held(who, true);
      expect(described(all, this.now)).toEqual(described(expected, this.now));
      const present = new Map([...expected].filter(([, one]) => one.active || one.coming));
      expect(described(await this.held(who, false), this.now)).toEqual(
        described(present, this.now),
      );
      for (const id of IDS) {
        const named = [account(who), el('merchantEntitlementId', id)];
        const entitled = textOf(await this.soap('Account', 'isEntitled', ...named), 'entitled');
        expect([who, id, entitled]).toEqual([
          who,
          id,
          this.model.isEntitled(who, id, this.now) ? '1' : '0',
        ]);
      }
    }
  }

  private async held(who: string, showAll: boolean) {
    const parts = [account(who), el('showAll', String(showAll))];
    const body = await this.soap('Entitlement', 'fetchByAccount', ...parts);
    const response = parseXml(body).children[0]?.children[0];
    const elements = (response?.children ?? []).filter(({ name }) => name === 'entitlements');
    const held = elements.map((element) => {
      const text = (name: string) => textIn(element, name) ?? '';
      const names = ['merchantAutoBillId', 'merchantProductId', 'merchantEntitlementId'].map(text);
      const end = textIn(element, 'endTimestamp');
      const shown = { active: text('active') === '1', end: end ? Date.parse(end) : undefined };
      return [[who, ...names].join('|'), shown] as const;
    });
    // The seed's grants are no part of the walk.
    return new Map(held.filter(([key]) => !key.endsWith('|archive')));
  }

  private wholeSecond(): number {
    return Math.floor(this.now / 1000) * 1000;
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)] as T;
  }
}

/** Entitlements not in force show only that: they have ended, or are to come. */
function described(
  held: ReadonlyMap<string, { active: boolean; end: number | undefined }>,
  now: number,
) {
  return [...held]
    .map(([key, { active, end }]) => {
      const until = end === undefined ? 'without end' : `until ${moment(end)}`;
      return `${key} ${active ? until : 'not in force'}`;
    })
    .concat(`at ${moment(now)}`)
    .sort();
}

function textIn({ children }: XmlElement, name: string): string | undefined {
  return children.find((child) => child.name === name)?.text;
}

function ids(list: readonly string[]): string {
  return list.map((id) => el('merchantEntitlementIds', el('id', id))).join('');
}

function productOf(product: Product): string {
  return el('product', el('merchantProductId', product));
}
