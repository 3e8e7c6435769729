/**
 * Counts a merchant's lines and entitlements in steps: each look goes on where the one before ended, and none takes long,
 * however large the ledger is.
 * Decided: docs/decisions/overview.md
 */
import type { EntitlementPlace, LineCount, LinePlace } from '../store/figures';
import type { Reader } from '../store/store';
import { CountsByKind, SpanCounts } from './span-counts';
import { lengthOf, type SpanName, startOf } from './spans';

/** How many lines one look counts, and how many of them at a time. */
const MOST_LINES = 30_000;
const LINES_AT_ONCE = 5000;

/** The same of entitlements. */
const MOST_ENTITLEMENTS = 60_000;
const ENTITLEMENTS_AT_ONCE = 5000;

/** How many kinds of change are counted by themselves. */
const MOST_KINDS = 60;

const MINUTE = 60_000;

/** Lines before this one are counted first: all of them. */
const NEWEST: LinePlace = { at: Number.MAX_SAFE_INTEGER, id: 0 };

/** To be awaited after each part. @throws ReaderGone once nobody waits for the answer */
export type WaitFor = (rows: number) => Promise<void>;

/** The lines of a merchant, as far as they are counted. */
class LineTally {
  readonly changes = new CountsByKind(MOST_KINDS, 'other');
  readonly growth = new SpanCounts();
  /** Lines that are older are counted next; undefined: there are none in a month. */
  before: LinePlace | undefined = NEWEST;

  /** @param first the greatest number of a line when the count began @param newest of those that are counted */
  constructor(
    private readonly first: number,
    public newest = first,
  ) {}

  /** @returns by how many the entitlements that give access grew */
  add(counts: readonly LineCount[]): number {
    let grown = 0;
    for (const { action, reason, minute, lines, growth } of counts) {
      const at = minute * MINUTE;
      this.changes.add(reason === undefined ? action : `${action} ${reason}`, at, lines);
      this.growth.add(at, growth);
      grown += growth;
    }
    return grown;
  }

  /** Counts older ones. @param most how many */
  async countBack({ figures }: Reader, now: number, most: number, waitFor: WaitFor): Promise<void> {
    const span = { from: now - lengthOf('month'), until: this.first, limit: LINES_AT_ONCE };
    for (let counted = 0; this.before && counted < most; counted += LINES_AT_ONCE) {
      const part = await figures.countLinesBefore(this.before, span);
      this.add(part.counts);
      this.before = part.before;
      await waitFor(LINES_AT_ONCE);
    }
  }
}

/** The count of the entitlements that give access. */
class ActiveTally {
  /** Undefined: they were not yet counted to the end. */
  known: number | undefined;
  private counted = 0;
  private place: EntitlementPlace | undefined;

  /** As many as are counted so far. */
  get atLeast(): number {
    return this.known ?? this.counted;
  }

  async count({ figures }: Reader, now: number, waitFor: WaitFor): Promise<void> {
    for (let looked = 0; looked < MOST_ENTITLEMENTS; looked += ENTITLEMENTS_AT_ONCE) {
      const { active, last } = await figures.countActive(now, this.place, ENTITLEMENTS_AT_ONCE);
      this.counted += active;
      this.place = last;
      if (!last) {
        this.known = this.counted;
        this.counted = 0;
        return;
      }
      await waitFor(ENTITLEMENTS_AT_ONCE);
    }
  }
}

/** What is known of one merchant. */
export class Tally {
  private lines: LineTally | undefined;
  private readonly active = new ActiveTally();
  private ahead: Promise<unknown> = Promise.resolve();

  /** Counts on, for one look after another. @param now in UTC milliseconds */
  count(reader: Reader, now: number, waitFor: WaitFor): Promise<void> {
    const counting = this.ahead.then(() => this.countNow(reader, now, waitFor));
    this.ahead = counting.catch(() => undefined);
    return counting;
  }

  private async countNow(reader: Reader, now: number, waitFor: WaitFor): Promise<void> {
    const last = await reader.figures.lastLine();
    if (this.lines && !(await this.countNew(this.lines, reader, last, waitFor))) {
      this.lines = undefined;
    }
    this.lines ??= new LineTally(last);
    await this.lines.countBack(reader, now, MOST_LINES, waitFor);
    await this.active.count(reader, now, waitFor);
  }

  /** Counts lines that are new. @returns false where there are too many, or fewer than before: all is counted anew */
  private async countNew(
    lines: LineTally,
    { figures }: Reader,
    last: number,
    waitFor: WaitFor,
  ): Promise<boolean> {
    if (last < lines.newest || last - lines.newest > MOST_LINES) return false;
    while (lines.newest < last) {
      const until = Math.min(last, lines.newest + LINES_AT_ONCE);
      const grown = lines.add(await figures.countLinesBetween(lines.newest, until));
      lines.newest = until;
      if (this.active.known !== undefined) this.active.known += grown;
      await waitFor(LINES_AT_ONCE);
    }
    return true;
  }

  /** The changes of a span by kind, and whether older ones are not counted yet. */
  changes(span: SpanName, now: number) {
    const { changes, before } = this.lines ?? new LineTally(0);
    const series = changes.series(span, now).map(({ kind, counts }) => {
      const [action = '', reason] = kind.split(' ');
      return { action, reason, counts };
    });
    return { changes: series, isCut: before !== undefined && before.at > startOf(span, now) };
  }

  /** Those that give access now, and at the end of each point of a span, counted back; null: it is not known. */
  activeOver(span: SpanName, now: number) {
    const { known, atLeast } = this.active;
    const { growth, before } = this.lines ?? new LineTally(0);
    const grown = growth.series(span, now);
    const counts = Array<number | null>(grown.length).fill(null);
    const step = lengthOf(span) / grown.length;
    let count = known;
    for (let point = grown.length - 1; point >= 0 && count !== undefined; point -= 1) {
      // A point is known where all that came after it is counted.
      const end = startOf(span, now) + (point + 1) * step;
      if (before && before.at > end) break;
      counts[point] = Math.max(0, count);
      count -= grown[point] ?? 0;
    }
    return { now: atLeast, isCut: known === undefined, counts };
  }
}

/** The most merchants whose tallies are kept. */
const MOST_TALLIES = 100;

/** Those of all merchants; the ones that were looked at last are kept. */
export class Tallies {
  private readonly byMerchant = new Map<number, Tally>();

  /** @param isKept whether a ledger only grows; that of a simulation is put back, too, and so counted anew each time */
  constructor(private readonly isKept: boolean) {}

  of(merchantId: number): Tally {
    const tally = (this.isKept && this.byMerchant.get(merchantId)) || new Tally();
    this.byMerchant.delete(merchantId);
    this.byMerchant.set(merchantId, tally);
    const [oldest] = this.byMerchant.keys();
    if (this.byMerchant.size > MOST_TALLIES && oldest !== undefined) {
      this.byMerchant.delete(oldest);
    }
    return tally;
  }
}
