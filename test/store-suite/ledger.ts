/** The ledger: one line with each change, in their order, and how it is listed. */
import type { SearchedLine } from '../../src/store/audit';
import { collect } from '../harness/collect';
import { addAccount, AT, DAY, grantOf, type Part, readers, record, vidOf, write } from './subject';

const OPEN = { start: AT, end: undefined, description: undefined };

export const ledger: Part = (subject) => {
  const idsOf = async (options: Parameters<ReturnType<typeof subject>['store']['listLedger']>[0]) =>
    (await collect(subject().store.listLedger(options))).map((row) => row.merchantEntitlementId);

  test('a line holds all that its change said', async () => {
    const ada = await addAccount(subject(), 'ada');
    const after = { start: AT, end: AT + DAY, description: 'A gift' };
    const said = { actor: 'shop', note: 'why', reason: 'other', soapId: 's1', at: AT + 5 };
    await record(
      subject(),
      grantOf(ada, 'news'),
      grantOf(ada, 'news', { before: OPEN, after, ...said }),
    );
    const [first, second] = await collect(subject().store.listLedger({}));
    expect(first?.before).toBeUndefined();
    expect(second).toEqual({
      id: (first?.id ?? 0) + 1,
      merchant: 'acme',
      VID: vidOf('ada'),
      merchantAccountId: 'ada',
      action: 'grant',
      merchantEntitlementId: 'news',
      source: 'Account',
      sourceId: '',
      before: { start: AT },
      after,
      ...said,
    });
    expect(await subject().store.lastLedgerLine()).toBe(second?.id);
  });

  test('the last lines are searched for entitlement ids and calls, part by part', async () => {
    const ada = await addAccount(subject(), 'ada');
    await record(
      subject(),
      grantOf(ada, 'a-1', { soapId: 'c1' }),
      grantOf(ada, 'b'),
      grantOf(ada, 'a-2'),
    );
    const { mine, theirs } = readers(subject());
    const isWanted = (line: SearchedLine) => line.merchantEntitlementId.startsWith('a-');
    const first = await mine.audit.searchBack(isWanted, undefined, 2);
    expect(first.lines.map((line) => line.merchantEntitlementId)).toEqual(['a-2']);
    const second = await mine.audit.searchBack(isWanted, first.before, 2);
    expect(second.lines.map((line) => line.merchantEntitlementId)).toEqual(['a-1']);
    expect(second.before).toBeUndefined();
    const lines = [...first.lines, ...second.lines].map(({ id }) => id);
    const found = await mine.audit.findLines(lines);
    expect(lines.map((id) => found.get(id)?.merchantEntitlementId)).toEqual(['a-2', 'a-1']);
    expect([first.lines[0]?.soapId, second.lines[0]?.soapId]).toEqual([undefined, 'c1']);
    expect(await theirs.audit.searchBack(isWanted, undefined, 2)).toMatchObject({ lines: [] });
  });

  test('a change that is rolled back leaves no line, and takes no number of the feed', async () => {
    const ada = await addAccount(subject(), 'ada');
    await record(subject(), grantOf(ada, 'a'));
    const broken = write(subject(), async (unit) => {
      await unit.recordChange(grantOf(ada, 'b'));
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    await record(subject(), grantOf(ada, 'c'));
    const [a, c] = await collect(subject().store.listLedger({}));
    expect([a?.merchantEntitlementId, c?.merchantEntitlementId]).toEqual(['a', 'c']);
    expect(c?.id).toBeGreaterThan(a?.id ?? 0);
    expect(await readers(subject()).mine.events.last()).toBe(2);
  });

  test('for the operator: narrowed by merchant, account, order and span', async () => {
    const { store, rival } = subject();
    const ada = await addAccount(subject(), 'ada');
    const old = await addAccount(subject(), 'old');
    const order = { source: 'Order', sourceId: 'o1' } as const;
    await record(
      subject(),
      grantOf(ada, 'a'),
      grantOf(old, 'b', { at: AT + 1 }),
      grantOf(ada, 'c', { at: AT + 2, ...order }),
    );
    await store.transact(rival, async (unit) => {
      const id = await unit.insertAccount({ VID: vidOf('r'), merchantAccountId: 'ada' }, AT);
      await unit.recordChange(grantOf(id, 'r', { at: AT + 3 }));
    });
    await write(subject(), async (unit) => unit.mergeAccount(old, ada));
    expect(await idsOf({})).toEqual(['a', 'b', 'c', 'r']);
    expect(await idsOf({ merchant: 'acme' })).toEqual(['a', 'b', 'c']);
    expect(await idsOf({ account: 'ada' })).toEqual(['a', 'b', 'c', 'r']);
    expect(await idsOf({ account: 'old', merchant: 'acme' })).toEqual(['a', 'b', 'c']);
    expect(await idsOf({ account: vidOf('r') })).toEqual(['r']);
    expect(await idsOf({ account: 'nobody' })).toEqual([]);
    expect(await idsOf({ order: 'o1' })).toEqual(['c']);
    expect(await idsOf({ order: 'o1', merchant: 'rival' })).toEqual([]);
    expect(await idsOf({ from: AT + 1, until: AT + 3 })).toEqual(['b', 'c']);
  });

  test('of a call: alone, and with everything else that narrows', async () => {
    const ada = await addAccount(subject(), 'ada');
    const alan = await addAccount(subject(), 'alan');
    const call = `${'0'.repeat(24)}${'7'.repeat(16)}`;
    // One that ends alike is another call.
    const alike = `${'1'.repeat(24)}${'7'.repeat(16)}`;
    const order = { source: 'Order', sourceId: 'o1', soapId: call, at: AT + 1 } as const;
    await record(
      subject(),
      grantOf(ada, 'a', { soapId: call }),
      grantOf(ada, 'b', { soapId: alike }),
      grantOf(alan, 'c', { soapId: call, at: AT + 1 }),
      grantOf(ada, 'd', order),
    );
    expect(await idsOf({ soapId: call })).toEqual(['a', 'c', 'd']);
    expect(await idsOf({ soapId: call, merchant: 'acme' })).toEqual(['a', 'c', 'd']);
    expect(await idsOf({ soapId: call, merchant: 'rival' })).toEqual([]);
    expect(await idsOf({ soapId: call, account: 'ada' })).toEqual(['a', 'd']);
    expect(await idsOf({ soapId: call, order: 'o1' })).toEqual(['d']);
    expect(await idsOf({ soapId: call, from: AT + 1 })).toEqual(['c', 'd']);
    expect(await idsOf({ soapId: 's' })).toEqual([]);
    const { acme, store, rival } = subject();
    const listed = async (of: number, filter: { after?: number; [term: string]: unknown }) => {
      const all = { from: 0, until: Number.MAX_SAFE_INTEGER, after: undefined, limit: 10 };
      const lines = await store.reader(of).audit.listLines({ ...all, soapId: call, ...filter });
      return lines?.map((row) => row.merchantEntitlementId);
    };
    expect(await listed(acme, {})).toEqual(['a', 'c', 'd']);
    expect(await listed(rival, {})).toEqual([]);
    expect(await listed(acme, { limit: 2 })).toEqual(['a', 'c']);
    expect(await listed(acme, { accountIds: [ada] })).toEqual(['a', 'd']);
    expect(await listed(acme, { orderId: 'o1' })).toEqual(['d']);
    expect(await listed(acme, { from: AT + 1 })).toEqual(['c', 'd']);
  });

  test('more than a page: every line once and in order, none that came after the start', async () => {
    const ada = await addAccount(subject(), 'ada');
    const expected = Array.from({ length: 1200 }, (_, index) => `e${index}`);
    await write(subject(), async (unit) => {
      for (const id of expected) await unit.recordChange(grantOf(ada, id));
    });
    for (const options of [{}, { merchant: 'acme' }, { account: 'ada' }]) {
      const seen: string[] = [];
      for await (const { merchantEntitlementId } of subject().store.listLedger(options)) {
        if (seen.length === 0)
          await record(subject(), grantOf(ada, 'late', { before: OPEN, after: OPEN }));
        seen.push(merchantEntitlementId);
      }
      expect(seen.filter((id) => id !== 'late')).toEqual(expected);
      expect(seen.length - expected.length).toBeLessThan(3);
      expect(await idsOf(options)).toHaveLength(seen.length + 1);
    }
  });

  test('accounts for the operator: every one once, in the order in which they were made', async () => {
    const { store } = subject();
    const expected = Array.from({ length: 1100 }, (_, index) => `n${index}`);
    await write(subject(), async (unit) => {
      for (const name of expected) {
        await unit.insertAccount({ VID: vidOf(name), merchantAccountId: name }, AT);
      }
    });
    for (const options of [{}, { merchant: 'acme' }]) {
      const listed = await collect(store.listAccounts(options));
      expect(listed.map(({ merchantAccountId }) => merchantAccountId)).toEqual(expected);
    }
    expect(await collect(store.listAccounts({ merchant: 'rival' }))).toEqual([]);
    expect(await collect(store.listAccounts({ account: 'n7' }))).toMatchObject([
      { merchant: 'acme', merchantAccountId: 'n7', createdAt: AT },
    ]);
  });

  test('audit: by moment; goes on after a line', async () => {
    const ada = await addAccount(subject(), 'ada');
    const bob = await addAccount(subject(), 'bob');
    const order = { source: 'Order', sourceId: 'o1' } as const;
    await record(
      subject(),
      grantOf(ada, 'late', { at: AT + 5 }),
      grantOf(bob, 'early', { at: AT + 1 }),
      grantOf(ada, 'sold', { at: AT + 3, ...order }),
    );
    const { mine, theirs } = readers(subject());
    const all = { from: 0, until: AT + DAY, after: undefined, limit: 10 };
    const ids = async (more: object) =>
      (await mine.audit.listLines({ ...all, ...more }))?.map((line) => line.merchantEntitlementId);
    expect(await ids({})).toEqual(['early', 'sold', 'late']);
    expect(await ids({ orderId: 'o1' })).toEqual(['sold']);
    expect(await ids({ accountIds: [ada] })).toEqual(['sold', 'late']);
    expect(await ids({ accountIds: [ada, bob], limit: 2 })).toEqual(['early', 'sold']);
    expect(await idsOf({})).toEqual(['early', 'sold', 'late']);
    expect(await idsOf({ account: 'ada' })).toEqual(['sold', 'late']);
    expect(await ids({ from: AT + 2, until: AT + 4 })).toEqual(['sold']);
    const [first] = (await mine.audit.listLines({ ...all, limit: 1 })) ?? [];
    expect(await ids({ after: first?.id })).toEqual(['sold', 'late']);
    expect(await ids({ after: 999_999 })).toBeUndefined();
    expect(await theirs.audit.listLines(all)).toEqual([]);
    expect(await theirs.audit.listLines({ ...all, after: first?.id })).toBeUndefined();
  });
};
