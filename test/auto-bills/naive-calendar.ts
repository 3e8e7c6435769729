/** Plans and their billing periods on the calendar of UTC, as plainly as possible: whole days. */

export const DAY = 24 * 60 * 60 * 1000;

/** Lengths of the billing periods of each plan, one after another; `endless` repeats the last. */
export const PLANS = {
  endless: { periods: [['months', 1]], repeats: true },
  two: {
    periods: [
      ['months', 1],
      ['months', 1],
    ],
    repeats: false,
  },
  trial: {
    periods: [
      ['days', 7],
      ['months', 1],
      ['months', 1],
    ],
    repeats: false,
  },
} as const;

export type Plan = keyof typeof PLANS;

/** 00:00:00 of that day. */
export const midnight = (moment: number): number => Math.floor(moment / DAY) * DAY;

/** Where billings are counted from: the period of that number begins at that moment. */
export interface Anchor {
  readonly period: number;
  readonly at: number;
  /** The day of the month that was asked for. */
  readonly day?: number;
}

/** That day of a month, or its last one; months are counted from 0, and may be beyond a year. */
function dayOf(year: number, month: number, day: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, lastDay));
}

/** The days on which periods begin from that one on, and last the day after the plan, if it ends. */
export function boundaries(plan: Plan, { period, at, day: asked }: Anchor): number[] {
  const { periods, repeats } = PLANS[plan];
  const count = repeats ? 200 : periods.length;
  const found = [midnight(at)];
  let months = 0;
  for (let index = period; index < count; index += 1) {
    const [unit, length] = periods[Math.min(index, periods.length - 1)] ?? ['days', 0];
    const last = found.at(-1) ?? at;
    if (unit === 'days') {
      found.push(last + length * DAY);
      continue;
    }
    // Months are counted from where the first of them begins: from the 31st to the 30th to the 31st.
    const begins = new Date(found[found.length - 1 - months] ?? at);
    months += 1;
    const day = asked ?? begins.getUTCDate();
    const skipped = day < begins.getUTCDate() ? 1 : 0;
    const month = begins.getUTCMonth() + skipped + months * length;
    found.push(dayOf(begins.getUTCFullYear(), month, day));
  }
  return found;
}

/** The day of the month on which it is billed: that on which its months begin. */
export function billedOn(plan: Plan, anchor: Anchor): number {
  const days = PLANS[plan].periods.filter(([unit]) => unit === 'days').length;
  const first = boundaries(plan, anchor)[Math.max(0, days - anchor.period)] ?? anchor.at;
  return anchor.day ?? new Date(first).getUTCDate();
}

/** The first midnight after a moment that begins that day of the month, or its last one. */
function nextOnDay(now: number, day: number): number {
  for (let at = midnight(now) + DAY; ; at += DAY) {
    const date = new Date(at);
    if (dayOf(date.getUTCFullYear(), date.getUTCMonth(), day) === at) return at;
  }
}

/** From where billings are counted once they fall on that day; the period that runs is not cut short. */
export function anchorOn(plan: Plan, anchor: Anchor, day: number, now: number): Anchor {
  const all = boundaries(plan, anchor);
  const passed = Math.max(1, all.filter((at) => at <= now).length);
  const at = passed === 1 ? anchor.at : (all[passed - 1] ?? anchor.at);
  const running = { period: anchor.period + passed - 1, at, day };
  // The next billing had been put off for good, to a day that is still to come.
  if (running.period > 0 && at > now) return { ...running, at: nextOnDay(at - 1, day) };
  const next = boundaries(plan, running)[1];
  if (next === undefined || next > now) return running;
  return { period: running.period + 1, at: nextOnDay(now, day), day };
}
