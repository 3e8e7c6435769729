/** Accounts, and what is kept of them in parts. */
import { addAccount, AT, FIRST, type Part, readers, vidOf, write } from './subject';

const names = (accounts: ReadonlyArray<{ merchantAccountId?: string | undefined }>) =>
  accounts.map(({ merchantAccountId }) => merchantAccountId);

const all = <Row>(lists: ReadonlyArray<readonly [number, Row[]]>) => ({
  lists: new Map(lists),
  left: [],
});

export const accounts: Part = (subject) => {
  const { mine, theirs } = {
    mine: () => readers(subject()).mine,
    theirs: () => readers(subject()).theirs,
  };

  test('are found by each of their names, by their merchant alone', async () => {
    const id = await addAccount(subject(), 'ada', {
      externalId: 'x1',
      emailAddress: 'ada@example.com',
      warnBeforeAutobilling: false,
    });
    const found = [
      await mine().findAccount(id),
      await mine().findAccountByVid(vidOf('ada')),
      await mine().findAccountByMerchantAccountId('ada'),
      await mine().findAccountByExternalId('x1'),
      ...(await mine().listAccountsByEmail('ada@example.com', FIRST)),
      (await mine().findAccounts([id])).get(id),
    ];
    for (const account of found) {
      expect(account).toMatchObject({ id, VID: vidOf('ada'), warnBeforeAutobilling: false });
    }
    expect([
      await theirs().findAccount(id),
      await theirs().findAccountByVid(vidOf('ada')),
      await theirs().findAccountByMerchantAccountId('ada'),
      await theirs().findAccountByExternalId('x1'),
    ]).toEqual([undefined, undefined, undefined, undefined]);
    expect(await theirs().listAccountsByEmail('ada@example.com', FIRST)).toEqual([]);
    expect((await theirs().findAccounts([id, id + 1])).size).toBe(0);
  });

  test('two of one merchant with one merchantAccountId or one VID → refused', async () => {
    const { acme, store, rival } = subject();
    await addAccount(subject(), 'ada');
    const insert = (merchant: number, name: string, merchantAccountId: string) =>
      store.transact(merchant, async (unit) =>
        unit.insertAccount({ VID: vidOf(name), merchantAccountId }, AT),
      );
    await expect(insert(acme, 'other', 'ada')).rejects.toMatchObject({ kind: 'refused' });
    await expect(insert(acme, 'ada', 'x')).rejects.toMatchObject({ kind: 'refused' });
    await expect(insert(rival, 'theirs', 'ada')).resolves.toBeGreaterThan(0);
  });

  test('an update sets what is given, of the merchant’s own', async () => {
    const { store, rival } = subject();
    const id = await addAccount(subject(), 'ada', { name: 'Ada', company: 'A' });
    await store.transact(rival, async (unit) => unit.updateAccount(id, { name: 'Eve' }, AT));
    expect(await mine().findAccount(id)).toMatchObject({ name: 'Ada' });
    await write(subject(), async (unit) => unit.updateAccount(id, { name: 'Countess' }, AT));
    expect(await mine().findAccount(id)).toMatchObject({ name: 'Countess', company: 'A' });
  });

  test('children: found by their parent’s name, until they have none', async () => {
    const child = await addAccount(subject(), 'child', { parentMerchantAccountId: 'ada' });
    const second = await addAccount(subject(), 'second', { parentMerchantAccountId: 'ada' });
    expect(names(await mine().listChildren('ada', { after: 0, limit: 99 }))).toEqual([
      'child',
      'second',
    ]);
    expect(await theirs().listChildren('ada', { after: 0, limit: 99 })).toEqual([]);
    expect([await mine().hasChildren('ada'), await mine().hasChildren('child')]).toEqual([
      true,
      false,
    ]);
    expect(await theirs().hasChildren('ada')).toBe(false);
    const walked = await write(subject(), async ({ erasures }) => {
      const walk = erasures.ofChildren('ada');
      const all = { after: 0, until: second, limit: 9 };
      return [
        await walk.extent(0, all),
        await walk.next(0, all),
        await walk.next(0, { ...all, after: child }),
        await walk.next(0, { ...all, until: child }),
      ];
    });
    const whole = { total: 2, last: second };
    expect(walked).toEqual([whole, [child, second], [second], [child]]);
    await write(subject(), async (unit) => unit.setParent(child, undefined));
    expect(names(await mine().listChildren('ada', { after: 0, limit: 99 }))).toEqual(['second']);
  });

  test('transferred: those that gave what one has are walked over', async () => {
    const [a, b] = [await addAccount(subject(), 'a'), await addAccount(subject(), 'b')];
    const [c, d] = [await addAccount(subject(), 'c'), await addAccount(subject(), 'd')];
    for (const [source, target] of [
      [a, c],
      [b, c],
      [c, d],
    ] as const) {
      await write(subject(), async (unit) => unit.transferAccount(source, target));
    }
    const walked = (subjectOf: number) =>
      write(subject(), async ({ erasures: { ofTransferred } }) => [
        await ofTransferred.extent(subjectOf, { after: 0, limit: 9 }),
        await ofTransferred.next(subjectOf, { after: a, until: d, limit: 9 }),
      ]);
    expect(await walked(c)).toEqual([{ total: 0, last: 0 }, []]);
    expect(await walked(d)).toEqual([{ total: 3, last: c }, [b, c]]);
  });

  test('merged: every name means the other, also through a second merger', async () => {
    const [a, b, c] = [
      await addAccount(subject(), 'a', { externalId: 'xa', emailAddress: 'a@example.com' }),
      await addAccount(subject(), 'b'),
      await addAccount(subject(), 'c'),
    ];
    await write(subject(), async (unit) => unit.mergeAccount(a, b));
    await write(subject(), async (unit) => unit.mergeAccount(b, c));
    const found = [
      await mine().findAccountByMerchantAccountId('a'),
      await mine().findAccountByVid(vidOf('b')),
      await mine().findAccountByExternalId('xa'),
      ...((await mine().users.listAccountsByEmailInAnyCase('A@example.com', 9)) ?? []),
    ];
    expect(found.map((account) => account?.id)).toEqual([c, c, c, c]);
    expect(await mine().listAccountsByEmail('a@example.com', FIRST)).toEqual([]);
    expect(names(await mine().listAccountsCreated({ from: 0, until: AT + 1 }, PAGE))).toEqual([
      'c',
    ]);
  });

  const PAGE = { page: 0, pageSize: 10 };

  test('created: those of a span in order, and pages that stay while others are made', async () => {
    for (let index = 0; index < 5; index += 1) {
      await addAccount(subject(), `n${index}`, {}, AT + index);
    }
    const span = { from: AT + 1, until: AT + 4 };
    expect(names(await mine().listAccountsCreated(span, PAGE))).toEqual(['n1', 'n2', 'n3']);
    expect(await theirs().listAccountsCreated(span, PAGE)).toEqual([]);
    const page = async (number: number) =>
      names(
        await mine().listAccountsCreated({ ...span, until: AT + 9 }, { page: number, pageSize: 2 }),
      );
    expect(await page(0)).toEqual(['n1', 'n2']);
    await addAccount(subject(), 'late', {}, AT + 8);
    expect([await page(1), await page(2), await page(7)]).toEqual([['n3', 'n4'], ['late'], []]);
    expect(await page(0)).toEqual(['n1', 'n2']);
  });

  test('parts: saved, replaced and merged, one by one and many at once', async () => {
    const [a, b] = [await addAccount(subject(), 'a'), await addAccount(subject(), 'b')];
    await write(subject(), async (unit) => {
      await unit.saveAddress(a, { addr1: 'Old street', city: 'London' });
      await unit.saveAddress(a, { addr1: 'New street' });
      for (const [name, value] of [
        ['z', '1'],
        ['a', '2'],
        ['z', '3'],
      ] as const) {
        await unit.saveNameValue(a, { name, value });
      }
      await unit.replaceTaxExemptions(a, [{ region: 'DE', exemptionId: '1', active: true }]);
      const after = [
        { region: 'FR', exemptionId: '2', active: false },
        { exemptionId: '3', active: true },
      ];
      await unit.replaceTaxExemptions(a, after);
    });
    const address = await mine().findAddress(a);
    expect([address?.addr1, address?.city]).toEqual(['New street', undefined]);
    const pairs = [
      { name: 'a', value: '2' },
      { name: 'z', value: '3' },
    ];
    expect(await mine().listNameValues(a)).toEqual(pairs);
    const exemptions = [
      { region: 'FR', exemptionId: '2', active: false },
      { region: undefined, exemptionId: '3', active: true },
    ];
    expect(await mine().listTaxExemptions(a)).toEqual(exemptions);
    for (const ids of [[a], [a, b]]) {
      expect([...(await mine().findAddresses(ids))]).toEqual([[a, address]]);
      expect(await mine().listNameValuesOf(ids, 2)).toEqual(all([[a, pairs]]));
      expect(await mine().listTaxExemptionsOf(ids, 2)).toEqual(all([[a, exemptions]]));
    }
    expect(await mine().listNameValuesOf([], 2)).toEqual(all([]));
    expect(await mine().listNameValuesOf([a, b], 1)).toEqual({ lists: new Map(), left: [a, b] });
    expect(await mine().findAddress(b)).toBeUndefined();
  });

  test('name–value pairs: one is deleted, of one account', async () => {
    const [a, b] = [await addAccount(subject(), 'a'), await addAccount(subject(), 'b')];
    await write(subject(), async (unit) => {
      for (const id of [a, b]) {
        await unit.saveNameValue(id, { name: 'tier', value: 'gold' });
        await unit.saveNameValue(id, { name: 'zone', value: '1' });
      }
      await unit.deleteNameValue(a, 'tier');
      await unit.deleteNameValue(a, 'Zone');
    });
    const zone = { name: 'zone', value: '1' };
    expect(await mine().listNameValues(a)).toEqual([zone]);
    expect(await mine().listNameValues(b)).toEqual([{ name: 'tier', value: 'gold' }, zone]);
  });
};
