/** Places in a lane: few at once, each sender in turn, none held for ever. */
import { Lane, type Leave } from '../../src/base/lane';

const PATIENCE = 1000;

let timers: Set<() => void>;
let lane: Lane;
let entered: string[];
let leaves: Map<string, Leave>;

beforeEach(() => {
  timers = new Set();
  entered = [];
  leaves = new Map();
  lane = new Lane(2, PATIENCE, {
    after: (milliseconds, act) => {
      expect(milliseconds).toBe(PATIENCE);
      timers.add(act);
      return () => timers.delete(act);
    },
  });
});

async function enter(name: string, onLost?: () => void): Promise<void> {
  const [sender = ''] = name.split(' ');
  void lane.enter(sender, onLost).then((leave) => {
    entered.push(name);
    leaves.set(name, leave);
  });
  await Promise.resolve();
}

async function leave(name: string): Promise<void> {
  leaves.get(name)?.();
  await Promise.resolve();
}

/** Lets the patience with all that hold a place end. */
async function wait(): Promise<void> {
  for (const act of [...timers]) act();
  await Promise.resolve();
}

test('as many are in it as there are places; of those that wait, each sender has its turn', async () => {
  for (const name of ['a 1', 'a 2', 'a 3', 'a 4', 'b 1', 'c 1']) await enter(name);
  expect(entered).toEqual(['a 1', 'a 2']);
  for (const name of ['a 1', 'a 2', 'b 1', 'a 3', 'c 1', 'a 4']) await leave(name);
  expect(entered).toEqual(['a 1', 'a 2', 'b 1', 'a 3', 'c 1', 'a 4']);
  expect(timers.size).toBe(0);
});

test('a place that is held for too long is given to another that waits, and to none before', async () => {
  const lost: string[] = [];
  for (const name of ['a 1', 'a 2']) await enter(name, () => lost.push(name));
  await wait();
  expect(lost).toEqual([]);
  await enter('b 1');
  expect([entered, lost]).toEqual([['a 1', 'a 2', 'b 1'], ['a 1']]);
  await leave('a 1');
  await enter('b 2');
  expect(lost).toEqual(['a 1', 'a 2']);
  await enter('b 3');
  expect(entered).toEqual(['a 1', 'a 2', 'b 1', 'b 2']);
  await wait();
  expect(entered.at(-1)).toBe('b 3');
});

test('a place that is given back twice is free once', async () => {
  for (const name of ['a 1', 'a 2', 'a 3', 'a 4']) await enter(name);
  await leave('a 1');
  await leave('a 1');
  expect(entered).toEqual(['a 1', 'a 2', 'a 3']);
});
