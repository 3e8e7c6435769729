/**
 * V8's generations: the young one is collected without helpers, and large requests and replies grow neither by much, for
 * that is hardly given back while calls come.
 * Decided: docs/decisions/big-replies.md
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** From how many bytes on it grows no more: the most that it has in Node.js 22. Calls with small replies need a quarter. */
const MOST = 32 * 2 ** 20;

/** By how many percent the heap may grow beyond what was in use when it was collected last; V8 alone lets it double and more. */
const GROWTH = 30;

/**
 * To be asked for by a program that is a process of its own, for it changes how V8 works in all of the process.
 * @returns what is to be called for each large request, and each piece of a large reply: the first time it bounds the growth of the
 *   heap, and the first time that the young generation has MOST bytes, it ends its growth
 */
export function boundGenerations(): () => void {
  let isBounded = false;
  let isGrowthBounded = false;
  return () => {
    if (!isGrowthBounded) setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
    isGrowthBounded = true;
    if (isBounded || sizeOfYoungGeneration() < MOST) return;
    isBounded = true;
    // By this much it would grow next; V8 reads it whenever it does.
    setFlagsFromString('--semi-space-growth-factor=1');
  };
}

/**
 * Has the thread of calls collect it alone: where there are few cores, V8's helpers are given one too late, and calls wait for
 * them meanwhile. For a program that is a process of its own, too.
 */
export function collectYoungAlone(): void {
  setFlagsFromString('--no-parallel-scavenge');
}

/** In bytes. */
function sizeOfYoungGeneration(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space?.space_size ?? 0;
}
