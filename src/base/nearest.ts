/** Finds the names that were perhaps meant. */

/** The most words offered. */
const OFFERED = 3;

/** The nearest names, best first; none when all are far off. */
export function nearest(name: string, names: Iterable<string>): string[] {
  const most = Math.max(2, Math.floor(name.length / 3));
  return [...names]
    .map((candidate) => ({ candidate, distance: distanceOf(name, candidate) }))
    .filter(({ distance }) => distance <= most)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, OFFERED)
    .map(({ candidate }) => candidate);
}

/** `; did you mean …?`, or nothing. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const found = nearest(name, names);
  return found.length === 0 ? '' : `; did you mean ${found.join(' or ')}?`;
}

/** Letters to insert, remove or replace (Levenshtein); upper and lower case are alike. */
function distanceOf(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
