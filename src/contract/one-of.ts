/** Values for enumerations that differ between versions. */

/** The values that may stand for one, the best first. */
export class OneOf {
  constructor(readonly values: readonly string[]) {}
}

/**
 * A value that not every version has, and what to say instead: a reply has the first that the caller's
 * version lists, or none.
 */
export function oneOf<Value extends string>(best: Value, ...others: string[]): Value {
  // Handlers are typed by the newest version; the encoder alone knows the caller's.
  return new OneOf([best, ...others]) as unknown as Value;
}
