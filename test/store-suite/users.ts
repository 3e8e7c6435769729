/** Users: accounts that have an e-mail address, and what their orders give them. */
import { addAccount, AT, type Part, readers, write } from './subject';

export const users: Part = (subject) => {
  const mine = () => readers(subject()).mine.users;
  const theirs = () => readers(subject()).theirs.users;
  const addUser = (name: string) =>
    addAccount(subject(), name, { emailAddress: `${name}@example.com` });

  /** Gives a user offers by an order. */
  const sell = (
    accountId: number,
    orderId: string,
    lines: Record<string, 'active' | 'revoked' | 'removed'>,
  ) =>
    write(subject(), async ({ orders }) => {
      const order = await orders.insertOrder({
        orderId,
        accountId,
        named: true,
        state: 'active',
        failedPayments: 0,
        createdAt: AT,
        changedAt: AT,
      });
      for (const [offerId, state] of Object.entries(lines)) {
        const known = await orders.findOffer(offerId);
        const offer =
          known?.id ?? (await orders.insertOffer({ offerId, name: offerId, createdAt: AT }));
        await orders.saveLine(order, {
          offer,
          offerId,
          offerName: offerId,
          state,
          reason: undefined,
        });
      }
    });

  test('are found by address in any case, by their merchant alone', async () => {
    const ada = await addUser('ada');
    const found = await mine().listAccountsByEmailInAnyCase('ADA@Example.com', 9);
    expect(found?.map(({ id }) => id)).toEqual([ada]);
    expect(await theirs().listAccountsByEmailInAnyCase('ada@example.com', 9)).toEqual([]);
  });

  test('profiles: saved, replaced, found one by one and many at once', async () => {
    const [ada, bob] = [await addUser('ada'), await addUser('bob')];
    const save = (firstname: string, deletedAt?: number) =>
      write(subject(), async (unit) =>
        unit.users.saveProfile(ada, { firstname, lastname: undefined, deletedAt }),
      );
    await save('A');
    await save('Ada', AT);
    const profile = { firstname: 'Ada', lastname: undefined, deletedAt: AT };
    expect(await mine().findProfile(ada)).toEqual(profile);
    for (const ids of [[ada], [ada, bob]]) {
      expect([...(await mine().findProfiles(ids))]).toEqual([[ada, profile]]);
    }
    expect(await mine().findProfile(bob)).toBeUndefined();
  });

  test('listings: users with access, by any offer or by one; deleted ones are not listed', async () => {
    const [ada, bob, eve] = [await addUser('ada'), await addUser('bob'), await addUser('eve')];
    await addAccount(subject(), 'without-address');
    await sell(ada, 'o1', { course: 'active', books: 'revoked' });
    await sell(bob, 'o2', { books: 'active' });
    const course = (await readers(subject()).mine.orders.findOffer('course'))?.id;
    const books = (await readers(subject()).mine.orders.findOffer('books'))?.id;
    const list = async (more: object) => {
      const filter = { after: 0, limit: 9, offer: undefined, active: undefined, ...more };
      const { users } = await mine().listUsers(filter);
      return users.map(({ merchantAccountId }) => merchantAccountId);
    };
    expect(await list({})).toEqual(['ada', 'bob', 'eve']);
    expect(await list({ after: ada, limit: 1 })).toEqual(['bob']);
    expect(await list({ active: true })).toEqual(['ada', 'bob']);
    expect(await list({ active: false })).toEqual(['eve']);
    expect(await list({ offer: course })).toEqual(['ada']);
    expect(await list({ offer: books, active: true })).toEqual(['bob']);
    expect(await list({ offer: books, active: false })).toEqual(['ada']);
    expect(
      await theirs().listUsers({ after: 0, limit: 9, offer: undefined, active: undefined }),
    ).toEqual({ users: [], last: undefined });
    const profile = { firstname: undefined, lastname: undefined, deletedAt: AT };
    await write(subject(), async (unit) => unit.users.saveProfile(eve, profile));
    expect(await list({})).toEqual(['ada', 'bob']);
  });

  test('listings: as many users are looked at as asked for, whether they are listed or not', async () => {
    const ada = await addUser('ada');
    const eve = await addUser('eve');
    const bob = await addUser('bob');
    const profile = { firstname: undefined, lastname: undefined, deletedAt: AT };
    await write(subject(), async (unit) => unit.users.saveProfile(eve, profile));
    for (const order of ['o1', 'o2', 'o3']) await sell(ada, order, { course: 'revoked' });
    await sell(bob, 'o4', { course: 'active' });
    const course = (await readers(subject()).mine.orders.findOffer('course'))?.id;
    const part = async (more: object) => {
      const filter = { after: 0, limit: 2, offer: undefined, active: undefined, ...more };
      const { users, last } = await mine().listUsers(filter);
      return [...users.map(({ id }) => id), 'last', last];
    };
    expect(await part({})).toEqual([ada, 'last', eve]);
    expect(await part({ after: eve })).toEqual([bob, 'last', undefined]);
    expect(await part({ active: true })).toEqual(['last', eve]);
    expect(await part({ offer: course, active: true })).toEqual([bob, 'last', bob]);
    expect(await part({ offer: course, limit: 1 })).toEqual([ada, 'last', ada]);
    expect(await part({ offer: course, after: bob })).toEqual(['last', undefined]);
  });

  test('offers of users: each once, active by any order, in the order of the first; none removed', async () => {
    const [ada, bob] = [await addUser('ada'), await addUser('bob')];
    await sell(ada, 'o1', { course: 'revoked', gone: 'removed' });
    await sell(ada, 'o2', { books: 'active', course: 'active' });
    await sell(ada, 'o3', { books: 'revoked', atlas: 'revoked' });
    await sell(bob, 'o4', { course: 'revoked' });
    const held = await mine().listOffersOf([ada, bob]);
    const shown = (id: number) =>
      held.get(id)?.map(({ offerId, active }) => `${offerId} ${active ? 'active' : 'inactive'}`);
    expect(shown(ada)).toEqual(['course active', 'books active', 'atlas inactive']);
    expect(shown(bob)).toEqual(['course inactive']);
    expect((await mine().listOffersOf([bob])).get(bob)).toEqual(held.get(bob));
  });

  test('offers of a user with many orders, beside another', async () => {
    const [ada, bob] = [await addUser('ada'), await addUser('bob')];
    await sell(ada, 'o1', { course: 'revoked', gone: 'removed' });
    await sell(bob, 'o2', { atlas: 'active' });
    await sell(ada, 'o3', { books: 'revoked' });
    const offer = await mine().listOffersOf([ada]);
    expect(offer.get(ada)?.map(({ offerId }) => offerId)).toEqual(['course', 'books']);
    const { orders } = readers(subject()).mine;
    const course = await orders.findOffer('course');
    const atlas = await orders.findOffer('atlas');
    await write(subject(), async (unit) => {
      for (let n = 0; n < 5001; n += 1) {
        const order = { orderId: `many-${n}`, accountId: ada, named: true, failedPayments: 0 };
        const stored = { ...order, state: 'active' as const, createdAt: AT, changedAt: AT };
        const id = await unit.orders.insertOrder(stored);
        const held = n === 5000 ? atlas : course;
        const line = { offer: held?.id ?? 0, offerId: '', offerName: '', reason: undefined };
        await unit.orders.saveLine(id, { ...line, state: 'active' });
      }
    });
    const held = await mine().listOffersOf([ada, bob, bob + 99]);
    const shown = [...held].map(([id, list]) => [
      id,
      list.map(({ offerId, offerName, active }) => [offerId, offerName, active]),
    ]);
    expect(shown).toEqual([
      [
        ada,
        [
          ['course', 'course', true],
          ['books', 'books', false],
          ['atlas', 'atlas', true],
        ],
      ],
      [bob, [['atlas', 'atlas', true]]],
    ]);
  });
};
