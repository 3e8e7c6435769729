/** Large replies: one after another, and only as many as are read. */
import { BIG, BigReplies, type ReplyKind } from '../../src/base/big-replies';

const MB = 2 ** 20;
const kindOf = (caller: string, operation = 'fetch'): ReplyKind => ({
  caller,
  name: `${operation} ${caller}`,
});

let turns: Array<() => void>;
let replies: BigReplies;
let entered: string[];
let large: number;

beforeEach(() => {
  turns = [];
  entered = [];
  large = 0;
  replies = new BigReplies(
    () => (large += 1),
    (act) => void turns.push(act),
  );
});

/** Lets what waits for the next turn happen. */
async function turn(): Promise<void> {
  for (const act of turns.splice(0)) act();
  await Promise.resolve();
}

/** A call that may wait. @returns whether it does */
function enter(kind: ReplyKind, name: string): boolean {
  const place = replies.enter(kind);
  if (place) void place.then(() => entered.push(name));
  else entered.push(name);
  return place !== undefined;
}

test('a kind whose replies are small waits for nothing, once the first is known', () => {
  const kind = kindOf('acme');
  expect(enter(kind, 'first')).toBe(false);
  replies.leave(kind, 100, false);
  expect([enter(kind, 'second'), enter(kind, 'third')]).toEqual([false, false]);
});

test('those that came with the first wait until its size is known', async () => {
  const kind = kindOf('acme');
  for (const name of ['first', 'second', 'third', 'fourth']) enter(kind, name);
  await turn();
  expect(entered).toEqual(['first', 'second']);
  replies.leave(kind, 100, false);
  await turn();
  expect(entered).toEqual(['first', 'second', 'third', 'fourth']);
});

test('one that waited and turned out to be small leaves its place to the next', async () => {
  const [small, large] = [kindOf('acme'), kindOf('rival')];
  for (const name of ['first', 'second']) enter(small, name);
  await turn();
  replies.leave(small, 100, false);
  replies.leave(small, 100, true);
  enter(large, 'probe');
  replies.leave(large, BIG, false);
  enter(large, 'large');
  await turn();
  expect(entered).toEqual(['first', 'second', 'probe', 'large']);
});

test('large ones go one a turn, each caller in turn; others go past them', async () => {
  const [acme, rival] = [kindOf('acme'), kindOf('rival')];
  for (const kind of [acme, rival]) {
    enter(kind, `probe of ${kind.caller}`);
    replies.leave(kind, BIG, false);
  }
  entered = [];
  for (const name of ['a1', 'a2', 'a3']) enter(acme, name);
  for (const name of ['r1', 'r2']) enter(rival, name);
  expect(enter(kindOf('acme', 'isEntitled'), 'small')).toBe(false);
  const order: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await turn();
    order.push(entered.length);
    // Another look in the same turn finds none.
    await turn();
    replies.leave(entered.at(-1)?.startsWith('a') ? acme : rival, BIG, true);
  }
  expect(order).toEqual([2, 3, 4, 5, 6]);
  expect(entered).toEqual(['small', 'a1', 'r1', 'a2', 'r2', 'a3']);
});

test('what is not read yet is bounded for one caller, and for all', async () => {
  const [acme, rival] = [kindOf('acme'), kindOf('rival')];
  for (const kind of [acme, rival]) {
    enter(kind, 'probe');
    replies.leave(kind, 16 * MB, false);
  }
  replies.count(acme, 25 * MB);
  expect(large).toBe(1);
  entered = [];
  enter(acme, 'acme');
  await turn();
  expect(entered).toEqual([]);
  enter(rival, 'rival');
  await turn();
  expect(entered).toEqual(['rival']);
  replies.leave(rival, 16 * MB, true);
  replies.count(acme, -2 * MB);
  expect(large).toBe(1);
  await turn();
  expect(entered).toEqual(['rival', 'acme']);
});
