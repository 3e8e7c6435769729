/** xsd:dateTime in and out. CashBox writes local time with an offset and no fraction (observed). */
import { DateTime, IANAZone } from 'luxon';

/** Reads and writes xsd:dateTime; a moment is UTC milliseconds since 1970. */
export interface DateTimeFormat {
  /**
   * The moment, or undefined when the text is no xsd:dateTime. Digits beyond milliseconds are cut
   * off. A moment outside the years 1 to 9999 in UTC counts as their first or last: .NET's
   * DateTime.MaxValue in a western zone is one.
   */
  readonly parse: (text: string) => number | undefined;
  /** `2011-05-13T10:32:23-07:00`: whole seconds (cut off, not rounded), the zone's offset. */
  readonly format: (moment: number) => string;
}

const LEXICAL =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/;

const MIN_MOMENT = Date.parse('0001-01-01T00:00:00.000Z');
const MAX_MOMENT = Date.parse('9999-12-31T23:59:59.999Z');

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Every zone changes its offset on a quarter of an hour, so one look-up serves a whole quarter. */
const QUARTER = 15 * MINUTE;
const MAX_REMEMBERED = 10_000;

/**
 * @param timeZone an IANA name: the zone of replies, and of a dateTime without offset
 */
export function createDateTimeFormat(timeZone: string): DateTimeFormat {
  const zone = IANAZone.create(timeZone);
  const offsets = new Map<number, number>();
  const offsetAt = (moment: number) => {
    const quarter = Math.floor(moment / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= MAX_REMEMBERED) offsets.clear();
      offset = Math.trunc(zone.offset(moment));
      offsets.set(quarter, offset);
    }
    return offset;
  };
  return {
    parse: (text) => parseDateTime(text, zone),
    format: (moment) => {
      const offset = offsetAt(moment);
      const local = moment + offset * MINUTE;
      // In a zone's own time the first and last hours may fall outside the four-digit years.
      return local < MIN_MOMENT || local > MAX_MOMENT
        ? `${dateOf(moment)}T${timeOf(moment)}Z`
        : `${dateOf(local)}T${timeOf(local)}${formatOffset(offset)}`;
    },
  };
}

/** Dates by the number of their day since 1970: most replies name a few again and again. */
const DATES = new Map<number, string>();

function dateOf(moment: number): string {
  const day = Math.floor(moment / DAY);
  let date = DATES.get(day);
  if (date === undefined) {
    if (DATES.size >= MAX_REMEMBERED) DATES.clear();
    date = new Date(moment).toISOString().slice(0, 'YYYY-MM-DD'.length);
    DATES.set(day, date);
  }
  return date;
}

function timeOf(moment: number): string {
  const minutes = Math.floor(moment / MINUTE);
  const second = Math.floor(moment / 1000) - minutes * 60;
  const minute = minutes - Math.floor(minutes / 60) * 60;
  const hour = Math.floor(minutes / 60) - Math.floor(moment / DAY) * 24;
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

function parseDateTime(text: string, zone: IANAZone): number | undefined {
  const match = LEXICAL.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const local = DateTime.fromObject(
    { year, month, day, hour, minute, second, millisecond },
    { zone: match[8] === undefined ? zone : 'utc' },
  );
  // XML Schema 1.0 has no year 0.
  if (!local.isValid || year === 0) return undefined;
  const moment = local.toMillis() - offsetOf(match[8] ?? 'Z') * MINUTE;
  return Math.min(Math.max(moment, MIN_MOMENT), MAX_MOMENT);
}

function offsetOf(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text.startsWith('-') ? -minutes : minutes;
}

function formatOffset(offset: number): string {
  const absolute = Math.abs(offset);
  const hours = twoDigits(Math.floor(absolute / 60));
  return `${offset < 0 ? '-' : '+'}${hours}:${twoDigits(absolute % 60)}`;
}
