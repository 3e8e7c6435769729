/** Finds which children of two elements stand for each other. */
import type { XmlElement } from '../soap/xml-element';

/** Children of one name that stand for each other; one may be missing. */
export interface ChildPair {
  readonly name: string;
  /** Counted from 0 in the list that has it; undefined: there is only one. */
  readonly index: number | undefined;
  readonly pair: {
    readonly expected?: XmlElement | undefined;
    readonly actual?: XmlElement | undefined;
  };
  /** Whether it stands in another place among those of its name. */
  readonly isMoved: boolean;
}

/** Names of elements by which the members of a list differ. */
const KEY = /^(?:merchant\w*Id|id|name|sku)$/;

/** In the order of the expected ones, those that are unexpected after the others of their name. */
export function pairsOf(
  expected: readonly XmlElement[],
  actual: readonly XmlElement[],
): ChildPair[] {
  const groups = new Map<string, { listed: XmlElement[]; found: XmlElement[] }>();
  const groupOf = (name: string) => {
    let group = groups.get(name);
    if (!group) groups.set(name, (group = { listed: [], found: [] }));
    return group;
  };
  for (const element of expected) groupOf(element.name).listed.push(element);
  for (const element of actual) groupOf(element.name).found.push(element);
  return [...groups].flatMap(([name, { listed, found }]) => pairUp(name, listed, found));
}

function pairUp(
  name: string,
  listed: readonly XmlElement[],
  found: readonly XmlElement[],
): ChildPair[] {
  const isList = listed.length > 1 || found.length > 1;
  const [keys, foundKeys] = [listed, found].map(keysOf);
  const byKey = isList && keys && foundKeys;
  const places = byKey ? new Map(foundKeys.map((key, place) => [key, place])) : undefined;
  const taken = new Set<number>();
  let last = -1;
  const pairs = listed.map((element, index): ChildPair => {
    const place = places ? places.get(keys?.[index] ?? '') : index;
    const other = place === undefined ? undefined : found[place];
    if (place !== undefined) taken.add(place);
    const isMoved = place !== undefined && place < last;
    last = Math.max(last, place ?? -1);
    return {
      name,
      index: isList ? index : undefined,
      pair: { expected: element, actual: other },
      isMoved,
    };
  });
  const rest = found.flatMap((element, index): ChildPair[] =>
    taken.has(index)
      ? []
      : [{ name, index: isList ? index : undefined, pair: { actual: element }, isMoved: false }],
  );
  return [...pairs, ...rest];
}

/** A key for each, all of them different; undefined: some have none. */
function keysOf(elements: readonly XmlElement[]): string[] | undefined {
  const keys = elements.map(
    ({ children }) => children.find(({ name }) => KEY.test(name))?.text ?? '',
  );
  return keys.includes('') || new Set(keys).size < keys.length ? undefined : keys;
}
