/** Sums by point of the last hour, day and month: memory of a fixed size. */
import { pointOf, type SpanName, SPAN_NAMES, SPANS } from './spans';

/** The points of one span; those that become too old make room for new ones. */
class Points {
  private readonly sums: Int32Array;
  private last = -Infinity;

  constructor(private readonly span: SpanName) {
    this.sums = new Int32Array(SPANS[span].points);
  }

  add(at: number, amount: number): void {
    const point = pointOf(this.span, at);
    this.reach(point);
    // A moment that lies too far back has no place any more.
    if (point <= this.last - this.sums.length) return;
    const place = point % this.sums.length;
    this.sums[place] = (this.sums[place] ?? 0) + amount;
  }

  /** The oldest first, up to the point of a moment. */
  until(at: number): number[] {
    const { length } = this.sums;
    const end = pointOf(this.span, at);
    return Array.from({ length }, (_none, index) => {
      const point = end - length + 1 + index;
      const isKnown = point <= this.last && point > this.last - length;
      return isKnown ? (this.sums[point % length] ?? 0) : 0;
    });
  }

  private reach(point: number): void {
    if (point <= this.last) return;
    const { length } = this.sums;
    const first = Math.max(this.last + 1, point - length + 1);
    for (let fresh = first; fresh <= point; fresh += 1) this.sums[fresh % length] = 0;
    this.last = point;
  }
}

/** All three of one kind of thing. */
export class SpanCounts {
  private readonly spans = SPAN_NAMES.map((span) => new Points(span));
  /** What was added at the last moment: many calls are answered within a millisecond. */
  private at = NaN;
  private pending = 0;

  /** @param at UTC milliseconds */
  add(at: number, amount = 1): void {
    if (at !== this.at) this.settle(at);
    this.pending += amount;
  }

  private settle(next: number): void {
    const { at, pending } = this;
    this.at = next;
    this.pending = 0;
    if (pending !== 0) for (const span of this.spans) span.add(at, pending);
  }

  /** The sums of a span that ends with the point of a moment, the oldest first. */
  series(span: SpanName, until: number): number[] {
    this.settle(NaN);
    return this.spans[SPAN_NAMES.indexOf(span)]?.until(until) ?? [];
  }
}

/** The same by kind. */
export class CountsByKind {
  private readonly kinds = new Map<string, SpanCounts>();

  /** @param most how many kinds have counts of their own; others count as the last that it names */
  constructor(
    private readonly most: number,
    private readonly other: string,
  ) {}

  add(kind: string, at: number, amount = 1): void {
    (this.kinds.get(kind) ?? this.newCounts(kind)).add(at, amount);
  }

  private newCounts(kind: string): SpanCounts {
    const named = this.kinds.size < this.most ? kind : this.other;
    const counts = this.kinds.get(named) ?? new SpanCounts();
    this.kinds.set(named, counts);
    return counts;
  }

  /** Those that have any in the span, by name. */
  series(span: SpanName, until: number) {
    return [...this.kinds]
      .map(([kind, counts]) => ({ kind, counts: counts.series(span, until) }))
      .filter(({ counts }) => counts.some((count) => count !== 0))
      .sort((one, other) => (one.kind < other.kind ? -1 : 1));
  }
}
