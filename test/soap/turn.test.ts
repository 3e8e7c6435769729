/** When a turn of the event loop is over for the replies that wait for its end. */
import { createTurns } from '../../src/soap/turn';

const nextTurn = () => new Promise(setImmediate);

test('requests that come together share a turn, which ends after them', async () => {
  const present = createTurns();
  const [first, second] = [present(), present()];
  expect(second).toBe(first);
  await Promise.resolve();
  expect(first.isOver).toBe(false);
  await first.end;
  expect(first.isOver).toBe(true);
  expect(present()).not.toBe(first);
});

test('a turn is over before its end when many have come in it', async () => {
  const present = createTurns();
  const turns = Array.from({ length: 150 }, () => present());
  expect(turns.map(({ isOver }) => isOver)).toEqual(
    Array.from({ length: 150 }, (_, index) => index < 128),
  );
  const last = turns.at(-1);
  expect(turns.filter((turn) => turn === last)).toHaveLength(22);
  await nextTurn();
  expect(last?.isOver).toBe(true);
});

test('one that follows a turn that ended early lasts until the event loop turns', async () => {
  const present = createTurns();
  for (let count = 0; count < 64; count += 1) present();
  const next = present();
  await Promise.resolve();
  expect(next.isOver).toBe(false);
  await nextTurn();
  expect(next.isOver).toBe(true);
});
