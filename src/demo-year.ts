/**
 * A year in the life of the demo merchant: a few dozen accounts with grants, orders, AutoBills and failed payments, by
 * the rules that serve calls. The same names and steps each time, dated back from the moment they are written.
 * Decided: docs/decisions/demo.md
 */
import { createHash } from 'node:crypto';
import type { Work } from './base/work';
import type { Surroundings } from './cashbox/call';
import { saveAccount } from './cashbox/account/update';
import { saveAutoBill } from './cashbox/auto-bill/save';
import { updateBillingPlan, updateProduct } from './cashbox/catalogue/update';
import { foreseeChange, keepChange } from './grants/change-grant';
import { type ChangeKind, extendingTo, granting, REVOKING } from './grants/kinds';
import { recordDue } from './ledger/record-due';
import { addOffer } from './orders/change-offer';
import { grantOffer } from './orders/grant-offer';
import { restoreOrder, revokeOrder } from './orders/order-state';
import { paymentFailed, paymentSucceeded } from './orders/payments';
import { conflict } from './base/refusal';
import type { UnitOfWork } from './store/store';
import { cancelAutoBill } from './subscriptions/cancel-auto-bill';
import { requireAutoBill } from './subscriptions/describe';
import { recordFailedPayment, recordSettledPayment } from './subscriptions/payments';

/** What a step costs, in changes of an entitlement. */
const STEP = 20;

const DAY = 24 * 60 * 60 * 1000;

const FIRST_NAMES = [
  ...['Ada', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'],
  ...['Gina', 'Hugo', 'Ida', 'Jon', 'Kim', 'Lea'],
];
const LAST_NAMES = ['Archer', 'Baker', 'Carter'];

/** A customer. */
interface Person {
  /** Its merchantAccountId, and what its orders and AutoBills are called after. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const PEOPLE: readonly Person[] = LAST_NAMES.flatMap((last) =>
  FIRST_NAMES.map((first) => {
    const id = `${first}.${last}`.toLowerCase();
    return { id, name: `${first} ${last}`, email: `${id}@example.com` };
  }),
);

/** What happens in a step. */
type Act = (unit: UnitOfWork, work: Work, person: Person) => Promise<unknown>;

/** A step of a story. @param daysAgo before the year is written */
type Step = readonly [daysAgo: number, act: Act];

/** Changes what an account is granted. */
function change(
  merchantEntitlementId: string,
  kind: (work: Work) => ChangeKind,
  note: string,
): Act {
  return async (unit, work, { id }) => {
    const account = { merchantAccountId: id };
    const wanted = { ...kind(work), account, merchantEntitlementId, note };
    await keepChange(unit, work, await foreseeChange(unit, wanted, work.now));
  };
}

/** @param days how long it lasts; absent: without end */
const grant = (entitlement: string, note: string, days?: number) =>
  change(
    entitlement,
    ({ now }) => {
      const endTimestamp = days === undefined ? undefined : now + days * DAY;
      return granting({ start: undefined, end: endTimestamp, description: undefined });
    },
    note,
  );
const revoke = (entitlement: string, note: string) => change(entitlement, () => REVOKING, note);
const extend = (entitlement: string, days: number, note: string) =>
  change(entitlement, ({ now }) => extendingTo(now + days * DAY), note);

const subscribe =
  (product: string, plan: string): Act =>
  (unit, work, { id }) =>
    saveAutoBill(
      unit,
      {
        merchantAutoBillId: `${id}/${product}`,
        account: { merchantAccountId: id },
        billingPlan: { merchantBillingPlanId: plan },
        items: [{ product: { merchantProductId: product } }],
        currency: 'EUR',
      },
      work,
    );
const stop =
  (product: string, note: string): Act =>
  async (unit, work, { id }) =>
    cancelAutoBill(unit, work, await requireAutoBill(unit, `${id}/${product}`), {
      disentitle: false,
      force: false,
      cancelReasonCode: undefined,
      note,
      refuse: conflict,
    });
const billFailed =
  (product: string): Act =>
  async (unit, work, { id }) =>
    recordFailedPayment(unit, work, await requireAutoBill(unit, `${id}/${product}`), {
      final: false,
    });
const billPaid =
  (product: string): Act =>
  async (unit, work, { id }) =>
    recordSettledPayment(unit, work, await requireAutoBill(unit, `${id}/${product}`), {});

const orderIdOf = (offer: string, { id }: Person) => `${offer}-${id}`;
const order =
  (offer: string): Act =>
  (unit, work, person) => {
    const { email, name } = person;
    const [firstname = '', last] = name.split(' ');
    const user = { email, firstname, name: last };
    return grantOffer(unit, work, {
      ...user,
      grantOffer: offer,
      orderId: orderIdOf(offer, person),
    });
  };
const ofOrder =
  (
    act: (unit: UnitOfWork, work: Work, named: { readonly orderId: string }) => Promise<unknown>,
    offer: string,
  ): Act =>
  (unit, work, person) =>
    act(unit, work, { orderId: orderIdOf(offer, person) });
const refund =
  (offer: string, note: string): Act =>
  (unit, work, person) =>
    revokeOrder(unit, work, { orderId: orderIdOf(offer, person), reason: 'refunded', note });

/** The stories; the customers have them in turn. */
const STORIES: ReadonlyArray<readonly Step[]> = [
  [
    [350, subscribe('newspaper', 'monthly')],
    [12, grant('archive', 'Thanks for your loyalty', 60)],
  ],
  [
    [330, subscribe('newspaper', 'yearly')],
    [90, stop('newspaper', 'Moves abroad')],
  ],
  [
    [200, subscribe('club', 'monthly')],
    [2, billFailed('club')],
  ],
  [
    [260, subscribe('newspaper', 'monthly')],
    [140, billFailed('newspaper')],
    [137, billPaid('newspaper')],
    [60, subscribe('club', 'monthly')],
  ],
  [
    [280, subscribe('club', 'monthly')],
    [70, billFailed('club')],
    [20, grant('club', 'Ticket 4711: paid by transfer', 40)],
  ],
  [
    [250, order('cooking')],
    [225, refund('cooking', 'Ticket 4502')],
    [110, order('wine')],
  ],
  [
    [180, order('wine')],
    [50, ofOrder(paymentFailed, 'wine')],
    [6, ofOrder(paymentFailed, 'wine')],
  ],
  [
    [160, order('cooking')],
    [75, ofOrder(paymentFailed, 'cooking')],
    [68, ofOrder(paymentFailed, 'cooking')],
    [61, ofOrder(paymentFailed, 'cooking')],
    [40, ofOrder(paymentSucceeded, 'cooking')],
  ],
  [
    [300, grant('forum', 'Won a year', 120)],
    [190, extend('forum', 60, 'Ticket 3980')],
    [100, grant('forum', 'Ticket 4611: came back')],
    [3, revoke('forum', 'Ticket 4790: insulted others')],
  ],
  [
    [240, grant('archive', 'Press')],
    [150, order('cooking')],
    [120, refund('cooking', 'Ticket 4588: by mistake')],
    [118, ofOrder(restoreOrder, 'cooking')],
    [30, subscribe('newspaper', 'yearly')],
  ],
];

/** The catalogue, made before all of it. */
async function makeCatalogue(unit: UnitOfWork, work: Work): Promise<void> {
  const plans = [
    ['monthly', 'Every month', 'Month'],
    ['yearly', 'Every year', 'Year'],
  ] as const;
  for (const [merchantBillingPlanId, description, type] of plans) {
    const periods = [{ type, quantity: 1, cycles: 0 }];
    await updateBillingPlan(unit, { merchantBillingPlanId, description, periods }, work);
  }
  const products = [
    ['newspaper', 'The newspaper', ['news', 'e-paper']],
    ['club', 'The club', ['club']],
  ] as const;
  for (const [merchantProductId, description, ids] of products) {
    const merchantEntitlementIds = ids.map((id) => ({ id }));
    const descriptions = [{ language: 'EN', description }];
    await updateProduct(unit, { merchantProductId, descriptions, merchantEntitlementIds }, work);
  }
  const offers = [
    ['cooking', 'Cooking for two', ['cooking-videos', 'recipes']],
    ['wine', 'The wine course', ['wine-videos', 'tastings']],
  ] as const;
  for (const [offerId, name, ids] of offers) {
    await addOffer(unit, work, { offerId, name, merchantEntitlementIds: [...ids] });
  }
}

const register: Act = (unit, work, { id, name, email }) =>
  saveAccount(unit, { merchantAccountId: id, emailAddress: email, name }, work);

/** A step of a customer, with its moment in UTC milliseconds. */
interface Dated {
  readonly at: number;
  readonly act: Act;
  readonly person: Person;
}

/** All steps in order of time. Each customer is some days and minutes apart from the next. */
function datedSteps(now: number): Dated[] {
  const dated = PEOPLE.flatMap((person, index) => {
    const steps = STORIES[index % STORIES.length] ?? [];
    const apart = Math.floor(index / STORIES.length) * 4;
    const [first] = steps[0] ?? [0];
    const all: readonly Step[] = [[first + 1, register], ...steps];
    return all.map(([daysAgo, act]) => {
      // What happened a few days ago stays so: payments of those days are still being tried again.
      const days = daysAgo > 14 ? daysAgo + apart : daysAgo;
      return { at: now - days * DAY - index * 17 * 60_000, act, person };
    });
  });
  return dated.sort((one, other) => one.at - other.at);
}

/**
 * Writes the year in one unit of work: all of it is there, or none. What is read meanwhile has its turn, a change waits
 * some tenths of a second.
 */
export async function writeYear(
  login: string,
  { store, timeZone }: Pick<Surroundings, 'store' | 'timeZone'>,
): Promise<void> {
  const merchant = await store.findMerchant(login);
  if (!merchant) return;
  await store.transact(merchant.id, async (unit) => {
    let count = 0;
    // Made of their number, ids are the same on every machine.
    const newId = () =>
      createHash('sha1')
        .update(`demo ${(count += 1)}`)
        .digest('hex');
    const now = Math.floor(unit.now() / 1000) * 1000;
    const workAt = (at: number): Work => {
      return { actor: merchant.login, callId: newId(), now: at, timeZone, newId };
    };
    await makeCatalogue(unit, workAt(now - 366 * DAY));
    for (const { at, act, person } of datedSteps(now)) {
      await recordDue(unit, timeZone, at);
      await act(unit, workAt(at), person);
      await unit.pause(STEP);
    }
  });
}
