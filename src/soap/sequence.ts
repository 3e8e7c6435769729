/** Follows the children of an element along the sequence that the contract says. */
import { cut } from '../base/quote';
import type { ComplexType, Field } from '../contract/model';
import type { XmlElement } from './xml-element';

/** A child, or the place where one is missing. */
export interface Step {
  readonly name: string;
  /** Undefined where it is missing. */
  readonly element?: XmlElement;
  /** The contract's field; undefined where it has none of that name. */
  readonly field?: Field;
  /** The objection to its standing here, or to its absence. */
  readonly problem?: string;
}

/**
 * Goes through the children in the order in which they stand, by local name.
 * @param parent the name of their element, for messages
 */
export function* followSequence(
  parent: string,
  { fields, fieldsByName }: ComplexType,
  children: readonly XmlElement[],
): Generator<Step> {
  const present = new Set(children.map(({ name }) => name));
  const seen = new Set<Field>();
  /** The element of the sequence that was reached last. */
  let reached = -1;
  function* missing(end: number, next: string): Generator<Step> {
    for (const { name, required } of fields.slice(reached + 1, end)) {
      const problem = `missing element; expected before ${next}`;
      if (required && !present.has(name)) yield { name, problem };
    }
  }
  for (const element of children) {
    const field = fieldsByName.get(element.name);
    if (!field) {
      const problem = `unknown element; expected ${expectation(parent, fields, reached)}`;
      yield { name: cut(element.name), element, problem };
      continue;
    }
    const { name } = field;
    const index = fields.indexOf(field);
    const problem = index > reached ? undefined : misplacement(index, fields, reached, seen);
    yield* missing(index, name);
    yield { name, element, field, ...(problem === undefined ? {} : { problem }) };
    seen.add(field);
    reached = Math.max(reached, index);
  }
  yield* missing(fields.length, `the end of ${parent}`);
}

/** The objection to an element that doesn't follow the one reached. */
function misplacement(
  index: number,
  fields: readonly Field[],
  reached: number,
  seen: ReadonlySet<Field>,
): string | undefined {
  const field = fields[index] as Field;
  if (!seen.has(field)) {
    const next = fields.slice(index + 1).find((other) => seen.has(other));
    return `misplaced element; expected before ${next?.name}`;
  }
  if (!field.repeated) return 'given more than once';
  return index === reached
    ? undefined
    : `misplaced element; expected beside the other ${field.name}`;
}

/** The most names that a message lists as possible in a place. */
const MAX_NAMES = 5;

/** The elements that may follow the one reached, up to the next required one. */
function expectation(parent: string, fields: readonly Field[], reached: number): string {
  const names: string[] = [];
  const current = fields[reached];
  if (current?.repeated) names.push(current.name);
  const rest = fields.slice(reached + 1);
  const required = rest.findIndex((field) => field.required);
  const optional = required < 0 ? rest : rest.slice(0, required);
  names.push(...optional.map(({ name }) => name));
  const last = rest[required]?.name ?? `the end of ${parent}`;
  if (names.length === 0) return last;
  const listed = names.length > MAX_NAMES ? [...names.slice(0, MAX_NAMES), '…'] : names;
  return `${listed.join(', ')} or ${last}`;
}
