/** Durations of ISO 8601, as control calls take them. */
import { DateTime, Duration } from 'luxon';
import { z } from 'zod';

/** The last moment that a clock may show: beyond, no dateTime can. */
export const LAST_MOMENT = Date.parse('9999-12-31T23:59:59.000Z');

/** `P1M`, `PT36H`: years, months and weeks are the calendar's; none is negative. */
export const durationInput = z
  .string()
  .max(100)
  .refine((text) => /^P\d|^PT\d/.test(text) && Duration.fromISO(text).isValid, {
    error: 'must be an ISO 8601 duration such as P1M or PT36H',
  })
  .meta({ description: 'A duration: ISO 8601.', example: 'P1M' });

/**
 * A moment later by a duration, both in UTC milliseconds.
 * @param timeZone the IANA zone on whose calendar months and days are counted
 */
export function later(moment: number, duration: string, timeZone: string): number {
  return DateTime.fromMillis(moment, { zone: timeZone })
    .plus(Duration.fromISO(duration))
    .toMillis();
}

/** The length of a duration in milliseconds; a month counts as 30 days. */
export function lengthOf(duration: string): number {
  return Duration.fromISO(duration).toMillis();
}
