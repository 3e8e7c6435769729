/** Whether calls take all that there is: they come in number, and wait for each other or leave the event loop no time. */
import { createIsBusy } from '../src/call-rate';

interface Span {
  readonly calls: number;
  readonly active: number;
  readonly spent: number;
}

function measured(span: Span) {
  const now = { at: 0, count: 0, active: 0, spent: 0 };
  const isBusy = createIsBusy(
    { counted: () => now.count, active: () => now.active, spent: () => now.spent },
    { elapsed: () => now.at },
  );
  now.at += 250;
  now.count += span.calls;
  now.active += span.active;
  now.spent += span.spent;
  return { now, isBusy };
}

test.each([
  ['many calls, and no time left', 50, 250, 0, true],
  ['many calls, and time left', 50, 225, 1249, false],
  ['many calls that wait for each other', 50, 125, 1250, true],
  ['fewer that wait for each other', 10, 125, 1250, true],
  ['few calls, and no time left', 49, 250, 0, false],
  ['few calls that wait for each other', 9, 125, 1250, false],
])('%s', (_title, calls, active, spent, busy) => {
  expect(measured({ calls, active, spent }).isBusy()).toBe(busy);
});

test('what is longer ago counts no more, and a moment without calls does not count yet', () => {
  const { now, isBusy } = measured({ calls: 200, active: 250, spent: 4000 });
  expect(isBusy()).toBe(true);
  now.at += 249;
  expect(isBusy()).toBe(true);
  now.at += 1;
  isBusy();
  now.at += 250;
  expect(isBusy()).toBe(false);
});
