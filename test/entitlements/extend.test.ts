/** Extending by an interval on the calendar of a zone, where the wire's whole seconds show too little. */
import { extendBy, extendTo, type Interval } from '../../src/entitlements/extend';

const state = (end: string) => ({ start: 0, end: Date.parse(end), description: 'Kept' });

function extended(end: string, interval: Partial<Interval>, timeZone: string): string {
  const whole = { years: 0, months: 0, weeks: 0, days: 0, ...interval };
  const result = extendBy(state(end), whole, timeZone);
  if (typeof result === 'string') return result;
  expect(result).toMatchObject({ start: 0, description: 'Kept' });
  return new Date(result.end ?? NaN).toISOString();
}

test.each([
  // A year is added first, then months, then weeks and days: the last day of a month gives way once.
  ['2023-01-31T12:00:00.000Z', { years: 1, months: 1 }, 'UTC', '2024-02-29T12:00:00.000Z'],
  ['2024-02-29T12:00:00.000Z', { years: 1, months: 12 }, 'UTC', '2026-02-28T12:00:00.000Z'],
  ['2024-01-31T12:00:00.000Z', { months: 1, days: 1 }, 'UTC', '2024-03-01T12:00:00.000Z'],
  ['2024-01-31T12:00:00.000Z', { months: 1, weeks: 1 }, 'UTC', '2024-03-07T12:00:00.000Z'],
  ['2024-05-31T12:00:00.000Z', { months: 13 }, 'UTC', '2025-06-30T12:00:00.000Z'],
  // Milliseconds stay.
  ['2024-01-01T00:00:00.123Z', { days: 1 }, 'Europe/Berlin', '2024-01-02T00:00:00.123Z'],
  // A day of 23 hours, one of 25, and one that a zone left out of its calendar.
  ['2024-03-30T12:00:00.000Z', { days: 1 }, 'Europe/Berlin', '2024-03-31T11:00:00.000Z'],
  ['2024-10-26T12:00:00.000Z', { days: 1 }, 'Europe/Berlin', '2024-10-27T13:00:00.000Z'],
  ['2011-12-29T12:00:00.000Z', { days: 2 }, 'Pacific/Apia', '2011-12-30T12:00:00.000Z'],
  // The last moment that a dateTime on the wire can name.
  ['9998-12-31T23:59:59.999Z', { years: 1 }, 'UTC', '9999-12-31T23:59:59.999Z'],
])('%s and %j in %s is %s', (end, interval, timeZone, expected) => {
  expect(extended(end, interval, timeZone)).toBe(expected);
});

test.each([
  ['9999-12-31T12:00:00.000Z', { days: 1 }, 'UTC'],
  // Still 9999 by the zone's own calendar, no longer in UTC.
  ['9998-12-31T20:00:00.000-08:00', { years: 1 }, 'America/Los_Angeles'],
  ['2024-01-01T00:00:00.000Z', { days: 2147483647, weeks: 2147483647 }, 'UTC'],
])('%s and %j in %s is beyond the calendar', (end, interval, timeZone) => {
  expect(extended(end, interval, timeZone)).toBe('the new end is after the year 9999');
});

test('neither changes what it is given, nor the start or the description', () => {
  const before = Object.freeze(state('2024-01-01T00:00:00Z'));
  const to = Date.parse('2025-01-01T00:00:00Z');
  expect(extendTo(before, to)).toEqual({ ...before, end: to });
  expect(extendTo(before, before.end)).toEqual(before);
  expect(extendTo(before, before.end - 1)).toMatch('before the end');
});
