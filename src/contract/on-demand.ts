/** A map whose values are made when they are first asked for. */

/** Its names are known from the beginning; a value is made once. */
export class OnDemand<Value> implements ReadonlyMap<string, Value> {
  private readonly names: ReadonlySet<string>;
  private readonly made = new Map<string, Value>();

  /**
   * @param names in the order in which the map lists them
   * @param make the value of one of them
   */
  constructor(
    names: Iterable<string>,
    private readonly make: (name: string) => Value,
  ) {
    this.names = new Set(names);
  }

  get size(): number {
    return this.names.size;
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  /** The value of that name, or undefined; made now where it wasn't asked for before. */
  get(name: string): Value | undefined {
    const known = this.made.get(name);
    if (known !== undefined || !this.names.has(name)) return known;
    const value = this.make(name);
    this.made.set(name, value);
    return value;
  }

  /** The names; no value is made for them. */
  keys(): SetIterator<string> {
    return this.names.values();
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this) yield value;
  }

  entries(): MapIterator<[string, Value]> {
    return this[Symbol.iterator]();
  }

  forEach(visit: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  *[Symbol.iterator](): MapIterator<[string, Value]> {
    for (const name of this.names) yield [name, this.get(name) as Value];
  }
}
