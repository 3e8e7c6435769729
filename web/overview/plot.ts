/** Numbers of a picture: where bars begin and end, what the axis is marked with. */

/** Counts over time under one name; null: not known. */
export interface Series {
  readonly name: string;
  readonly counts: ReadonlyArray<number | null>;
}

/** Of each series, at each point, where its part of the bar begins and ends. */
export function stack(
  series: readonly Series[],
  points: number,
): ReadonlyArray<ReadonlyArray<readonly [low: number, high: number]>> {
  const sums = new Array<number>(points).fill(0);
  return series.map(({ counts }) =>
    sums.map((low, point) => {
      const high = low + (counts[point] ?? 0);
      sums[point] = high;
      return [low, high] as const;
    }),
  );
}

/** Round numbers, but for the power of ten. */
const FACTORS = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** The round number at the top of the axis. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const factor = FACTORS.find((one) => one * power >= most) ?? 10;
  // Its half is marked, too, and there are no halves of calls.
  return Math.max(2, Math.ceil((factor * power) / 2) * 2);
}

/** A line through the points that are known. */
export function pathOf(
  counts: Series['counts'],
  x: (point: number) => number,
  y: (value: number) => number,
): string {
  let isDrawing = false;
  const parts: string[] = [];
  counts.forEach((count, point) => {
    if (count === null) {
      isDrawing = false;
      return;
    }
    parts.push(`${isDrawing ? 'L' : 'M'}${x(point).toFixed(1)} ${y(count).toFixed(1)}`);
    isDrawing = true;
  });
  return parts.join('');
}

/** Pixels between two words of an axis. */
const BETWEEN = 10;

const DAY = 86_400_000;

/** Ways to write the ends of an axis, the longest first. */
const ENDS: readonly Intl.DateTimeFormatOptions[] = [
  { dateStyle: 'medium', timeStyle: 'short' },
  { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
];

/**
 * The moments at the ends of an axis, as long as there is room for both.
 * @param measure pixels that a text takes
 */
export function endsOf(
  from: number,
  to: number,
  room: number,
  measure: (text: string) => number,
): { readonly first: string; readonly last: string } {
  const shortest: Intl.DateTimeFormatOptions =
    to - from < DAY ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' };
  for (const options of [...ENDS, shortest]) {
    const format = new Intl.DateTimeFormat(undefined, options);
    const [first, last] = [format.format(from), format.format(to)];
    if (measure(first) + measure(last) + BETWEEN <= room) return { first, last };
  }
  return { first: new Intl.DateTimeFormat(undefined, shortest).format(from), last: '' };
}
