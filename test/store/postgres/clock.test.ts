/** The database's clock as a server knows it: never behind it, and close to it where answers come soon. */
import { DatabaseClock } from '../../../src/store/postgres/clock';

let elapsed: number;
let clock: DatabaseClock;

/** An answer that took so long; the clock was read after a part of it. */
function answer(database: (at: number) => number, took: number, readAfter: number): void {
  const asked = elapsed;
  const shown = database(asked + readAfter);
  elapsed += took;
  clock.set(shown, asked);
}

beforeEach(() => {
  elapsed = 1000;
  clock = new DatabaseClock({ now: () => 50_000, elapsed: () => elapsed });
});

const ahead = (by: number) => (at: number) => 49_000 + by + at;

test('an answer that came soon counts, one that was waited for does not make it run ahead', () => {
  answer(ahead(0), 2, 1);
  answer(ahead(0), 5000, 4999);
  const lead = clock.now() - ahead(0)(elapsed);
  expect(lead).toBeGreaterThanOrEqual(0);
  expect(lead).toBeLessThan(10);
});

test('a clock that was set forward is followed at once, one that was set back too', () => {
  answer(ahead(0), 2, 1);
  answer(ahead(3000), 2, 1);
  expect(clock.now()).toBeGreaterThanOrEqual(ahead(3000)(elapsed));
  expect(clock.now()).toBeLessThan(ahead(3010)(elapsed));
  answer(ahead(-4000), 2, 1);
  expect(clock.now()).toBeLessThan(ahead(-3990)(elapsed));
  expect(clock.latest()).toBe(clock.now() + 1000);
});

test('it shows no earlier moment because of a closer answer', () => {
  answer(ahead(0), 500, 499);
  const shown = clock.now();
  answer(ahead(0), 2, 1);
  expect(clock.now()).toBeGreaterThanOrEqual(shown);
});
