/** Where the time of one call goes. */
import type { Time } from './time';

/** Milliseconds of a call, as far as they are known apart. */
export class Spent {
  /** Until the request was read and understood. */
  read = 0;
  /** Until its caller was known. */
  login = 0;
  /** Until other units of work, and calls with large replies, let it begin. */
  queue = 0;
  /** Its unit of work. */
  work = 0;
  /** Until that was on the disk, with those that it was committed with. */
  commit = 0;
  /** For something to happen, as the call asked. */
  waited = 0;
}

/** Which calls get a line of their own. */
export interface SlowCalls {
  /** Milliseconds from which a call is slow; 0: none is. */
  readonly slowCall: number;
  readonly time: Pick<Time, 'elapsed'>;
}

/** A call that has been answered. Moments are those of the clock that only counts. */
export interface Answered {
  readonly spent: Spent;
  readonly started: number;
  /** When its answer was made. */
  readonly answered: number;
  /** Bytes, after decompression; undefined: none were read. */
  readonly requestBytes: number | undefined;
  /** Bytes, before compression. */
  readonly replyBytes: number | undefined;
}

/** The fields of a slow call's line, in milliseconds and bytes; undefined: it was not slow. */
export function describeSlow(
  { slowCall, time }: SlowCalls,
  { spent, started, answered, requestBytes, replyBytes }: Answered,
): Readonly<Record<string, number | undefined>> | undefined {
  if (slowCall === 0) return undefined;
  const now = time.elapsed();
  if (now - started - spent.waited < slowCall) return undefined;
  const { read, login, queue, work, commit } = spent;
  return {
    ms: round(now - started),
    readMs: round(read),
    loginMs: round(login),
    queueMs: round(queue),
    workMs: round(work),
    commitMs: round(commit),
    writeMs: round(now - answered),
    requestBytes,
    replyBytes,
  };
}

/** To hundredths. */
export function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
