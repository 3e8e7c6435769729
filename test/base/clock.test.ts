/** The clock by which changes are dated, on a machine whose wall clock jumps and which sleeps. */
import { type ClockReport, createClock } from '../../src/base/clock';
import { Machine } from '../harness/machine';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 0, 1);

let machine: Machine;
let reports: string[];
let wentBack: number;

function start() {
  machine = new Machine(START);
  reports = [];
  wentBack = 0;
  const report = ({ event, ahead }: ClockReport) => reports.push(`${event} ${ahead / SECOND}`);
  return createClock(machine.time, { report, onBack: () => (wentBack += 1) });
}

/** Milliseconds after START that the clock shows. */
let shown: () => number;
let latest: () => number;

beforeEach(() => {
  const clock = start();
  shown = () => clock.now() - START;
  latest = () => clock.latest() - START;
});

test('whole milliseconds, also while the clocks have parted: the database keeps no fractions', () => {
  machine.pass(SECOND);
  machine.jump(MINUTE);
  machine.pass(0.7);
  expect(shown()).toBe(SECOND);
  machine.pass(1.6);
  expect(shown()).toBe(SECOND + 2);
});

test.each([0.3 * SECOND, MINUTE, HOUR, DAY])('ahead by %i ms and back: time goes on', (jump) => {
  machine.pass(SECOND);
  machine.jump(jump);
  expect(shown()).toBe(SECOND);
  machine.pass(200);
  expect(shown()).toBe(SECOND + 200);
  machine.jump(-jump);
  machine.pass(100);
  expect(shown()).toBe(SECOND + 300);
  expect(latest()).toBe(SECOND + 300 + SECOND);
  const loud = jump > SECOND;
  expect(reports).toEqual(loud ? [`parted ${jump / SECOND}`, `met ${jump / SECOND}`] : []);
});

test('ahead by an hour for good: believed after five minutes', () => {
  machine.jump(HOUR);
  expect(shown()).toBe(0);
  machine.pass(5 * MINUTE - 1);
  expect(shown()).toBe(5 * MINUTE - 1);
  machine.pass(1);
  expect(shown()).toBe(HOUR + 5 * MINUTE);
  expect(reports).toEqual(['parted 3600', 'believed 3600']);
});

test('a small parting is believed as soon as it has lasted its own size', () => {
  machine.jump(2 * SECOND);
  expect(shown()).toBe(0);
  machine.pass(2 * SECOND);
  expect(shown()).toBe(4 * SECOND);
});

test('another jump begins another parting', () => {
  machine.jump(HOUR);
  shown();
  machine.pass(4 * MINUTE);
  machine.jump(HOUR);
  shown();
  machine.pass(4 * MINUTE);
  expect(shown()).toBe(8 * MINUTE);
  machine.pass(MINUTE);
  expect(shown()).toBe(2 * HOUR + 9 * MINUTE);
});

test('back by an hour: what time shows is denied, until the wall clock is believed', () => {
  machine.pass(HOUR);
  shown();
  machine.jump(-HOUR);
  machine.pass(MINUTE);
  expect(shown()).toBe(HOUR + MINUTE);
  expect(latest()).toBe(MINUTE + SECOND);
  machine.pass(5 * MINUTE);
  expect(shown()).toBe(6 * MINUTE);
  expect(latest()).toBe(6 * MINUTE + SECOND);
  expect([reports, wentBack]).toEqual([['parted -3600', 'believed -3600'], 1]);
});

test('sleep: time follows the wall clock at once', () => {
  machine.pass(SECOND);
  machine.sleep(8 * HOUR);
  expect(shown()).toBe(8 * HOUR + SECOND);
  expect(reports).toEqual([]);
});

test('asleep, and the wall clock set ahead meanwhile: the sleep alone is believed', () => {
  machine.sleep(8 * HOUR);
  machine.jump(DAY);
  expect(shown()).toBe(8 * HOUR);
  expect(reports).toEqual(['parted 86400']);
});

test('clocks that are run at slightly different rates stay together', () => {
  for (let hour = 0; hour < 48; hour += 1) {
    machine.pass(HOUR);
    machine.jump(HOUR * 0.0005);
    expect(shown()).toBe(machine.time.now() - START);
  }
  expect(reports).toEqual([]);
});

test('a clock that is set by hand is believed, and shows nothing earlier than before', () => {
  let now = 5;
  const clock = createClock({ now: () => now, elapsed: () => 0 });
  now = 3;
  clock.now();
  now = DAY;
  expect(clock.now()).toBe(DAY);
  now = 7;
  expect([clock.now(), clock.latest()]).toEqual([DAY, Infinity]);
});
