/** The table of loops: all that happens in the background. */
import type { Loop } from './loop';

/** Builds them, in the order in which they have their turns. */
export function createLoops(): Loop[] {
  return [];
}
