/** Random numbers that a seed decides: the same faults strike again when a test is run again. */

/** Gives numbers from 0 to just below 1. */
export type Random = () => number;

/** mulberry32, after Tommy Ettinger: 32 bits of state are enough to choose requests. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of the normal distribution with the mean 0 and the deviation 1, by Box and Muller. */
export function normalFrom(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
