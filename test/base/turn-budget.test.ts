/** What comes at once is done in portions. */
import { TurnBudget } from '../../src/base/turn-budget';

const nextTurn = () => new Promise(setImmediate);

test('what does not fit into a turn waits, in order, and for empty turns between', async () => {
  const budget = new TurnBudget(10, 2);
  const done: string[] = [];
  const ask = (name: string, size: number) => {
    const turn = budget.turnFor(size);
    if (turn) void turn.then(() => done.push(name));
    else done.push(name);
  };
  ask('a', 6);
  ask('b', 4);
  ask('c', 1);
  ask('large', 99);
  ask('d', 1);
  const byTurn = [done.join()];
  for (let turn = 0; turn < 10; turn += 1) {
    await nextTurn();
    byTurn.push(done.join());
  }
  expect(byTurn).toEqual([
    ...Array<string>(3).fill('a,b'),
    ...Array<string>(3).fill('a,b,c'),
    ...Array<string>(3).fill('a,b,c,large'),
    ...Array<string>(2).fill('a,b,c,large,d'),
  ]);
});
