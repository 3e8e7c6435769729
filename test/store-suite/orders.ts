/** Offers and orders. */
import type { StoredLine, StoredOrder } from '../../src/store/orders';
import { addAccount, AT, grantOf, type Part, readers, record, WHOLE, write } from './subject';

type NewOrder = Partial<Omit<StoredOrder, 'id'>>;

export const orders: Part = (subject) => {
  const mine = () => readers(subject()).mine.orders;
  const theirs = () => readers(subject()).theirs.orders;
  let ada: number;
  let course: number;
  let books: number;

  const addOffer = (offerId: string) =>
    write(subject(), async (unit) =>
      unit.orders.insertOffer({ offerId, name: `The ${offerId}`, createdAt: AT }),
    );
  const addOrder = (orderId: string, more: NewOrder = {}) =>
    write(subject(), async (unit) =>
      unit.orders.insertOrder({
        orderId,
        accountId: ada,
        named: true,
        state: 'active',
        failedPayments: 0,
        createdAt: AT,
        changedAt: AT,
        ...more,
      }),
    );
  const saveLine = (order: number, offer: number, state: StoredLine['state'] = 'active') =>
    write(subject(), async (unit) =>
      unit.orders.saveLine(order, {
        offer,
        offerId: '',
        offerName: '',
        state,
        reason: state === 'revoked' ? 'refunded' : undefined,
      }),
    );
  const names = (found: readonly StoredOrder[]) => found.map(({ orderId }) => orderId);

  beforeEach(async () => {
    ada = await addAccount(subject(), 'ada', { emailAddress: 'ada@example.com' });
    course = await addOffer('course');
    books = await addOffer('books');
  });

  test('offers: found, listed as they were made, renamed, and what they hold replaced', async () => {
    await write(subject(), async (unit) => {
      await unit.orders.replaceOfferEntitlements(course, ['z', 'a']);
      await unit.orders.replaceOfferEntitlements(course, ['y', 'b']);
      await unit.orders.renameOffer(course, 'Another name');
    });
    expect(await mine().listOfferEntitlements(course, { after: '', limit: 9 })).toEqual(['b', 'y']);
    expect(await mine().listOfferEntitlements(course, { after: '', limit: 1 })).toEqual(['b']);
    expect(await mine().listOfferEntitlements(course, { after: 'b', limit: 1 })).toEqual(['y']);
    expect(await mine().hasOfferEntitlement(course, 'y')).toBe(true);
    expect(await mine().hasOfferEntitlement(course, 'z')).toBe(false);
    expect(await mine().findOffer('course')).toEqual({
      id: course,
      offerId: 'course',
      name: 'Another name',
      createdAt: AT,
    });
    expect((await mine().listOffers(WHOLE)).map(({ offerId }) => offerId)).toEqual([
      'course',
      'books',
    ]);
    expect([await theirs().findOffer('course'), await theirs().listOffers(WHOLE)]).toEqual([
      undefined,
      [],
    ]);
    await expect(addOffer('course')).rejects.toMatchObject({ kind: 'refused' });
  });

  test('orders: found by id, changed, and no id is given twice', async () => {
    const id = await addOrder('o1', { named: false });
    const found = await mine().findOrder('o1');
    expect(found).toMatchObject({ id, accountId: ada, named: false, state: 'active' });
    expect(await theirs().findOrder('o1')).toBeUndefined();
    const changed = {
      ...(found as StoredOrder),
      state: 'revoked',
      failedPayments: 2,
      changedAt: AT + 1,
    } as const;
    await write(subject(), async (unit) => unit.orders.updateOrder(changed));
    expect(await mine().findOrder('o1')).toEqual(changed);
    await expect(addOrder('o1')).rejects.toMatchObject({ kind: 'refused' });
  });

  test('listings: narrowed by account and state, going on after a row', async () => {
    const bob = await addAccount(subject(), 'bob');
    const first = await addOrder('o1');
    await addOrder('o2', { state: 'revoked' });
    await addOrder('o3', { accountId: bob });
    const list = async (more: object) =>
      names(
        await mine().listOrders({
          after: 0,
          limit: 9,
          accountId: undefined,
          state: undefined,
          ...more,
        }),
      );
    expect(await list({})).toEqual(['o1', 'o2', 'o3']);
    expect(await list({ after: first, limit: 1 })).toEqual(['o2']);
    expect(await list({ state: 'active' })).toEqual(['o1', 'o3']);
    expect(await list({ accountId: ada })).toEqual(['o1', 'o2']);
    expect(await list({ accountId: ada, state: 'revoked' })).toEqual(['o2']);
  });

  test('lines: one for each offer, by offerId; of many orders at once', async () => {
    const [one, two, none] = [await addOrder('o1'), await addOrder('o2'), await addOrder('o3')];
    await saveLine(one, course);
    await saveLine(one, books);
    await saveLine(one, course, 'revoked');
    await saveLine(two, course);
    const lines = await mine().listLines(one);
    expect(lines).toEqual([
      {
        offer: books,
        offerId: 'books',
        offerName: 'The books',
        state: 'active',
        reason: undefined,
      },
      {
        offer: course,
        offerId: 'course',
        offerName: 'The course',
        state: 'revoked',
        reason: 'refunded',
      },
    ]);
    const many = await mine().listLinesOf([one, two, none]);
    expect([many.get(one), many.get(two)?.length, many.has(none)]).toEqual([lines, 1, false]);
    expect([...(await mine().listLinesOf([one]))]).toEqual([[one, lines]]);
    expect(names(await mine().listOrdersHolding(ada, course, 9))).toEqual(['o1', 'o2']);
    expect(await theirs().listOrdersHolding(ada, course, 9)).toEqual([]);
  });

  test('walks: over the active orders of an offer, and all of an account', async () => {
    const [one, two, three] = [await addOrder('o1'), await addOrder('o2'), await addOrder('o3')];
    await saveLine(one, course);
    await saveLine(two, course, 'revoked');
    await saveLine(three, course);
    const { ofOffer, ofAccount } = mine();
    expect(await ofOffer.extent(course, WHOLE)).toEqual({ total: 2, last: three });
    expect(await ofOffer.extent(books, WHOLE)).toEqual({ total: 0, last: 0 });
    expect(await ofOffer.next(course, { after: 0, until: three, limit: 9 })).toEqual([one, three]);
    expect(await ofOffer.next(course, { after: one, until: two, limit: 9 })).toEqual([]);
    expect(await ofAccount.next(ada, { after: one, until: three, limit: 1 })).toEqual([two]);
    expect((await mine().findOrderAt(two))?.orderId).toBe('o2');
    expect(await theirs().findOrderAt(two)).toBeUndefined();
  });

  test('the first order that the server named and that gives an offer now', async () => {
    const order = { named: false };
    const [named, revoked] = [await addOrder('named'), await addOrder('made1', order)];
    const [made, later] = [await addOrder('made2', order), await addOrder('made3', order)];
    await saveLine(named, course);
    await saveLine(revoked, course, 'revoked');
    expect(await mine().findUnnamedOrder(ada, course)).toBeUndefined();
    await saveLine(later, course);
    await saveLine(made, course);
    expect((await mine().findUnnamedOrder(ada, course))?.orderId).toBe('made2');
    expect(await mine().findUnnamedOrder(ada, books)).toBeUndefined();
    expect(await theirs().findUnnamedOrder(ada, course)).toBeUndefined();
  });

  test('access: the entitlements of an order, in parts', async () => {
    await addOrder('o1');
    await addOrder('o2');
    const given = (id: string, sourceId: string) => grantOf(ada, id, { source: 'Order', sourceId });
    await record(
      subject(),
      given('z', 'o1'),
      given('a', 'o1'),
      given('a', 'o2'),
      grantOf(ada, 'a'),
    );
    const idsOf = async (orderId: string, after: string, limit: number) => {
      const found = await mine().listAccess({ accountId: ada, orderId }, { after, limit });
      return found.map(({ merchantEntitlementId }) => merchantEntitlementId);
    };
    expect(await idsOf('o1', '', 9)).toEqual(['a', 'z']);
    expect(await idsOf('o1', '', 1)).toEqual(['a']);
    expect(await idsOf('o1', 'a', 9)).toEqual(['z']);
    expect(await idsOf('o2', '', 9)).toEqual(['a']);
    expect((await mine().listHistory('o1', 0, 9)).map((row) => row.merchantEntitlementId)).toEqual([
      'z',
      'a',
    ]);
    const [line] = await mine().listHistory('o1', 0, 1);
    expect(await mine().listHistory('o1', line?.id ?? 0, 9)).toMatchObject([
      { merchantEntitlementId: 'a' },
    ]);
    expect(await theirs().listHistory('o1', 0, 9)).toEqual([]);
  });

  test('an order is given to another account with its offers, by its merchant alone', async () => {
    const { store, rival } = subject();
    const [one, two] = [await addOrder('o1'), await addOrder('o2')];
    await saveLine(one, course);
    await saveLine(one, books, 'revoked');
    await saveLine(two, course);
    const bob = await addAccount(subject(), 'bob');
    const holding = async (account: number, offer: number) =>
      names(await mine().listOrdersHolding(account, offer, 9));
    await store.transact(rival, async (unit) => unit.orders.moveOrder(one, bob));
    expect(await holding(ada, course)).toEqual(['o1', 'o2']);
    expect((await mine().findOrder('o1'))?.accountId).toBe(ada);
    await write(subject(), async (unit) => unit.orders.moveOrder(one, bob));
    expect([await holding(bob, course), await holding(bob, books)]).toEqual([['o1'], ['o1']]);
    expect([await holding(ada, course), await holding(ada, books)]).toEqual([['o2'], []]);
    const moved = { orderId: 'o1', accountId: bob, state: 'active', createdAt: AT, changedAt: AT };
    expect(await mine().findOrder('o1')).toMatchObject(moved);
  });

  test('a merger gives the orders to the other account', async () => {
    const id = await addOrder('o1');
    await saveLine(id, course);
    const bob = await addAccount(subject(), 'bob');
    await write(subject(), async (unit) => unit.mergeAccount(ada, bob));
    expect(names(await mine().listOrdersHolding(bob, course, 9))).toEqual(['o1']);
    const { users } = readers(subject()).mine;
    expect((await users.listOffersOf([bob])).get(bob)).toMatchObject([{ offerId: 'course' }]);
  });

  test('a transfer gives the orders to the other account, and leaves the first its names', async () => {
    const { store, rival } = subject();
    const { mine: all } = readers(subject());
    const byEmail = async () =>
      (await all.users.listAccountsByEmailInAnyCase('ADA@example.com', 9))?.map(({ id }) => id);
    await saveLine(await addOrder('o1'), course);
    const [bob, cleo] = [await addAccount(subject(), 'bob'), await addAccount(subject(), 'cleo')];
    const old = await addAccount(subject(), 'old');
    await write(subject(), async (unit) => {
      await unit.mergeAccount(old, ada);
      await unit.setParent(ada, 'bob');
    });
    await store.transact(rival, async (unit) => unit.transferAccount(ada, bob));
    expect(await byEmail()).toEqual([ada]);

    await write(subject(), async (unit) => unit.transferAccount(ada, bob));
    expect(names(await mine().listOrdersHolding(bob, course, 9))).toEqual(['o1']);
    expect(await mine().listOrdersHolding(ada, course, 9)).toEqual([]);
    const found = async (name: string) => (await all.findAccountByMerchantAccountId(name))?.id;
    expect([await found('ada'), await found('old')]).toEqual([ada, bob]);
    expect(await all.hasChildren('bob')).toBe(false);
    expect(await byEmail()).toEqual([bob]);

    await write(subject(), async (unit) => unit.transferAccount(bob, cleo));
    expect(await byEmail()).toEqual([cleo]);
    await write(subject(), async (unit) => unit.transferAccount(cleo, ada));
    expect(await byEmail()).toEqual([ada]);
  });
};
