/** The spans of time that an overview shows. */

const MINUTE = 60_000;

/** How many points each has, and the milliseconds from one to the next. */
export const SPANS = {
  hour: { points: 60, step: MINUTE },
  day: { points: 96, step: 15 * MINUTE },
  month: { points: 124, step: 360 * MINUTE },
} as const;

export type SpanName = keyof typeof SPANS;

export const SPAN_NAMES = ['hour', 'day', 'month'] as const satisfies readonly SpanName[];

/** The point of a span that a moment belongs to: they count up from 1970. */
export function pointOf(span: SpanName, at: number): number {
  return Math.floor(at / SPANS[span].step);
}

/** How long a span is, in milliseconds. */
export function lengthOf(span: SpanName): number {
  return SPANS[span].points * SPANS[span].step;
}

/** Where the first point of a span begins that ends with the point of a moment; UTC milliseconds. */
export function startOf(span: SpanName, until: number): number {
  const { points, step } = SPANS[span];
  return (pointOf(span, until) - points + 1) * step;
}
