/** People who sign in to the console, and their sessions. */
import { MOST_SESSIONS, type NewPerson } from '../../src/store/people';
import { AT, type Part } from './subject';

const NO_GUARD = { keepsAdmin: false };
const GUARD = { keepsAdmin: true };
const OVER = { madeBefore: 0, usedBefore: 0 };

export const people: Part = (subject) => {
  const insert = (name: string, more: Partial<NewPerson> = {}) =>
    subject().store.people.insert({
      name,
      passwordHash: `hash of ${name}`,
      role: 'admin',
      merchantIds: undefined,
      createdAt: AT,
      createdBy: 'operator',
      ...more,
    });
  const idOf = async (name: string) => (await subject().store.people.find(name))?.id ?? 0;
  const signIn = async (name: string, digest: string, at = AT) =>
    subject().store.people.insertSession(
      await idOf(name),
      { digest, madeAt: at, usedAt: at },
      OVER,
    );

  test('are found by name and listed by it, with the merchants that they see', async () => {
    const { store, acme, rival } = subject();
    await insert('bob', { role: 'support', merchantIds: [rival, acme] });
    await insert('ada');
    expect(await store.people.find('bob')).toMatchObject({
      name: 'bob',
      passwordHash: 'hash of bob',
      role: 'support',
      merchants: ['acme', 'rival'],
      createdAt: AT,
      createdBy: 'operator',
    });
    expect(await store.people.find('Bob')).toBeUndefined();
    const listed = await store.people.list();
    expect(listed.map(({ name, merchants }) => [name, merchants])).toEqual([
      ['ada', undefined],
      ['bob', ['acme', 'rival']],
    ]);
  });

  test('a name that was given, also to one that is removed → refused', async () => {
    const { store } = subject();
    await insert('ada');
    await expect(insert('ada')).rejects.toMatchObject({ kind: 'refused' });
    await store.people.remove(await idOf('ada'), AT + 1, 'bob', NO_GUARD);
    await expect(insert('ada')).rejects.toMatchObject({ kind: 'refused' });
    expect(await store.people.find('ada')).toMatchObject({
      passwordHash: '',
      removedAt: AT + 1,
      removedBy: 'bob',
    });
  });

  test('a merchant that is not there → nobody is made', async () => {
    await expect(insert('ada', { merchantIds: [99] })).rejects.toThrow();
    expect(await subject().store.people.find('ada')).toBeUndefined();
  });

  test('what is changed changes, the rest stays', async () => {
    const { store, acme } = subject();
    await insert('ada');
    const id = await idOf('ada');
    expect(await store.people.change(id, { role: 'viewer' }, NO_GUARD)).toBe(true);
    await store.people.change(id, { merchantIds: [acme] }, NO_GUARD);
    expect(await store.people.find('ada')).toMatchObject({
      passwordHash: 'hash of ada',
      role: 'viewer',
      merchants: ['acme'],
    });
    await store.people.change(id, { merchantIds: null, passwordHash: 'new' }, NO_GUARD);
    const changed = await store.people.find('ada');
    expect([changed?.passwordHash, changed?.merchants]).toEqual(['new', undefined]);
  });

  test('the last admin of all merchants stays where that is asked for', async () => {
    const { store, acme } = subject();
    await insert('ada');
    await insert('bob', { merchantIds: [acme] });
    await insert('eve', { role: 'support' });
    const id = await idOf('ada');
    expect(await store.people.change(id, { role: 'support' }, GUARD)).toBe(false);
    expect(await store.people.change(id, { merchantIds: [acme] }, GUARD)).toBe(false);
    expect(await store.people.remove(id, AT, 'ada', GUARD)).toBe(false);
    expect(await store.people.find('ada')).toMatchObject({ role: 'admin', merchants: undefined });
    expect(await store.people.change(id, { passwordHash: 'new' }, GUARD)).toBe(true);
    expect(await store.people.change(id, { role: 'admin', merchantIds: null }, GUARD)).toBe(true);
    await insert('zoe');
    expect(await store.people.remove(id, AT, 'zoe', GUARD)).toBe(true);
    expect(await store.people.remove(await idOf('zoe'), AT, 'zoe', GUARD)).toBe(false);
  });

  test('a session is found with its person until it ends; its use is noted', async () => {
    const { store } = subject();
    await insert('ada');
    expect((await store.people.find('ada'))?.lastSeenAt).toBeUndefined();
    await signIn('ada', 'd1');
    expect((await store.people.find('ada'))?.lastSeenAt).toBe(AT);
    await store.people.noteUse('d1', AT + 5);
    const held = await store.people.findSession('d1');
    expect(held).toMatchObject({ digest: 'd1', madeAt: AT, usedAt: AT + 5 });
    expect(held?.person).toMatchObject({ name: 'ada', role: 'admin', lastSeenAt: AT + 5 });
    expect(await store.people.findSession('d2')).toBeUndefined();
    await store.people.endSession('d2');
    await store.people.endSession('d1');
    expect(await store.people.findSession('d1')).toBeUndefined();
  });

  test('a change ends all sessions of the person but the one that goes on, a removal all', async () => {
    const { store } = subject();
    await insert('ada');
    await insert('bob');
    await signIn('ada', 'd1');
    await signIn('ada', 'd2');
    await signIn('bob', 'd3');
    const kept = { keepsAdmin: false, keepsSession: 'd2' };
    await store.people.change(await idOf('ada'), { role: 'viewer' }, kept);
    const there = async () => {
      const found = ['d1', 'd2', 'd3'].map(async (digest) => store.people.findSession(digest));
      return (await Promise.all(found)).map((one) => one !== undefined);
    };
    expect(await there()).toEqual([false, true, true]);
    await store.people.remove(await idOf('ada'), AT, 'bob', NO_GUARD);
    expect(await there()).toEqual([false, false, true]);
  });

  test('a new session forgets those that are over, and the oldest of very many', async () => {
    const { store } = subject();
    await insert('ada');
    const id = await idOf('ada');
    await signIn('ada', 'old');
    await store.people.insertSession(
      id,
      { digest: 'new', madeAt: AT + 10, usedAt: AT + 10 },
      { madeBefore: AT + 1, usedBefore: 0 },
    );
    expect(await store.people.findSession('old')).toBeUndefined();
    for (let n = 0; n < MOST_SESSIONS; n += 1) await signIn('ada', `s${n}`, AT + 20 + n);
    expect(await store.people.findSession('new')).toBeUndefined();
    expect(await store.people.findSession('s0')).toBeDefined();
  });
};
