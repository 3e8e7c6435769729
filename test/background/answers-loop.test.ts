/** Answers whose time is over, in the background. */
import { createAnswersLoop } from '../../src/background/answers-loop';
import { ANSWER_KEPT } from '../../src/store/answers';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import { ManualTime } from './manual-time';

const HOUR = 60 * 60 * 1000;

test('are forgotten an hour later, batch by batch, and those that count stay', async () => {
  const time = new ManualTime(Date.UTC(2026, 0, 1));
  const store = openSqliteStore(':memory:', time);
  const { id } = await store.insertMerchant({ login: 'a', passwordHash: '', createdAt: 0 });
  const loop = createAnswersLoop(store);
  expect(await loop.due()).toBeUndefined();
  const now = store.now();
  const keptAt = (n: number) => now - ANSWER_KEPT - (n < 500 ? HOUR : -n);
  await store.transact(id, async (unit) => {
    for (let n = 0; n < 600; n += 1) {
      const answer = { fingerprint: 'f', status: 200, body: '{}' };
      await unit.answers.insert(`key ${n}`, answer, { at: keptAt(n), forgetBefore: 0 });
    }
  });
  expect(await loop.due()).toBe(now);
  let batches = 0;
  for (let due = await loop.due(); (due ?? Infinity) <= now; due = await loop.due()) {
    await loop.run();
    batches += 1;
  }
  expect(batches).toBeGreaterThan(1);
  const { answers } = store.reader(id);
  expect(await answers.find('key 499', 0)).toBeUndefined();
  expect(await answers.find('key 500', 0)).toBeDefined();
  expect(await loop.due()).toBe(keptAt(500) + ANSWER_KEPT + HOUR);
  await store.close();
});
