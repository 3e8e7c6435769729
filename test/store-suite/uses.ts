/** How many accounts have something of the catalogue. */
import { type Course, startCourse } from '../../src/entitlements/subscription';
import { addAccount, AT, type Part, readers, vidOf, write } from './subject';

export const uses: Part = (subject) => {
  const count = (...args: Parameters<ReturnType<typeof readers>['mine']['uses']['count']>) =>
    readers(subject()).mine.uses.count(...args);
  let news: number;
  let monthly: number;
  let accounts: number[];

  beforeEach(async () => {
    accounts = [];
    for (const name of ['ada', 'bob', 'eve']) accounts.push(await addAccount(subject(), name));
    await write(subject(), async ({ catalogue: { products, billingPlans } }) => {
      news = await products.insert({ VID: vidOf('news') }, AT);
      monthly = await billingPlans.insert({ VID: vidOf('monthly') }, AT);
    });
  });

  const addAutoBill = (name: string, account: number, more: Partial<Course> = {}, items = 1) =>
    write(subject(), async (unit) =>
      unit.autoBills.insert({
        VID: vidOf(name),
        merchantAutoBillId: name,
        accountId: accounts[account] ?? 0,
        billingPlan: vidOf('monthly'),
        course: { ...startCourse(AT), ...more },
        items: Array.from({ length: items }, (_none, place) => ({
          VID: vidOf(`${name}/${place}`),
          product: vidOf('news'),
          from: AT,
          until: undefined,
          values: {},
        })),
        values: {},
        createdAt: AT,
        dueAt: undefined,
      }),
    );

  test('of products and plans: each account once, those that are over not at all', async () => {
    await addAutoBill('a', 0, {}, 2);
    await addAutoBill('b', 0);
    await addAutoBill('c', 1, { cancelledAt: AT, endsAt: AT + 9 });
    await addAutoBill('d', 2, { cancelledAt: AT });
    await addAutoBill('e', 2, { failedAt: AT });
    await addAutoBill('f', 2, { cancelledAt: AT, endsAt: AT });
    await addAutoBill('g', 2, { retrySince: AT - 9, graceUntil: AT });
    expect(await count('product', news, AT, 99)).toEqual({ accounts: 2, isCut: false });
    expect(await count('billingPlan', monthly, AT, 99)).toEqual({ accounts: 2, isCut: false });
    expect(await count('billingPlan', monthly, AT + 9, 99)).toEqual({ accounts: 1, isCut: false });
    expect(await count('billingPlan', monthly, AT, 7)).toEqual({ accounts: 2, isCut: false });
    expect(await count('billingPlan', monthly, AT, 6)).toEqual({
      accounts: expect.any(Number) as unknown,
      isCut: true,
    });
    expect(await count('product', news + 999, AT, 99)).toEqual({ accounts: 0, isCut: false });
  });

  test('of offers: each account with an active order of it', async () => {
    const course = await write(subject(), async ({ orders }) => {
      const offer = await orders.insertOffer({ offerId: 'course', name: 'C', createdAt: AT });
      const states = ['active', 'active', 'revoked', 'active'] as const;
      for (const [index, state] of states.entries()) {
        const accountId = accounts[Math.min(index, 2)] ?? 0;
        const times = { createdAt: AT, changedAt: AT, failedPayments: 0, named: true };
        const order = { orderId: `A${index}`, accountId, state, ...times };
        const line = { offer, offerId: '', offerName: '', state, reason: undefined };
        await orders.saveLine(await orders.insertOrder(order), line);
      }
      return offer;
    });
    expect(await count('offer', course, AT, 99)).toEqual({ accounts: 3, isCut: false });
    expect(await count('offer', course, AT, 2)).toEqual({ accounts: 2, isCut: true });
  });
};
