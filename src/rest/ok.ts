/** The answer that most calls give. */

import type { Pieces } from './route';

/** @param body as the route's schema for 200 has it */
export function ok<T>(body: T): { status: 200; body: T } {
  return { status: 200, body };
}

/** The same, written while it is made. */
export const okWritten = (pieces: Pieces) => ({ status: 200, pieces }) as const;
