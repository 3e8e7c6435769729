/** The catalogue: products and billing plans. */
import { AT, type Part, readers, vidOf, WHOLE, write } from './subject';

const product = (name: string, more: object = {}) => ({
  VID: vidOf(name),
  merchantProductId: name,
  status: 'Active' as const,
  ...more,
});

export const catalogue: Part = (subject) => {
  const mine = () => readers(subject()).mine.catalogue;
  const theirs = () => readers(subject()).theirs.catalogue;
  const add = (name: string, more: object = {}) =>
    write(subject(), async (unit) => unit.catalogue.products.insert(product(name, more), AT));
  const names = (found: ReadonlyArray<{ values: { merchantProductId?: string | undefined } }>) =>
    found.map(({ values }) => values.merchantProductId);

  test('found by VID and by the merchant’s name, one by one and many at once', async () => {
    const id = await add('news', { nameValues: [{ name: 'a', value: '1' }] });
    await add('books');
    const found = await mine().products.findByVid(vidOf('news'));
    expect(found).toMatchObject({ id, values: product('news') });
    expect(found?.values.nameValues).toEqual([{ name: 'a', value: '1' }]);
    expect(await mine().products.findByMerchantId('news')).toEqual(found);
    const vids = [vidOf('news'), vidOf('books'), vidOf('none')];
    const many = await mine().products.findByVids(vids);
    expect([many.size, many.get(vidOf('news'))]).toEqual([2, found]);
    expect([...(await mine().products.findByVids([vidOf('news')])).values()]).toEqual([found]);
    expect(await theirs().products.findByVid(vidOf('news'))).toBeUndefined();
    expect((await theirs().products.findByVids(vids)).size).toBe(0);
    expect(await mine().billingPlans.findByVid(vidOf('news'))).toBeUndefined();
  });

  test('an update replaces all but the VID', async () => {
    const id = await add('news', { merchantEntitlementIds: [{ id: 'old' }] });
    const values = { merchantProductId: 'paper', merchantEntitlementIds: [{ id: 'new' }] };
    await write(subject(), async (unit) => unit.catalogue.products.update(id, values));
    expect(await mine().products.findByMerchantId('news')).toBeUndefined();
    const found = await mine().products.findByMerchantId('paper');
    expect(found?.values).toMatchObject({ VID: vidOf('news'), ...values });
    expect(await mine().products.listByEntitlementId('old', WHOLE)).toEqual([]);
    expect(names(await mine().products.listByEntitlementId('new', WHOLE))).toEqual(['paper']);
  });

  test('two with one name → refused; another merchant may have it', async () => {
    const { store, rival } = subject();
    await add('news');
    const again = write(subject(), async (unit) =>
      unit.catalogue.products.insert({ ...product('news'), VID: vidOf('x') }, AT),
    );
    await expect(again).rejects.toMatchObject({ kind: 'refused' });
    const insert = { ...product('news'), VID: vidOf('theirs') };
    await store.transact(rival, async (unit) => unit.catalogue.products.insert(insert, AT));
    expect(await theirs().products.findByMerchantId('news')).toBeDefined();
  });

  test('listings in the order in which they were made: pages, of a status, of an id', async () => {
    await add('z');
    await add('m', { status: 'Suspended', merchantEntitlementIds: [{ id: 'e' }] });
    await add('a', { merchantEntitlementIds: [{ id: 'e' }, { id: 'e' }] });
    const page = async (number: number, pageSize: number) =>
      (await mine().products.findFirst({ page: number, pageSize }))?.values.merchantProductId;
    expect([await page(0, 2), await page(1, 2), await page(2, 2)]).toEqual(['z', 'a', undefined]);
    expect(await page(1, 1)).toBe('m');
    expect(names(await mine().products.listAll(WHOLE))).toEqual(['z', 'm', 'a']);
    expect(names(await mine().products.listByStatus('Active', WHOLE))).toEqual(['z', 'a']);
    expect(names(await mine().products.listByEntitlementId('e', WHOLE))).toEqual(['m', 'a']);
    expect(await theirs().products.listAll(WHOLE)).toEqual([]);
    expect(await theirs().products.listByEntitlementId('e', WHOLE)).toEqual([]);
  });

  test('billing plans are kept alike', async () => {
    const plan = { VID: vidOf('plan'), merchantBillingPlanId: 'monthly' };
    await write(subject(), async (unit) => unit.catalogue.billingPlans.insert(plan, AT));
    expect((await mine().billingPlans.findByMerchantId('monthly'))?.values).toMatchObject(plan);
    expect(await mine().products.findByMerchantId('monthly')).toBeUndefined();
  });
};
