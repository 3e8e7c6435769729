/** The ids that two servers have made of their own: each of one belongs to one of the other. */

/** The most pairs that are remembered; the oldest are forgotten. */
const MOST_PAIRS = 100_000;

/** VIDs and soapIds have 40 hexadecimal digits. */
const ID = /\b[0-9a-f]{40}\b/gi;

/** Pairs of ids, learnt from replies and used for requests. */
export class Ids {
  private readonly toActual = new Map<string, string>();
  private readonly toExpected = new Map<string, string>();

  /** Whether two ids belong to each other; two that were not seen before do from now on. */
  areSame(expected: string, actual: string): boolean {
    const known = this.toActual.get(expected);
    if (known !== undefined || this.toExpected.has(actual)) return known === actual;
    if (expected === '' || actual === '') return false;
    this.toActual.set(expected, actual);
    this.toExpected.set(actual, expected);
    for (const [first, second] of this.toActual) {
      if (this.toActual.size <= MOST_PAIRS) break;
      this.toActual.delete(first);
      this.toExpected.delete(second);
    }
    return true;
  }

  /** Whether two texts are the same but for ids that belong, or may belong, to each other. */
  areAlike(expected: string, actual: string): boolean {
    if (expected.replace(ID, '') !== actual.replace(ID, '')) return false;
    const found = actual.match(ID) ?? [];
    return (expected.match(ID) ?? []).every((id, index) => {
      const other = found[index] ?? '';
      const known = this.toActual.get(id);
      return known === undefined ? !this.toExpected.has(other) : known === other;
    });
  }

  /** A text with the other server's ids in place of those that are known. */
  translate(text: string): string {
    return text.replace(ID, (id) => this.toActual.get(id) ?? id);
  }

  /** A text of the other server's with the ids of the first in place of those that are known. */
  translateBack(text: string): string {
    return text.replace(ID, (id) => this.toExpected.get(id) ?? id);
  }
}
