/** Answers that are kept for requests with an Idempotency-Key. */
import { AT, DAY, type Part, readers, write } from './subject';

const ANSWER = { fingerprint: 'f', status: 200, body: '{"a":1}' };

export const answers: Part = (subject) => {
  const keep = (key: string, at: number, forgetBefore = 0) =>
    write(subject(), async (unit) => unit.answers.insert(key, ANSWER, { at, forgetBefore }));

  test('are found by their key, by their merchant alone', async () => {
    await keep('k', AT);
    const { mine, theirs } = readers(subject());
    expect(await mine.answers.find('k', 0)).toEqual(ANSWER);
    expect(await mine.answers.find('K', 0)).toBeUndefined();
    expect(await theirs.answers.find('k', 0)).toBeUndefined();
  });

  test('a key that has one → refused', async () => {
    await keep('k', AT);
    await expect(keep('k', AT + 1)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('a new one makes those forgotten that are older than asked', async () => {
    await keep('old', AT);
    await keep('young', AT + DAY);
    await keep('new', AT + 2 * DAY, AT + DAY);
    const { mine } = readers(subject());
    const found = [];
    for (const key of ['old', 'young', 'new'])
      found.push((await mine.answers.find(key, 0))?.status);
    expect(found).toEqual([undefined, 200, 200]);
  });

  test('of many old ones each new one makes ten forgotten, the oldest first; none of them is found', async () => {
    for (let n = 0; n < 25; n += 1) await keep(`old-${n}`, AT + n);
    const { mine } = readers(subject());
    const left = async () => {
      const found = [];
      for (let n = 0; n < 25; n += 1) found.push(await mine.answers.find(`old-${n}`, 0));
      return found.filter((answer) => answer !== undefined).length;
    };
    for (const expected of [15, 5, 0]) {
      await keep(`new-${expected}`, AT + DAY, AT + DAY);
      expect(await left()).toBe(expected);
      expect(await mine.answers.find('old-24', AT + DAY)).toBeUndefined();
    }
    expect((await mine.answers.find('new-15', AT + DAY))?.status).toBe(200);
  });

  test('the oldest are forgotten without a new one, some at a time, of every merchant', async () => {
    const { store, rival } = subject();
    expect(await store.answers.oldest()).toBeUndefined();
    for (let n = 0; n < 450; n += 1) await keep(`old-${n}`, AT + n);
    await store.transact(rival, async (unit) =>
      unit.answers.insert('theirs', ANSWER, { at: AT + 450, forgetBefore: 0 }),
    );
    await keep('young', AT + DAY);
    expect(await store.answers.oldest()).toBe(AT);
    const forgotten: number[] = [];
    for (let last = -1; last !== 0;) {
      last = await store.answers.forget(AT + DAY);
      forgotten.push(last);
    }
    expect(Math.max(...forgotten)).toBeLessThan(300);
    expect(forgotten.reduce((sum, count) => sum + count)).toBe(451);
    expect(await store.answers.oldest()).toBe(AT + DAY);
  });

  test('an old key that is not yet forgotten can be used again', async () => {
    for (let n = 0; n < 12; n += 1) await keep(`old-${n}`, AT + n);
    await keep('old-11', AT + DAY, AT + DAY);
    expect(await readers(subject()).mine.answers.find('old-11', AT + DAY)).toEqual(ANSWER);
  });
};
