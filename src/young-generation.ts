/**
 * Keeps large requests and replies from growing V8's young generation, which it never gives back while calls come.
 * Decided: docs/decisions/big-replies.md
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** From how many bytes on it grows no more: the most that it has in Node.js 22. Calls with small replies need a quarter. */
const MOST = 32 * 2 ** 20;

/**
 * To be asked for by a program that is a process of its own, for it changes how V8 works in all of the process.
 * @returns what is to be called now and then, and for each piece of a large reply: the first time that the young generation has MOST bytes, it ends
 *   its growth
 */
export function boundYoungGeneration(): () => void {
  let isBounded = false;
  return () => {
    if (isBounded || sizeOfYoungGeneration() < MOST) return;
    isBounded = true;
    // By this much it would grow next; V8 reads it whenever it does.
    setFlagsFromString('--semi-space-growth-factor=1');
  };
}

/** In bytes. */
function sizeOfYoungGeneration(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space?.space_size ?? 0;
}
