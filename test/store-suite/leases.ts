/** Leases: one holder at a time. */
import { AT, type Part } from './subject';

export const leases: Part = (subject) => {
  const take = (holder: string, name = 'background') =>
    subject().store.leases.take(name, holder, 3000);

  test('the first has it, and keeps it; another gets it when it has expired', async () => {
    expect(await take('a')).toBe(true);
    expect(await take('b')).toBe(false);
    subject().setNow(AT + 2000);
    expect(await take('a')).toBe(true);
    subject().setNow(AT + 4999);
    expect(await take('b')).toBe(false);
    subject().setNow(AT + 5000);
    expect(await take('b')).toBe(true);
    expect(await take('a')).toBe(false);
  });

  test('one that is given back is free; nobody gives back what another has', async () => {
    await take('a');
    await subject().store.leases.release('background', 'b');
    expect(await take('b')).toBe(false);
    await subject().store.leases.release('background', 'a');
    expect(await take('b')).toBe(true);
  });

  test('each name is a lease of its own', async () => {
    await take('a');
    expect(await take('b', 'another')).toBe(true);
  });
};
