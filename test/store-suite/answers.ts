/** Answers that are kept for requests with an Idempotency-Key. */
import { AT, DAY, type Part, readers, write } from './subject';

const ANSWER = { fingerprint: 'f', status: 200, body: '{"a":1}' };

export const answers: Part = (subject) => {
  const keep = (key: string, at: number, forgetBefore = 0) =>
    write(subject(), async (unit) => unit.answers.insert(key, ANSWER, { at, forgetBefore }));

  test('are found by their key, by their merchant alone', async () => {
    await keep('k', AT);
    const { mine, theirs } = readers(subject());
    expect(await mine.answers.find('k')).toEqual(ANSWER);
    expect(await mine.answers.find('K')).toBeUndefined();
    expect(await theirs.answers.find('k')).toBeUndefined();
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
    for (const key of ['old', 'young', 'new']) found.push((await mine.answers.find(key))?.status);
    expect(found).toEqual([undefined, 200, 200]);
  });
};
