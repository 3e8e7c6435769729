/** What is made for a key when it is asked for first: a level of the way to a series. */
export class Branches<Key, Value> {
  private readonly made = new Map<Key, Value>();

  constructor(private readonly make: (key: Key) => Value) {}

  of(key: Key): Value {
    let value = this.made.get(key);
    if (value === undefined) this.made.set(key, (value = this.make(key)));
    return value;
  }
}
