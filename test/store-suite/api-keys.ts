/** API keys. */
import type { Scope } from '../../src/base/scope';
import { AT, type Part } from './subject';

export const apiKeys: Part = (subject) => {
  const insert = (merchant: number, name: string, digest: string, scope: Scope = 'write') =>
    subject().store.transact(merchant, async ({ apiKeys: keys }) =>
      keys.insert({ name, digest, scope, createdAt: AT, createdBy: 'operator' }),
    );
  const revoke = (merchant: number, name: string, at: number) =>
    subject().store.transact(merchant, async ({ apiKeys: keys }) => keys.revoke(name, at, 'shop'));

  test('are found by digest, with their merchant', async () => {
    const { store, acme } = subject();
    await insert(acme, 'shop', 'd1', 'read');
    expect(await store.apiKeys.find('d1')).toMatchObject({
      name: 'shop',
      scope: 'read',
      createdBy: 'operator',
      createdAt: AT,
      merchant: { id: acme, login: 'acme', passwordHash: 'hash of acme', createdAt: AT },
    });
    expect(await store.apiKeys.find('d2')).toBeUndefined();
  });

  test('a name that the merchant has used → refused, also when that key is revoked', async () => {
    const { acme, rival } = subject();
    await insert(acme, 'shop', 'd1');
    await revoke(acme, 'shop', AT);
    await expect(insert(acme, 'shop', 'd2')).rejects.toMatchObject({ kind: 'refused' });
    await insert(rival, 'shop', 'd3');
    await expect(insert(rival, 'other', 'd3')).rejects.toMatchObject({ kind: 'refused' });
  });

  test('revoked: found no more, still listed; once, and by its merchant alone', async () => {
    const { store, acme, rival } = subject();
    await insert(acme, 'shop', 'd1');
    await revoke(rival, 'shop', AT);
    expect(await store.apiKeys.find('d1')).toBeDefined();
    await revoke(acme, 'shop', AT + 1);
    await revoke(acme, 'shop', AT + 2);
    expect(await store.apiKeys.find('d1')).toBeUndefined();
    expect(await store.apiKeys.list(acme)).toMatchObject([
      { name: 'shop', revokedAt: AT + 1, revokedBy: 'shop' },
    ]);
  });

  test('one merchant’s: by name, after a name, and how many valid ones have a scope', async () => {
    const { store, acme, rival } = subject();
    await insert(acme, 'b', 'd1', 'admin');
    await insert(acme, 'a', 'd2', 'admin');
    await insert(rival, 'c', 'd3', 'admin');
    await revoke(acme, 'a', AT);
    const { apiKeys: keys } = store.reader(acme);
    expect((await keys.list('', 5)).map(({ name }) => name)).toEqual(['a', 'b']);
    expect((await keys.list('a', 5)).map(({ name }) => name)).toEqual(['b']);
    expect(await keys.findByName('b')).toMatchObject({ scope: 'admin' });
    expect(await keys.findByName('c')).toBeUndefined();
    expect(await keys.countValid('admin')).toBe(1);
  });

  test('use is noted; listings are by login and name', async () => {
    const { store, acme, rival } = subject();
    await insert(rival, 'a', 'd1');
    await insert(acme, 'b', 'd2');
    await insert(acme, 'a', 'd3');
    const used = await store.apiKeys.find('d3');
    await store.apiKeys.noteUse(used?.id ?? 0, AT + 5);
    const listed = (await store.apiKeys.list(undefined)).map(
      ({ merchant, name, lastUsedAt }) => `${merchant} ${name} ${lastUsedAt}`,
    );
    expect(listed).toEqual([`acme a ${AT + 5}`, 'acme b undefined', 'rival a undefined']);
    expect(await store.apiKeys.list(rival)).toHaveLength(1);
  });
};
