/** The feed: every line of the ledger and every event, numbered for each merchant without gaps. */
import { addAccount, AT, grantOf, type Part, readers, record, vidOf, write } from './subject';

const said = { actor: 'shop', note: 'why', reason: 'other', soapId: 's1' };

export const events: Part = (subject) => {
  const listed = async (after = 0, limit = 100) =>
    (await readers(subject()).mine.events.list(after, limit)).map(
      ({ sequence, line, event }) => `${sequence} ${line?.merchantEntitlementId ?? event?.type}`,
    );

  test('lines and events share one numbering; each merchant has its own', async () => {
    const ada = await addAccount(subject(), 'ada');
    const { store, rival } = subject();
    await record(subject(), grantOf(ada, 'a'));
    await write(subject(), async (unit) => {
      await unit.events.insert({
        type: 'account.updated',
        at: AT,
        accountId: ada,
        document: {},
        ...said,
      });
      await unit.recordChange(grantOf(ada, 'b'));
    });
    await store.transact(rival, async (unit) => {
      const id = await unit.insertAccount({ VID: vidOf('r') }, AT);
      await unit.recordChange(grantOf(id, 'r'));
    });
    await record(subject(), grantOf(ada, 'c'));
    expect(await listed()).toEqual(['1 a', '2 account.updated', '3 b', '4 c']);
    expect(await listed(1, 2)).toEqual(['2 account.updated', '3 b']);
    const { mine, theirs } = readers(subject());
    expect([await mine.events.last(), await theirs.events.last()]).toEqual([4, 1]);
  });

  test('an event holds all that was said, and whose it is', async () => {
    const ada = await addAccount(subject(), 'ada');
    const event = {
      type: 'order.granted',
      at: AT + 5,
      accountId: ada,
      subject: 7,
      ...said,
    } as const;
    const document = { orderId: 'o1' };
    await write(subject(), async (unit) => {
      await unit.events.insert({ ...event, document });
      await unit.events.insert({
        type: 'account.created',
        at: AT,
        accountId: ada,
        actor: 'shop',
        soapId: undefined,
        document: undefined,
      });
    });
    const [first, second] = await readers(subject()).mine.events.list(0, 10);
    expect(first).toEqual({
      sequence: 1,
      account: {
        id: ada,
        VID: vidOf('ada'),
        merchantAccountId: 'ada',
        parentMerchantAccountId: undefined,
        mergedInto: undefined,
      },
      line: undefined,
      event: { ...event, document },
    });
    expect(second?.event).toEqual({
      type: 'account.created',
      at: AT,
      accountId: ada,
      actor: 'shop',
    });
  });

  test('an event of an endpoint has no account', async () => {
    const { mine } = readers(subject());
    const document = { id: 'e', kind: 'webhook' };
    const event = { type: 'endpoint.disabled', at: AT, ...said, document } as const;
    await write(subject(), async (unit) => unit.events.insert({ ...event, accountId: undefined }));
    expect(await mine.events.list(0, 10)).toEqual([{ sequence: 1, event }]);
  });

  test('a line comes as the ledger lists it', async () => {
    const ada = await addAccount(subject(), 'ada');
    await record(subject(), grantOf(ada, 'a', said));
    const [event] = await readers(subject()).mine.events.list(0, 10);
    for await (const row of subject().store.listLedger({})) expect(event?.line).toEqual(row);
    expect(event?.event).toBeUndefined();
  });

  test('what is rolled back leaves no number, beside units that are kept', async () => {
    const ada = await addAccount(subject(), 'ada');
    const change = (id: string, fails = false) =>
      write(subject(), async (unit) => {
        await unit.recordChange(grantOf(ada, id));
        if (fails) throw new Error('broken');
      }).catch(() => undefined);
    await Promise.all([
      change('a'),
      change('b', true),
      change('c'),
      change('d', true),
      change('e'),
    ]);
    expect(await listed()).toEqual(['1 a', '2 c', '3 e']);
  });

  test('units of two merchants in one transaction, some of them undone', async () => {
    const { store, acme, rival } = subject();
    const ada = await addAccount(subject(), 'ada');
    const bob = await store.transact(rival, async (unit) =>
      unit.insertAccount({ VID: vidOf('bob') }, AT),
    );
    const change = (account: number, ids: readonly string[], fails = false) =>
      store
        .transact(account === ada ? acme : rival, async (unit) => {
          for (const id of ids) await unit.recordChange(grantOf(account, id));
          if (fails) throw new Error('broken');
        })
        .catch(() => undefined);
    await Promise.all([
      change(ada, ['a']),
      change(ada, ['b', 'c'], true),
      change(bob, ['r']),
      change(bob, ['s'], true),
      change(ada, ['d', 'e']),
      change(bob, ['t'], true),
      change(ada, ['f'], true),
    ]);
    await change(bob, ['u'], true);
    await change(bob, ['v']);
    expect(await listed()).toEqual(['1 a', '2 d', '3 e']);
    const theirs = await readers(subject()).theirs.events.list(0, 10);
    expect(theirs.map(({ line }) => line?.merchantEntitlementId)).toEqual(['r', 'v']);
  });

  test('of an account that was merged into another, the other is named', async () => {
    const ada = await addAccount(subject(), 'ada');
    const old = await addAccount(subject(), 'old');
    await record(subject(), grantOf(old, 'a'));
    await write(subject(), async (unit) => unit.mergeAccount(old, ada));
    const [event] = await readers(subject()).mine.events.list(0, 10);
    expect(event?.account).toMatchObject({ id: old, VID: vidOf('old'), mergedInto: ada });
  });
};
