/** When a source gave access, and why, from its lines of the ledger. Pure. */
import type { EntitlementState } from '../entitlements/entitlement';
import type { LedgerRow } from '../store/store';
import { describeAct, type WriteMoment } from '../support/present-line';

/** A span in which a source gave access. Moments are UTC milliseconds. */
export interface Bar {
  readonly from: number;
  /** Undefined: without end. */
  readonly to: number | undefined;
  /** The line that began it; undefined: it is older than the lines that were read. */
  readonly line: LedgerRow | undefined;
  /** The line that ended it before its end; undefined: it lasts, or ran out. */
  readonly endLine: LedgerRow | undefined;
  /** The line that set its end. */
  readonly lastLine: LedgerRow | undefined;
}

/**
 * The spans of one source, oldest first: each state counts from its line on, until the next.
 * @param lines those that were read, the newest first; those of time alone say nothing new
 * @param state the present one
 */
export function barsOf(lines: readonly LedgerRow[], state: EntitlementState | undefined): Bar[] {
  const shown = lines.filter(({ action }) => action !== 'start' && action !== 'expire');
  const bars: Bar[] = [];
  let next: LedgerRow | undefined;
  for (const line of shown) {
    addBar(bars, line.after, line, next);
    next = line;
  }
  // What was before the first of them, or no line was read at all.
  const older = next ? next.before : state;
  if (older) addBar(bars, older, undefined, next);
  return bars.reverse();
}

/** Adds the span of a state, or makes the one after it begin earlier. */
function addBar(
  bars: Bar[],
  { start, end = Infinity }: EntitlementState,
  line: LedgerRow | undefined,
  next: LedgerRow | undefined,
): void {
  const from = Math.max(start, line?.at ?? -Infinity);
  const until = next?.at ?? Infinity;
  const to = Math.min(end, until);
  if (from >= to) return;
  const later = bars.at(-1);
  if (later && next && later.line === next && later.from <= to) {
    bars[bars.length - 1] = { ...later, from, line };
    return;
  }
  bars.push({
    from,
    to: to === Infinity ? undefined : to,
    line,
    endLine: until <= end ? next : undefined,
    lastLine: line,
  });
}

/** Why a span began, in words. */
export function describeBegin({ line }: Bar, write: WriteMoment): string | undefined {
  return line && describeAct(line, write);
}

/** Why it ended or will end, in words; undefined: it has no end. @param now UTC milliseconds */
export function describeEnding(
  { to, endLine, lastLine }: Bar,
  now: number,
  write: WriteMoment,
): string | undefined {
  if (to === undefined) return undefined;
  if (endLine) return describeAct(endLine, write);
  const verb = to <= now ? 'ran out' : 'will run out';
  const set = lastLine ? `; that end was set when it was ${describeAct(lastLine, write)}` : '';
  return `${verb} on ${write(to)}${set}`;
}
