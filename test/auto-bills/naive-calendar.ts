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

function addMonths(moment: number, count: number): number {
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

/** 00:00:00 of that day. */
export const midnight = (moment: number): number => Math.floor(moment / DAY) * DAY;

/** The days on which periods begin from that one on, and last the day after the plan, if it ends. */
export function boundaries(plan: Plan, period: number, from: number): number[] {
  const at = midnight(from);
  const { periods, repeats } = PLANS[plan];
  const count = repeats ? 200 : periods.length;
  const found = [at];
  let runStart = at;
  let inRun = 0;
  for (let index = period; index < count; index += 1) {
    const [unit, length] = periods[Math.min(index, periods.length - 1)] ?? ['days', 0];
    const before = index > period ? periods[Math.min(index, periods.length - 1) - 1] : undefined;
    // A run of months is counted from its own start: from the 31st to the 30th to the 31st.
    if (index > period && !repeats && before?.[0] !== unit) {
      runStart = found.at(-1) ?? at;
      inRun = 0;
    }
    inRun += 1;
    const next =
      unit === 'days' ? runStart + inRun * length * DAY : addMonths(runStart, inRun * length);
    found.push(next);
  }
  return found;
}
