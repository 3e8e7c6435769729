/** Whether calls take all that there is: they come in number, and the event loop has no time left. */
import { createIsBusy } from '../src/call-rate';

function measured(span: { readonly calls: number; readonly active: number }) {
  const now = { at: 0, count: 0, active: 0 };
  const isBusy = createIsBusy(
    { counted: () => now.count, active: () => now.active },
    { elapsed: () => now.at },
  );
  now.at += 100;
  now.count += span.calls;
  now.active += span.active;
  return { now, isBusy };
}

test.each([
  ['many calls, and no time left', 20, 100, true],
  ['many calls, and time left', 20, 90, false],
  ['few calls, and no time left', 19, 100, false],
])('%s', (_title, calls, active, busy) => {
  expect(measured({ calls, active }).isBusy()).toBe(busy);
});

test('the last answer stands until there is something to measure', () => {
  const { now, isBusy } = measured({ calls: 100, active: 100 });
  expect(isBusy()).toBe(true);
  now.at += 9;
  expect(isBusy()).toBe(true);
  now.at += 1;
  expect(isBusy()).toBe(false);
});
