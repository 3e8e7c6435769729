/** Names that begin with a text. */
import { addAccount, AT, type Part, readers, vidOf, write } from './subject';

export const search: Part = (subject) => {
  const names = async (
    by: Parameters<ReturnType<typeof readers>['mine']['search']['find']>[0],
    start: string,
    limit = 9,
  ) => {
    const { mine, theirs } = readers(subject());
    const of = async (reader: typeof mine) =>
      (await reader.search.find(by, start, limit)).map(({ name }) => name);
    expect(await of(theirs)).toEqual([]);
    return of(mine);
  };

  beforeEach(async () => {
    for (const name of ['ada', 'adam', 'bob']) {
      await addAccount(subject(), name, {
        emailAddress: `${name.toUpperCase()}@example.com`,
        externalId: `x-${name}`,
      });
    }
  });

  test('accounts by each of their names, in its order; e-mail addresses in whatever case', async () => {
    expect(await names('merchantAccountId', 'ada')).toEqual(['ada', 'adam']);
    expect(await names('merchantAccountId', 'ada', 1)).toEqual(['ada']);
    expect(await names('merchantAccountId', 'Ada')).toEqual([]);
    expect(await names('email', 'aDa')).toEqual(['ADA@example.com', 'ADAM@example.com']);
    expect(await names('externalId', 'x-b')).toEqual(['x-bob']);
    expect(await names('VID', vidOf('ad').slice(0, 4))).toEqual([vidOf('ada'), vidOf('adam')]);
    expect(await names('email', '%')).toEqual([]);
  });

  test('what an account that was merged into another was called means that one', async () => {
    const { mine } = readers(subject());
    const [bob] = await mine.search.find('merchantAccountId', 'bob', 1);
    const [ada] = await mine.search.find('merchantAccountId', 'ada', 1);
    await write(subject(), (unit) =>
      Promise.resolve(unit.mergeAccount(bob?.account?.id ?? 0, ada?.account?.id ?? 0)),
    );
    const [hit] = await mine.search.find('externalId', 'x-bob', 9);
    expect([hit?.name, hit?.account?.merchantAccountId]).toEqual(['x-bob', 'ada']);
  });

  test('orders, and what offers and products give', async () => {
    const account = await addAccount(subject(), 'eve');
    await write(subject(), async ({ orders, catalogue }) => {
      const times = { createdAt: AT, changedAt: AT };
      const order = { orderId: 'A1', accountId: account, named: true, failedPayments: 0, ...times };
      await orders.insertOrder({ ...order, state: 'active' });
      const offer = await orders.insertOffer({ offerId: 'course', name: 'C', createdAt: AT });
      await orders.replaceOfferEntitlements(offer, ['lessons', 'videos']);
      const values = { VID: vidOf('p'), merchantProductId: 'news' };
      const given = { merchantEntitlementIds: [{ id: 'letters' }] };
      await catalogue.products.insert({ ...values, ...given }, AT);
    });
    expect(await names('orderId', 'A')).toEqual(['A1']);
    const { mine } = readers(subject());
    const [order] = await mine.search.find('orderId', 'A', 9);
    expect(order?.account?.merchantAccountId).toBe('eve');
    expect(await mine.search.find('offerEntitlement', 'les', 9)).toEqual([
      { name: 'lessons', account: undefined, giver: 'course' },
    ]);
    expect(await mine.search.find('productEntitlement', 'le', 9)).toEqual([
      { name: 'letters', account: undefined, giver: 'news' },
    ]);
  });
};
