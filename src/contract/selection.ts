/** The parts of a reply that are wanted: an srd once it is read. */
import type { Field } from './model';

/**
 * The wanted parts of an object: all of it, or the named ones only. Elements that the schema
 * requires and identifiers come regardless.
 */
export type Selection = 'all' | ReadonlyMap<string, Selection>;

/** Only the elements that come regardless. */
const NOTHING: Selection = new Map<string, Selection>();

/** The selection within the part of that name, or undefined when it isn't wanted. */
export function partOf(selection: Selection, name: string): Selection | undefined {
  return selection === 'all' ? 'all' : selection.get(name);
}

/**
 * The selection of a field for the reply: undefined leaves it out. Elements that come regardless have
 * as little as possible.
 */
export function selectField(selection: Selection, field: Field): Selection | undefined {
  const part = partOf(selection, field.name);
  if (part !== undefined) return part;
  return field.required || isIdentifier(field.name) ? NOTHING : undefined;
}

/** VID and the merchant's own ids come with every object that is returned (decided). */
function isIdentifier(name: string): boolean {
  let known = IDENTIFIERS.get(name);
  if (known === undefined) {
    known = name === 'VID' || /^merchant\w*Id$/.test(name);
    IDENTIFIERS.set(name, known);
  }
  return known;
}

/** Names of the contract's elements: each is looked at once. */
const IDENTIFIERS = new Map<string, boolean>();
