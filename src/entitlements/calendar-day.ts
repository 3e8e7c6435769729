/** Days and days of the month on the calendar of a zone. Pure. */
import { DateTime } from 'luxon';
import { zoneOf } from '../base/zone';

const SECOND = 1000;

/** The first moment of the day that a moment lies in; UTC milliseconds. */
export function startOfDay(moment: number, timeZone: string): number {
  return DateTime.fromMillis(moment, { zone: zoneOf(timeZone) })
    .startOf('day')
    .toMillis();
}

/** The last second, 23:59:59, of the day that a moment lies in. */
export function endOfDay(moment: number, timeZone: string): number {
  return secondBefore(startOfNextDay(moment, timeZone));
}

/** The first moment of the day after. */
export function startOfNextDay(moment: number, timeZone: string): number {
  const day = DateTime.fromMillis(moment, { zone: zoneOf(timeZone) }).startOf('day');
  return day.plus({ days: 1 }).toMillis();
}

/** Of a midnight: 23:59:59 of the day before. */
export function secondBefore(moment: number): number {
  return moment - SECOND;
}

/**
 * The first of the month from which months are counted when billings fall on a given day. A day
 * earlier in the month than the one that counting begins on is that of the next month: no period is
 * shorter than the plan says.
 */
export function monthOfBillings(from: number, billingDay: number, timeZone: string): number {
  const begins = DateTime.fromMillis(from, { zone: zoneOf(timeZone) });
  const later = billingDay < begins.day ? 1 : 0;
  return begins.startOf('month').plus({ months: later }).toMillis();
}

/** That day of the month that a moment lies in, or the month's last day where it is shorter. */
export function onDayOfMonth(moment: number, day: number, timeZone: string): number {
  const month = DateTime.fromMillis(moment, { zone: zoneOf(timeZone) });
  return month
    .set({ day: Math.min(day, month.daysInMonth ?? day) })
    .startOf('day')
    .toMillis();
}

/** The first midnight from that one on that begins that day of the month, or the last of a shorter month. */
export function firstSuchDay(midnight: number, day: number, timeZone: string): number {
  return onDayOfMonth(monthOfBillings(midnight, day, timeZone), day, timeZone);
}

/** How many days lie between two midnights, or two moments of the same time of day. */
export function daysBetween(from: number, to: number, timeZone: string): number {
  const [begin, end] = [from, to].map((at) => DateTime.fromMillis(at, { zone: zoneOf(timeZone) }));
  return begin && end ? Math.round(end.diff(begin, 'days').days) : 0;
}

/** The day of the month, 1 to 31, that a moment lies in. */
export function dayOfMonth(moment: number, timeZone: string): number {
  return DateTime.fromMillis(moment, { zone: zoneOf(timeZone) }).day;
}
