/** API keys. */
import { AT, type Part } from './subject';

export const apiKeys: Part = (subject) => {
  const insert = (merchant: number, name: string, digest: string, readOnly = false) =>
    subject().store.apiKeys.insert(merchant, { name, digest, readOnly, createdAt: AT });

  test('are found by digest, with their merchant', async () => {
    const { store, acme } = subject();
    await insert(acme, 'shop', 'd1', true);
    expect(await store.apiKeys.find('d1')).toMatchObject({
      name: 'shop',
      readOnly: true,
      createdAt: AT,
      merchant: { id: acme, login: 'acme', passwordHash: 'hash of acme', createdAt: AT },
    });
    expect(await store.apiKeys.find('d2')).toBeUndefined();
  });

  test('a name that the merchant has used → refused, also when that key is revoked', async () => {
    const { store, acme, rival } = subject();
    await insert(acme, 'shop', 'd1');
    await store.apiKeys.revoke(acme, 'shop', AT);
    await expect(insert(acme, 'shop', 'd2')).rejects.toMatchObject({ kind: 'refused' });
    await insert(rival, 'shop', 'd3');
    await expect(insert(rival, 'other', 'd3')).rejects.toMatchObject({ kind: 'refused' });
  });

  test('revoked: found no more, still listed; once, and by its merchant alone', async () => {
    const { store, acme, rival } = subject();
    await insert(acme, 'shop', 'd1');
    expect(await store.apiKeys.revoke(rival, 'shop', AT)).toBe(false);
    expect(await store.apiKeys.revoke(acme, 'shop', AT + 1)).toBe(true);
    expect(await store.apiKeys.revoke(acme, 'shop', AT + 2)).toBe(false);
    expect(await store.apiKeys.find('d1')).toBeUndefined();
    expect(await store.apiKeys.list(acme)).toMatchObject([{ name: 'shop', revokedAt: AT + 1 }]);
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
