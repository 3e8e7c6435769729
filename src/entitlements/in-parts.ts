/** Goes through lists of any length part by part, for whoever lets others have their turn between the parts. Pure. */

/** What is gone through between two turns of the event loop: some milliseconds' worth. */
const PART = 1000;

/** @returns what `look` gives of each, but for undefined; and undefined after each part */
export function* inParts<T, R extends object>(
  all: Iterable<T>,
  look: (one: T) => R | undefined,
): Generator<R | undefined> {
  let left = PART;
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) yield found;
    left -= 1;
    if (left > 0) continue;
    left = PART;
    yield undefined;
  }
}
