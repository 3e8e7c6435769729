/** Merchants. */
import type { Part } from './subject';

export const merchants: Part = (subject) => {
  test('are found by login and listed by it', async () => {
    const { store, acme } = subject();
    expect(await store.findMerchant('acme')).toMatchObject({
      id: acme,
      login: 'acme',
      passwordHash: 'hash of acme',
    });
    expect(await store.findMerchant('ACME')).toBeUndefined();
    await store.insertMerchant({ login: 'aaa', passwordHash: '-', createdAt: 0 });
    const logins = (await store.listMerchants()).map(({ login }) => login);
    expect(logins).toEqual(['aaa', 'acme', 'rival']);
  });

  test('a login that exists → refused, and the merchant stays', async () => {
    const { store, acme } = subject();
    const again = { login: 'acme', passwordHash: 'other', createdAt: 0 };
    await expect(store.insertMerchant(again)).rejects.toMatchObject({ kind: 'refused' });
    expect(await store.findMerchant('acme')).toMatchObject({ passwordHash: 'hash of acme' });
    expect((await store.findMerchant('acme'))?.id).toBe(acme);
  });

  test('a new password takes the place of the old, of that merchant alone', async () => {
    const { store, acme } = subject();
    await store.updatePassword(acme, 'new');
    expect(await store.findMerchant('acme')).toMatchObject({ passwordHash: 'new' });
    expect(await store.findMerchant('rival')).toMatchObject({ passwordHash: 'hash of rival' });
  });

  test('limits: defaults, set for one merchant alone', async () => {
    const { store, acme, rival } = subject();
    await store.transact(acme, async ({ orders, autoBills }) => {
      await orders.updatePaymentFailureLimit(5);
      await autoBills.updateGraceDays(30);
    });
    const limitsOf = async (id: number) => {
      const { orders, autoBills } = store.reader(id);
      return [await orders.findPaymentFailureLimit(), await autoBills.findGraceDays()];
    };
    expect(await limitsOf(acme)).toEqual([5, 30]);
    expect(await limitsOf(rival)).toEqual([3, 7]);
  });

  test('ping: answered', async () => {
    await expect(Promise.resolve(subject().store.ping())).resolves.toBeUndefined();
  });
};
