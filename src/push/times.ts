/** Moments as push messages write them, in the zone of SOAP's replies. */
import type { DateTimeFormat } from '../soap/date-time';

/** `2017-08-10 13:04:53`, without a zone (observed). @param moment UTC milliseconds */
export function localTime(moment: number, { format }: DateTimeFormat): string {
  return format(moment).slice(0, SECONDS).replace('T', ' ');
}

/** `2017-08-10T13:04:53.441000-0700`: microseconds, and an offset without colon (observed). */
export function submittedAt(moment: number, { format }: DateTimeFormat): string {
  const text = format(moment);
  const fraction = String(moment - Math.floor(moment / 1000) * 1000).padStart(3, '0');
  const offset = text.slice(SECONDS).replace('Z', '+00:00').replace(':', '');
  return `${text.slice(0, SECONDS)}.${fraction}000${offset}`;
}

const SECONDS = 'YYYY-MM-DDThh:mm:ss'.length;
