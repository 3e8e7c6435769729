/** Values for enumerations that differ between versions. */
import type { Type } from './model';

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

/** Of values that stand for one another, the first that a version has. @param type as that version has it */
export function chooseValue(value: unknown, type: Type): unknown {
  return value instanceof OneOf ? value.values.find((one) => isKnown(one, type)) : value;
}

/**
 * Whether a version has the value: a string in one version may be an enumeration in another, and a client generated
 * from that one fails on a value that it doesn't list.
 * @param type as that version has it
 */
export function isKnown(value: unknown, type: Type): boolean {
  return type.kind !== 'simple' || type.values.has(String(value));
}
