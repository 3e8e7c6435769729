/** AutoBills, what happened to them, and when they are due. */
import { startCourse } from '../../src/entitlements/subscription';
import type { StoredAutoBill } from '../../src/store/auto-bills';
import { addAccount, AT, DAY, type Part, readers, vidOf, WHOLE, write } from './subject';

export const autoBills: Part = (subject) => {
  const mine = () => readers(subject()).mine.autoBills;
  const theirs = () => readers(subject()).theirs.autoBills;
  let ada: number;

  beforeEach(async () => {
    ada = await addAccount(subject(), 'ada');
    await write(subject(), async ({ catalogue: { products, billingPlans } }) => {
      for (const name of ['news', 'books']) await products.insert({ VID: vidOf(name) }, AT);
      for (const name of ['monthly', 'yearly']) await billingPlans.insert({ VID: vidOf(name) }, AT);
    });
  });

  const itemOf = (name: string, autoBill: string) => ({
    VID: vidOf(`${autoBill}/${name}`),
    product: vidOf(name),
    from: AT,
    until: undefined,
    values: { amount: '5' },
  });
  const build = (name: string, more: Partial<StoredAutoBill> = {}): Omit<StoredAutoBill, 'id'> => ({
    VID: vidOf(name),
    merchantAutoBillId: name,
    accountId: ada,
    billingPlan: vidOf('monthly'),
    course: startCourse(AT),
    items: [itemOf('news', name)],
    values: { currency: 'EUR' },
    createdAt: AT,
    dueAt: undefined,
    ...more,
  });
  const add = (name: string, more: Partial<StoredAutoBill> = {}) =>
    write(subject(), async (unit) => unit.autoBills.insert(build(name, more)));
  const names = (found: readonly StoredAutoBill[]) => found.map((one) => one.merchantAutoBillId);

  test('kept whole, and found by each name, by its merchant alone', async () => {
    const course = {
      ...startCourse(AT),
      moved: { period: 2, at: AT + DAY },
      delayedDays: 3,
      cancelledAt: AT + 1,
      endsAt: AT + 2,
      retrySince: AT + 3,
      graceUntil: AT + 4,
      failedAt: AT + 5,
    };
    const items = [itemOf('books', 'a'), { ...itemOf('news', 'a'), until: AT + 9 }];
    const kept = build('a', { course, items, dueAt: AT + 2 });
    const id = await add('a', kept);
    await add('b');
    expect(await mine().find(id)).toEqual({ id, ...kept });
    expect(await mine().findByVid(vidOf('a'))).toEqual({ id, ...kept });
    expect(await mine().findByMerchantAutoBillId('a')).toEqual({ id, ...kept });
    const many = await mine().findByVids([vidOf('a'), vidOf('b'), vidOf('none')]);
    expect([many.size, many.get(vidOf('a'))]).toEqual([2, { id, ...kept }]);
    expect([...(await mine().findByVids([vidOf('a')])).values()]).toEqual([{ id, ...kept }]);
    expect([
      await theirs().find(id),
      await theirs().findByVid(vidOf('a')),
      await theirs().findByMerchantAutoBillId('a'),
      (await theirs().findByVids([vidOf('a'), vidOf('b')])).size,
    ]).toEqual([undefined, undefined, undefined, 0]);
  });

  test('an update replaces all but the VID; two of one name → refused', async () => {
    const id = await add('a');
    const changed: StoredAutoBill = {
      ...build('a'),
      id,
      billingPlan: vidOf('yearly'),
      items: [itemOf('books', 'a')],
      values: { currency: 'USD' },
    };
    await write(subject(), async (unit) => unit.autoBills.update(changed));
    expect(await mine().find(id)).toEqual(changed);
    await expect(add('x', { merchantAutoBillId: 'a' })).rejects.toMatchObject({ kind: 'refused' });
  });

  test('walks: over those of an account, a plan and a product, each once', async () => {
    const z = await add('z', { items: [itemOf('news', 'z'), itemOf('news', 'z2')] });
    const a = await add('a', { billingPlan: vidOf('yearly') });
    const { products, billingPlans } = readers(subject()).mine.catalogue;
    const news = (await products.findByVid(vidOf('news')))?.id ?? 0;
    const monthly = (await billingPlans.findByVid(vidOf('monthly')))?.id ?? 0;
    const whole = { after: 0, until: a, limit: 9 };
    expect(await mine().ofProduct.next(news, whole)).toEqual([z, a]);
    expect(await mine().ofProduct.next(news, { ...whole, after: z })).toEqual([a]);
    expect((await mine().ofProduct.extent(news, WHOLE)).last).toBe(a);
    expect(await mine().ofBillingPlan.next(monthly, whole)).toEqual([z]);
    const bob = await addAccount(subject(), 'bob');
    await add('b', { accountId: bob, billingPlan: vidOf('yearly') });
    expect(await mine().ofAccount.next(ada, { ...whole, until: 999 })).toEqual([z, a]);
    expect(await mine().ofAccount.next(ada, { ...whole, until: z })).toEqual([z]);
    expect(await mine().ofAccount.extent(ada, WHOLE)).toEqual({ total: 2, last: a });
    expect(await mine().ofBillingPlan.extent(monthly, WHOLE)).toEqual({ total: 1, last: z });
  });

  test('listings: of an account, in the order in which they were made', async () => {
    const bob = await addAccount(subject(), 'bob');
    await add('z', { items: [itemOf('news', 'z'), itemOf('books', 'z')] });
    await add('a', { billingPlan: vidOf('yearly') });
    await add('m', { accountId: bob });
    expect(names(await mine().listByAccount(ada, { after: 0, limit: 99 }))).toEqual(['z', 'a']);
    expect((await mine().listByAccount(ada, { after: 0, limit: 99 }))[0]?.items).toHaveLength(2);
    expect(await theirs().listByAccount(ada, { after: 0, limit: 99 })).toEqual([]);
    await write(subject(), async (unit) => unit.mergeAccount(ada, bob));
    expect(names(await mine().listByAccount(bob, { after: 0, limit: 99 }))).toEqual([
      'z',
      'a',
      'm',
    ]);
    await write(subject(), async (unit) => unit.transferAccount(bob, ada));
    expect(names(await mine().listByAccount(ada, { after: 0, limit: 99 }))).toEqual([
      'z',
      'a',
      'm',
    ]);
  });

  test('changed: each once by its first event of the types, in pages that stay', async () => {
    const [a, b] = [await add('a'), await add('b')];
    const note = (autoBill: number, type: 'CANCELLATION' | 'MODIFICATION', at: number) =>
      write(subject(), async (unit) => unit.autoBills.insertEvent({ autoBill, type, at }));
    await note(b, 'MODIFICATION', AT + 1);
    await note(a, 'CANCELLATION', AT + 2);
    await note(b, 'CANCELLATION', AT + 3);
    const span = { from: AT, until: AT + 9 };
    const page = { page: 0, pageSize: 9 };
    const both = ['MODIFICATION', 'CANCELLATION'] as const;
    expect(names(await mine().listChanged(span, both, page))).toEqual(['b', 'a']);
    expect(names(await mine().listChanged(span, ['CANCELLATION'], page))).toEqual(['a', 'b']);
    expect(names(await mine().listChanged({ from: AT + 2, until: AT + 3 }, both, page))).toEqual([
      'a',
    ]);
    expect(await theirs().listChanged(span, both, page)).toEqual([]);
    expect(names(await mine().listChanged(span, both, { page: 0, pageSize: 1 }))).toEqual(['b']);
    await note(b, 'MODIFICATION', AT + 4);
    expect(names(await mine().listChanged(span, both, { page: 1, pageSize: 1 }))).toEqual(['a']);
    expect(await mine().listChanged(span, both, { page: 2, pageSize: 1 })).toEqual([]);
  });

  test('due: the earliest first, up to now, within the limit', async () => {
    await add('later', { dueAt: AT + 3 });
    await add('soon', { dueAt: AT + 1 });
    await add('never');
    expect(names(await mine().listDue(AT + 2, 9))).toEqual(['soon']);
    expect(names(await mine().listDue(AT + 3, 9))).toEqual(['soon', 'later']);
    expect(names(await mine().listDue(AT + 3, 1))).toEqual(['soon']);
    expect(await theirs().listDue(AT + 3, 9)).toEqual([]);
  });
};
