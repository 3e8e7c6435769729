/** The time that a picture shows: zoom, moves, and the marks of its axis. Knows no picture. */

/** A span of time: UTC milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The shortest and the longest span that can be looked at. */
const LEAST = 6 * HOUR;
const MOST = 60 * 366 * DAY;

/** The spans that have a button. */
export const SPANS: ReadonlyArray<readonly [name: string, days: number]> = [
  ['Week', 7],
  ['Month', 31],
  ['Quarter', 92],
  ['Year', 366],
];

/** A span as the address has it: an interval of ISO 8601, to the minute; its two hyphens need no escape. */
export function writeSpan({ from, to }: Span): string {
  return [from, to].map((at) => `${new Date(at).toISOString().slice(0, 16)}Z`).join('--');
}

/** The same read; undefined: it is none. */
export function readSpan(text: string): Span | undefined {
  const [from = NaN, to = NaN] = text.split('--').map((part) => Date.parse(part));
  const length = to - from;
  // What cannot be read is as long as nothing.
  return length >= LEAST && length <= MOST + MINUTE ? { from, to } : undefined;
}

/** Widens or narrows a span about a moment within it. @param factor under 1: closer */
export function zoom({ from, to }: Span, factor: number, about = (from + to) / 2): Span {
  const length = Math.min(MOST, Math.max(LEAST, (to - from) * factor));
  const share = (about - from) / (to - from);
  return { from: about - share * length, to: about + (1 - share) * length };
}

/** Moves a span by a share of its length. */
export function move({ from, to }: Span, share: number): Span {
  const by = (to - from) * share;
  return { from: from + by, to: to + by };
}

/** A span in days that shows what was, and a fifth of it what comes. */
export function around(now: number, days: number): Span {
  return { from: now - days * 0.8 * DAY, to: now + days * 0.2 * DAY };
}

/**
 * The span that shows all bars, and the present.
 * @param bars those without an end last
 */
export function wholeOf(
  bars: readonly { from: string; to?: string | undefined }[],
  now: number,
): Span {
  const moments = bars.flatMap(({ from, to }) => [from, to ?? from]).map((at) => Date.parse(at));
  const from = Math.min(now - DAY, ...moments);
  // What ends in 2099 would leave no room for what has been.
  const latest = Math.min(
    Math.max(now + DAY, ...moments),
    now + Math.max(30 * DAY, (now - from) * 0.5),
  );
  const margin = (latest - from) * 0.04;
  return { from: from - margin, to: latest + margin };
}

/** The place of a moment in a span, in per cent of its length. */
export function placeOf({ from, to }: Span, at: number): number {
  return ((at - from) / (to - from)) * 100;
}

/** A mark of the axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

type Unit = 'hour' | 'day' | 'month' | 'year';

const CLOCK = { hour: 'numeric', minute: '2-digit' } as const;
const DAY_HOUR = { day: 'numeric', month: 'short', hour: 'numeric' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const MONTH = { month: 'short', year: 'numeric' } as const;
const YEAR = { year: 'numeric' } as const;

/** Steps between marks, the shortest first, and how each is written: no step is so long that a narrow picture has none. */
const STEPS: ReadonlyArray<{
  readonly unit: Unit;
  readonly count: number;
  readonly length: number;
  readonly format: Intl.DateTimeFormatOptions;
}> = [
  { unit: 'hour', count: 1, length: HOUR, format: CLOCK },
  { unit: 'hour', count: 3, length: 3 * HOUR, format: DAY_HOUR },
  { unit: 'hour', count: 6, length: 6 * HOUR, format: DAY_HOUR },
  { unit: 'hour', count: 12, length: 12 * HOUR, format: DAY_HOUR },
  { unit: 'day', count: 1, length: DAY, format: DATE },
  { unit: 'day', count: 2, length: 2 * DAY, format: DATE },
  { unit: 'day', count: 7, length: 7 * DAY, format: DATE },
  { unit: 'day', count: 14, length: 14 * DAY, format: DATE },
  { unit: 'month', count: 1, length: 30 * DAY, format: { month: 'short', year: '2-digit' } },
  { unit: 'month', count: 3, length: 91 * DAY, format: MONTH },
  { unit: 'month', count: 6, length: 182 * DAY, format: MONTH },
  { unit: 'year', count: 1, length: 365 * DAY, format: YEAR },
  { unit: 'year', count: 5, length: 5 * 365 * DAY, format: YEAR },
  { unit: 'year', count: 10, length: 10 * 365 * DAY, format: YEAR },
];

/** Pixels that words take at least: marks that are closer need not be looked at. */
const LEAST_ROOM = 24;

/**
 * The marks of the axis, on the calendar of the browser's zone: the closest of which none reaches into the next. The last
 * has no words where they would reach out of the picture.
 * @param width of the picture, in pixels
 * @param measure pixels that the words of a mark take
 */
export function ticksOf(span: Span, width: number, measure: (text: string) => number): Tick[] {
  const length = span.to - span.from;
  const leftOf = ({ at }: Tick) => ((at - span.from) / length) * width;
  for (const step of STEPS) {
    if (length / step.length > width / LEAST_ROOM) continue;
    const ticks = everyTick(span, step);
    const rooms = ticks.map((tick, index) => {
      const next = ticks[index + 1];
      return (next ? leftOf(next) : width) - leftOf(tick) - measure(tick.text);
    });
    if (rooms.slice(0, -1).some((room) => room < 0)) continue;
    return ticks.map((tick, index) => ((rooms[index] ?? 0) < 0 ? { ...tick, text: '' } : tick));
  }
  return [];
}

/** The marks of a step that lie in a span. */
function everyTick(span: Span, { unit, count, format }: (typeof STEPS)[number]): Tick[] {
  const write = new Intl.DateTimeFormat(undefined, format);
  const ticks: Tick[] = [];
  let moment = beginningOf(unit, count, span.from);
  while (moment.getTime() <= span.to) {
    if (moment.getTime() >= span.from) {
      ticks.push({ at: moment.getTime(), text: write.format(moment) });
    }
    moment = next(unit, count, moment);
  }
  return ticks;
}

/** A Monday, by the number of its day since 1970: days that are counted by more than one begin there. */
const MONDAY = 4;

/** The first mark at or before a moment. */
function beginningOf(unit: Unit, count: number, at: number): Date {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (unit === 'hour')
    return new Date(year, month, day, Math.floor(date.getHours() / count) * count);
  if (unit === 'day') {
    const number = Math.round(Date.UTC(year, month, day) / DAY) - MONDAY;
    return new Date(year, month, day - (number - Math.floor(number / count) * count));
  }
  if (unit === 'month') return new Date(year, Math.floor(month / count) * count, 1);
  return new Date(Math.floor(year / count) * count, 0, 1);
}

function next(unit: Unit, count: number, date: Date): Date {
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (unit === 'hour') return new Date(year, month, day, date.getHours() + count);
  if (unit === 'day') return new Date(year, month, day + count);
  return unit === 'month' ? new Date(year, month + count, 1) : new Date(year + count, 0, 1);
}
