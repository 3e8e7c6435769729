/** The faults of a merchant: which of them strikes a request. */
import type { Time } from '../base/time';
import type { Delay, Fault } from './fault';
import { type MatchedCall, matches } from './match';
import { isOfReply } from './of-reply';
import { normalFrom, type Random, randomFrom } from './random';

/** A fault that was ordered. */
export interface Ordered {
  readonly fault: Fault;
  readonly when: 'before' | 'after';
  readonly random: Random;
  /** As `elapsed` counts. */
  readonly until: number;
  /** The requests that matched. */
  matched: number;
  /** The requests that it struck. */
  struck: number;
}

/** In the order in which they were given: of several that would strike, the first does. */
export class Faults {
  private list: readonly Ordered[] = [];

  /** Replaces all. @param now as `elapsed` counts */
  set(faults: readonly Fault[], now: number): void {
    this.list = faults.map((fault) => ({
      fault,
      when: fault.when ?? (isOfReply(fault) ? 'after' : 'before'),
      random: randomFrom(fault.seed ?? 1),
      until: fault.ttlSeconds === undefined ? Infinity : now + fault.ttlSeconds * 1000,
      matched: 0,
      struck: 0,
    }));
  }

  /** All that are there, also those that strike no more. */
  get all(): readonly Ordered[] {
    return this.list;
  }

  /** The fault that strikes a request; undefined: none. @param now as `elapsed` counts */
  strike(call: MatchedCall, now: number): Ordered | undefined {
    for (const ordered of this.list) {
      if (!isDue(ordered, call, now)) continue;
      ordered.struck += 1;
      return ordered;
    }
    return undefined;
  }
}

function isDue(ordered: Ordered, call: MatchedCall, now: number): boolean {
  const { fault, until, struck, random } = ordered;
  const { api, operation, match: fields, every = 1, times = Infinity, probability = 1 } = fault;
  if (now >= until || struck >= times) return false;
  if (!matches({ api, operation, fields }, call)) return false;
  ordered.matched += 1;
  if (ordered.matched % every !== 0) return false;
  return probability === 1 || random() < probability;
}

/** The length of a delay in milliseconds; of a dribble there is none before it. */
export function lengthOf(delay: Delay | undefined, random: Random): number {
  if (delay === undefined) return 0;
  if (typeof delay === 'number') return delay;
  switch (delay.type) {
    case 'fixed':
      return delay.milliseconds;
    case 'uniform':
      return delay.lower + (delay.upper - delay.lower) * random();
    case 'lognormal':
      return Math.min(delay.median * Math.exp(delay.sigma * normalFrom(random)), 600_000);
    case 'dribble':
      return 0;
  }
}

/** Waits, but no longer than the client does. @param response its response */
export function pause(
  milliseconds: number,
  response: { once(event: 'close', act: () => void): unknown; readonly destroyed: boolean },
  { after }: Pick<Time, 'after'>,
): Promise<void> {
  if (milliseconds <= 0 || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = after(milliseconds, resolve);
    response.once('close', () => {
      cancel();
      resolve();
    });
  });
}
