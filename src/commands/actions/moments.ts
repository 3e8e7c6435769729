/** Moments (UTC milliseconds) as the command line reads and shows them. */
import { createDateTimeFormat } from '../../soap/date-time';

/** Turns a moment, or undefined, into a dateTime of the configured zone. */
export type FormatMoment = (moment: number | undefined) => string | undefined;

export function momentFormat(timeZone: string): FormatMoment {
  const { format } = createDateTimeFormat(timeZone);
  return (moment) => (moment === undefined ? undefined : format(moment));
}

const WITH_OFFSET = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a moment that an option gives: ISO 8601 with an offset, seconds may be left out.
 * @param option for the message
 * @throws Error when it is none
 */
export function readMoment(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, minutes = '', seconds = ':00', offset = ''] = WITH_OFFSET.exec(text) ?? [];
  const moment = createDateTimeFormat('UTC').parse(minutes + seconds + offset);
  if (moment === undefined) {
    throw new Error(`${option}: "${text}" is not a moment like 2026-01-31T23:00:00Z`);
  }
  return moment;
}
