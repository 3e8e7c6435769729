/** What a proxy has found by comparing: counts, and the latest calls that differ; bounded. */
import type { Difference } from '../comparison/difference';
import type { Operation } from '../contract/model';
import { toIso } from '../base/iso';

/** A call whose replies differ. */
export interface DifferingCall {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly operation: string;
  readonly version: string;
  /** The upstream's, for looking it up there. */
  readonly soapId: string | undefined;
  readonly differences: readonly Difference[];
  /** Whether there are more of them. */
  readonly more: boolean;
}

/** A kind of difference at one place, in any number of calls. */
export interface FoundPlace {
  readonly operation: string;
  readonly kind: Difference['kind'];
  /** Without numbers. */
  readonly path: string;
  count: number;
  /** The first one. */
  readonly example: Pick<Difference, 'expected' | 'actual'> & {
    readonly soapId: string | undefined;
  };
}

/** The counts of one operation. */
export interface FoundOperation {
  readonly operation: string;
  calls: number;
  differing: number;
}

/** Everything that is known. */
export interface Found {
  /** Calls that were compared. */
  readonly calls: number;
  readonly differing: number;
  /** Calls that were not compared, by the reason. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly operations: readonly FoundOperation[];
  /** The most frequent first. */
  readonly places: readonly FoundPlace[];
  /** The latest first. */
  readonly differences: readonly DifferingCall[];
}

/** The most calls that are kept, and the most places that are counted. */
export const MOST_CALLS = 1000;
const MOST_PLACES = 1000;

/** Characters of all kept calls together. */
const MOST_CHARACTERS = 8 * 2 ** 20;

/** A call that was compared. */
export interface ComparedCall {
  readonly at: number;
  readonly operation: Operation;
  readonly soapId: string | undefined;
  readonly differences: readonly Difference[];
  readonly more: boolean;
}

/** Collects them. */
export class Findings {
  private calls = 0;
  private differing = 0;
  private characters = 0;
  private readonly skipped = new Map<string, number>();
  private readonly operations = new Map<string, FoundOperation>();
  private readonly places = new Map<string, FoundPlace>();
  private readonly latest: Array<{ readonly call: DifferingCall; readonly size: number }> = [];

  /** Counts a call that is not compared. @param reason one of a few */
  skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  add({ at, operation, soapId, differences, more }: ComparedCall): void {
    const name = `${operation.service}.${operation.name}`;
    const { version } = operation.version;
    this.calls += 1;
    const counts = this.operations.get(name) ?? { operation: name, calls: 0, differing: 0 };
    this.operations.set(name, counts);
    counts.calls += 1;
    if (differences.length === 0) return;
    this.differing += 1;
    counts.differing += 1;
    for (const difference of differences) this.count(name, soapId, difference);
    const call = { at: toIso(at), operation: name, version, soapId, differences, more };
    const size = JSON.stringify(call).length;
    this.latest.unshift({ call, size });
    this.characters += size;
    while (this.latest.length > MOST_CALLS || this.characters > MOST_CHARACTERS) {
      this.characters -= this.latest.pop()?.size ?? 0;
    }
  }

  /** @param limit calls that are listed */
  show(limit: number): Found {
    const { calls, differing } = this;
    return {
      calls,
      differing,
      skipped: Object.fromEntries(this.skipped),
      operations: [...this.operations.values()],
      places: [...this.places.values()].sort((a, b) => b.count - a.count),
      differences: this.latest.slice(0, limit).map(({ call }) => call),
    };
  }

  private count(operation: string, soapId: string | undefined, difference: Difference): void {
    const { kind, expected, actual } = difference;
    const path = difference.path.replace(/\[\d+\]/g, '');
    const key = `${operation} ${kind} ${path}`;
    const place = this.places.get(key);
    if (place) place.count += 1;
    else if (this.places.size < MOST_PLACES) {
      const example = {
        soapId,
        ...(expected !== undefined && { expected }),
        ...(actual !== undefined && { actual }),
      };
      this.places.set(key, { operation, kind, path, count: 1, example });
    }
  }
}
