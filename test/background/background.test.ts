/** Loops in the background: who leads, when they run, and what a failure does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Background, startBackground } from '../../src/background/background';
import type { Loop } from '../../src/background/loop';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { Store } from '../../src/store/store';
import { ManualTime } from './manual-time';

const silent = pino({ level: 'silent' });

let folder: string;
let time: ManualTime;
let store: Store;
const open: Array<{ stop(): Promise<void> }> = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-background-'));
  time = new ManualTime(Date.UTC(2026, 0, 1));
  store = openSqliteStore(join(folder, 'test.db'), time);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

function start(holder: string, loops: readonly Loop[], logger = silent): Background {
  const background = startBackground({ holder, loops, store, time, logger });
  open.push(background);
  return background;
}

/** A loop of a number of batches, each of which notes a word. */
function counting(notes: string[], word: string, batches = Infinity, due?: number): Loop {
  let left = batches;
  return {
    name: word,
    due: () => Promise.resolve(left > 0 ? (due ?? 0) : undefined),
    run: () => {
      left -= 1;
      notes.push(word);
      return Promise.resolve();
    },
  };
}

test('loops have their turns one batch at a time', async () => {
  const notes: string[] = [];
  start('a', [counting(notes, 'one', 2), counting(notes, 'two', 3)]);
  await time.pass(100);
  expect(notes).toEqual(['one', 'two', 'one', 'two', 'two']);
});

test('what is due later runs at its moment, what is begun meanwhile when it is woken', async () => {
  const notes: string[] = [];
  const at = time.now() + 700;
  let begun: number | undefined;
  const sudden: Loop = {
    name: 'sudden',
    due: () => Promise.resolve(begun),
    run: () => {
      begun = undefined;
      notes.push('sudden');
      return Promise.resolve();
    },
  };
  const background = start('a', [counting(notes, 'later', 1, at), sudden]);
  await time.pass(699);
  expect(notes).toEqual([]);
  begun = time.now();
  background.wake();
  await time.pass(0);
  expect(notes).toEqual(['sudden']);
  await time.pass(1);
  expect(notes).toEqual(['sudden', 'later']);
});

test('one process leads; one that is gone is followed within 5 seconds', async () => {
  const notes: string[] = [];
  // It leads, and is then no more: killed, it can give nothing back.
  expect(await store.leases.take('background', 'killed', 3000)).toBe(true);
  const killedAt = time.now();
  const followed: number[] = [];
  start('b', [
    {
      ...counting(notes, 'b'),
      run: () => Promise.resolve(void followed.push(time.now() - killedAt)),
    },
  ]);
  await time.pass(5000);
  expect(followed[0]).toBeGreaterThanOrEqual(3000);
  expect(followed[0]).toBeLessThan(5000);
});

test('two that run: the batches are those of one, until it stops', async () => {
  const notes: string[] = [];
  const first = start('a', [counting(notes, 'a')]);
  await time.pass(10);
  start('b', [counting(notes, 'b')]);
  await time.pass(20_000);
  expect(new Set(notes)).toEqual(new Set(['a']));
  await first.stop();
  notes.length = 0;
  await time.pass(1000);
  expect(new Set(notes)).toEqual(new Set(['b']));
});

test('an idle process writes nothing, and takes no lead', async () => {
  start('a', [counting([], 'none', 0)]);
  await time.pass(60_000);
  expect(await store.leases.take('background', 'b', 3000)).toBe(true);
});

test('a lead is kept while something is under way outside a batch', async () => {
  start('a', [{ ...counting([], 'a', 1), keepsLead: () => true }]);
  await time.pass(30_000);
  expect(await store.leases.take('background', 'b', 3000)).toBe(false);
});

test('a batch that fails is logged and tried again, later each time; the others go on', async () => {
  const lines: Array<Record<string, unknown>> = [];
  const logger = pino(
    {},
    { write: (line: string) => lines.push(JSON.parse(line) as object as never) },
  );
  const notes: string[] = [];
  const tries: number[] = [];
  const begun = time.now();
  const failing: Loop = {
    name: 'failing',
    due: () => Promise.resolve(0),
    run: (): Promise<void> => {
      tries.push(time.now() - begun);
      return Promise.reject(new Error('broken'));
    },
  };
  start('a', [failing, counting(notes, 'well', 3)], logger);
  await time.pass(8000);
  expect(tries).toEqual([0, 1000, 3000, 7000]);
  expect(notes).toEqual(['well', 'well', 'well']);
  expect(lines[0]).toMatchObject({
    msg: 'background',
    loop: 'failing',
    err: { message: 'broken' },
  });
});

test('a batch that was committed with calls is followed at once', async () => {
  let runs = 0;
  const shared: Loop = {
    name: 'shared',
    due: () => Promise.resolve(runs < 50 ? 0 : undefined),
    run: () => {
      runs += 1;
      return Promise.resolve(true);
    },
  };
  start('a', [shared]);
  await time.pass(0);
  expect(runs).toBe(50);
});

test('stopping waits for the batch under way, and begins no other', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let runs = 0;
  const slow: Loop = {
    name: 'slow',
    due: () => Promise.resolve(0),
    run: () => {
      runs += 1;
      return promise;
    },
  };
  const background = start('a', [slow, slow]);
  await time.pass(0);
  let stopped = false;
  const stopping = background.stop().then(() => (stopped = true));
  await time.pass(5000);
  expect(stopped).toBe(false);
  resolve(undefined);
  await stopping;
  expect(runs).toBe(1);
});
