/** What a proxy has found by comparing: counts, and the latest calls that differ; bounded. */
import { toIso } from '../base/iso';
import type { Difference } from '../comparison/difference';
import type { Operation } from '../contract/model';
import type { DifferingCall, Found, FoundOperation, FoundPlace } from './found';
import { MOST_CALLS } from './limits';

/** The most places that are counted. */
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
    const call = {
      at: toIso(at),
      operation: name,
      version,
      soapId,
      differences: [...differences],
      more,
    };
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
