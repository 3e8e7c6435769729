/** Entitlements: their present state, and what changed. */
import type { EntitlementState } from '../../src/entitlements/entitlement';
import type { EntitlementPart } from '../../src/store/entitlements';
import type { Eventually, StoredEntitlement } from '../../src/store/store';
import { addAccount, AT, DAY, grantOf, type Part, readers, record } from './subject';

const OPEN: EntitlementState = { start: AT, end: undefined, description: undefined };
const ENDED: EntitlementState = { start: AT, end: AT + DAY, description: 'over' };

const ALL = { after: undefined, limit: 99 };

const idsOf = (rows: ReadonlyArray<{ merchantEntitlementId: string; sourceId: string }>) =>
  rows.map(({ merchantEntitlementId, sourceId }) => merchantEntitlementId + sourceId);

export const entitlements: Part = (subject) => {
  const mine = () => readers(subject()).mine;
  const theirs = () => readers(subject()).theirs;
  let ada: number;
  let bob: number;

  beforeEach(async () => {
    ada = await addAccount(subject(), 'ada');
    bob = await addAccount(subject(), 'bob');
  });

  test('a change replaces the state of its key alone', async () => {
    const order = { source: 'Order', sourceId: 'o1' } as const;
    await record(
      subject(),
      grantOf(ada, 'news'),
      grantOf(ada, 'news', order),
      grantOf(ada, 'news', { action: 'revoke', before: OPEN, after: ENDED, at: AT + 1 }),
    );
    const key = { merchantEntitlementId: 'news', source: 'Account', sourceId: '' } as const;
    expect(await mine().findEntitlement(ada, key)).toMatchObject(ENDED);
    expect(await mine().findEntitlement(ada, { ...key, ...order })).toMatchObject(OPEN);
    expect(await mine().findEntitlement(bob, key)).toBeUndefined();
  });

  test('listings: of all sources, of one, of an id, of many accounts; each in its order', async () => {
    await record(
      subject(),
      grantOf(ada, 'z'),
      grantOf(ada, 'a', { source: 'Order', sourceId: '2' }),
      grantOf(ada, 'a', { source: 'Order', sourceId: '1' }),
      grantOf(ada, 'a'),
      grantOf(bob, 'b'),
    );
    expect(idsOf(await mine().listAllEntitlements(ada, ALL))).toEqual(['a', 'a1', 'a2', 'z']);
    expect(idsOf(await mine().listEntitlements(ada, 'Account', ALL))).toEqual(['a', 'z']);
    expect(idsOf(await mine().listEntitlements(ada, 'Order', ALL))).toEqual(['a1', 'a2']);
    expect(idsOf(await mine().listEntitlementsOfId(ada, 'a', ALL))).toEqual(['a', 'a1', 'a2']);
    const many = await mine().listEntitlementsOf([ada, bob, bob + 99], 'Account', 3);
    expect([...many.lists].map(([id, list]) => [id, idsOf(list)])).toEqual([
      [ada, ['a', 'z']],
      [bob, ['b']],
    ]);
    const one = await mine().listEntitlementsOf([ada], 'Account', 3);
    expect(one.lists.get(ada)).toEqual(many.lists.get(ada));
    expect((await mine().listEntitlementsOf([bob], 'Order', 3)).lists.size).toBe(0);
    expect(many.left).toEqual([]);
  });

  test('of many accounts: those that have more than is read are left, and all after them', async () => {
    await record(
      subject(),
      ...['a', 'b'].map((id) => grantOf(ada, id)),
      ...['c', 'd'].map((id) => grantOf(bob, id)),
    );
    const { lists, left } = await mine().listEntitlementsOf([bob, ada, bob + 99], 'Account', 3);
    expect([...lists.keys()]).toEqual([ada]);
    expect(left).toEqual([bob, bob + 99]);
    expect((await mine().listEntitlementsOf([ada, bob], 'Account', 1)).left).toEqual([ada, bob]);
  });

  test('part by part: of all sources, of one, of an id; fewer where texts are long', async () => {
    const orders = ['1', '2'].map((sourceId) => ({ source: 'Order', sourceId }) as const);
    await record(
      subject(),
      grantOf(ada, 'b'),
      ...orders.map((order) => grantOf(ada, 'b', order)),
      ...['c', 'd'].map((id) =>
        grantOf(ada, id, { after: { ...OPEN, description: id.repeat(200_000) } }),
      ),
      grantOf(ada, 'e'),
    );
    const walk = async (read: (part: EntitlementPart) => Eventually<StoredEntitlement[]>) => {
      const parts: string[][] = [];
      let after: StoredEntitlement | undefined;
      for (;;) {
        const rows = await read({ after, limit: 3 });
        if (rows.length === 0) return parts;
        parts.push(idsOf(rows));
        after = rows.at(-1);
      }
    };
    expect(await walk((part) => mine().listAllEntitlements(ada, part))).toEqual([
      ['b', 'b1', 'b2'],
      ['c', 'd'],
      ['e'],
    ]);
    expect(await walk((part) => mine().listEntitlements(ada, 'Account', part))).toEqual([
      ['b', 'c', 'd'],
      ['e'],
    ]);
    expect(
      await walk((part) => mine().listEntitlementsOfId(ada, 'b', { ...part, limit: 2 })),
    ).toEqual([['b', 'b1'], ['b2']]);
  });

  test('of one object: by its id, or what theirs begins with before a slash; in parts', async () => {
    const given = (id: string, sourceId: string) =>
      grantOf(ada, id, { source: 'AutoBill', sourceId });
    await record(
      subject(),
      given('z', 'x'),
      given('b', 'x/p'),
      given('a', 'x/p'),
      given('c', 'x/q'),
    );
    await record(subject(), given('d', 'x0'), given('d', 'x-'), given('d', 'y'), given('d', 'w'));
    await record(subject(), grantOf(ada, 'd', { source: 'Order', sourceId: 'x' }));
    const next = async (after: StoredEntitlement | undefined, limit: number) =>
      mine().listEntitlementsFrom(ada, 'AutoBill', 'x', { after, limit });
    const all = await next(undefined, 9);
    expect(idsOf(all)).toEqual(['zx', 'ax/p', 'bx/p', 'cx/q']);
    expect(idsOf(await next(undefined, 2))).toEqual(['zx', 'ax/p']);
    expect(idsOf(await next(all[1], 1))).toEqual(['bx/p']);
    expect(idsOf(await next(all[2], 9))).toEqual(['cx/q']);
    expect(await next(all[3], 9)).toEqual([]);
  });

  test('page by page, from the key of the last', async () => {
    const order = { source: 'Order', sourceId: '1' } as const;
    await record(subject(), grantOf(ada, 'a', order), grantOf(ada, 'a'), grantOf(ada, 'b'));
    await record(subject(), grantOf(bob, 'c'));
    const next = (after: StoredEntitlement | undefined) =>
      mine().listAllEntitlements(ada, { after, limit: 2 });
    const first = await next(undefined);
    expect(idsOf(first)).toEqual(['a', 'a1']);
    expect(idsOf(await next(first[0]))).toEqual(['a1', 'b']);
    expect(idsOf(await next(first[1]))).toEqual(['b']);
  });

  test('the first after a key that is in force, or is not, as far as is looked', async () => {
    const from = { start: AT + DAY, end: undefined, description: undefined };
    await record(
      subject(),
      grantOf(ada, 'a', { after: ENDED }),
      grantOf(ada, 'b'),
      grantOf(ada, 'c', { after: ENDED }),
      grantOf(ada, 'd', { after: from }),
      grantOf(ada, 'e', { after: ENDED }),
      grantOf(bob, 'c'),
    );
    const key = (merchantEntitlementId: string) =>
      ({ merchantEntitlementId, source: 'Account', sourceId: '' }) as const;
    const find = (isActive: boolean, at: number, after: string, limit: number) =>
      mine().findStanding(ada, { isActive, at }, { after: key(after), limit });
    const wanted = (id: string) => ({ key: key(id), isWanted: true });
    const lastLooked = (id: string) => ({ key: key(id), isWanted: false });
    expect(await find(true, AT + DAY, 'b', 9)).toEqual(wanted('d'));
    expect(await find(true, AT + DAY, 'b', 2)).toEqual(wanted('d'));
    expect(await find(true, AT + DAY, 'b', 1)).toEqual(lastLooked('c'));
    expect(await find(true, AT + DAY, 'd', 9)).toBeUndefined();
    expect(await find(true, AT + DAY - 1, 'b', 9)).toEqual(wanted('c'));
    expect(await find(false, AT + DAY - 1, '', 9)).toEqual(wanted('d'));
    expect(await find(false, AT + DAY, '', 9)).toEqual(wanted('a'));
    expect(await find(true, AT - 1, '', 9)).toBeUndefined();
    expect(
      await mine().findStanding(bob, { isActive: true, at: AT }, { after: key(''), limit: 9 }),
    ).toEqual(wanted('c'));
  });

  test('where an account stands: its last line, and the starts and ends that have passed', async () => {
    expect(await mine().standOf(bob, AT)).toEqual({ line: 0, passed: 0 });
    await record(subject(), grantOf(ada, 'open'), grantOf(ada, 'ends', { after: ENDED }));
    const { line, passed } = await mine().standOf(ada, AT);
    expect(passed).toBe(2);
    expect(await mine().standOf(ada, AT - 1)).toEqual({ line, passed: 0 });
    expect(await mine().standOf(ada, AT + DAY - 1)).toEqual({ line, passed: 2 });
    expect(await mine().standOf(ada, AT + DAY)).toEqual({ line, passed: 3 });
    await record(subject(), grantOf(bob, 'other'), grantOf(ada, 'ends', { after: OPEN }));
    expect((await mine().standOf(ada, AT)).line).toBe(line + 2);
  });

  test('what lines after one replaced, in their order', async () => {
    await record(subject(), grantOf(ada, 'old'), grantOf(ada, 'older'));
    const { line } = await mine().standOf(ada, AT);
    await record(
      subject(),
      grantOf(ada, 'old', { before: OPEN, after: ENDED }),
      grantOf(bob, 'old'),
      grantOf(ada, 'new'),
    );
    const key = { source: 'Account', sourceId: '' };
    const replaced = [
      { ...key, line: line + 1, merchantEntitlementId: 'old', before: OPEN },
      { ...key, line: line + 3, merchantEntitlementId: 'new', before: undefined },
    ];
    expect(await mine().listReplaced(ada, line, 9)).toEqual(replaced);
    expect(await mine().listReplaced(ada, line, 1)).toEqual(replaced.slice(0, 1));
  });

  test('changed: each once, at its first change in the span, as it is now', async () => {
    await record(
      subject(),
      grantOf(ada, 'a', { at: AT }),
      grantOf(bob, 'b', { at: AT + 1 }),
      grantOf(ada, 'a', { action: 'revoke', before: OPEN, after: ENDED, at: AT + 2 }),
      grantOf(ada, 'told', { at: AT + 3, changesAccess: false }),
    );
    const changed = async (from: number, until: number, page = 0, pageSize = 10) =>
      (await mine().listChanged({ from, until }, { page, pageSize })).map(
        ({ account, merchantEntitlementId, end }) =>
          `${account.merchantAccountId} ${merchantEntitlementId} ${end}`,
      );
    const a = `ada a ${AT + DAY}`;
    expect(await changed(AT, AT + 9)).toEqual([a, 'bob b undefined']);
    expect(await changed(AT + 1, AT + 9)).toEqual(['bob b undefined', a]);
    expect(await changed(AT, AT + 1)).toEqual([a]);
    expect(
      await theirs().listChanged({ from: 0, until: AT + 9 }, { page: 0, pageSize: 9 }),
    ).toEqual([]);
    expect(await changed(AT, AT + 9, 0, 1)).toEqual([a]);
    await record(subject(), grantOf(bob, 'c', { at: AT + 4 }));
    expect(await changed(AT, AT + 9, 1, 1)).toEqual(['bob b undefined']);
    expect(await changed(AT, AT + 9, 2, 1)).toEqual(['bob c undefined']);
    expect(await changed(AT, AT + 9, 3, 1)).toEqual([]);
  });
};
