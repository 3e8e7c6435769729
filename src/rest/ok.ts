/** The answer that most calls give. */

/** @param body as the route's schema for 200 has it */
export function ok<T>(body: T): { status: 200; body: T } {
  return { status: 200, body };
}
