/**
 * Gives what is made when it is asked for first, and the same from then on. A server has hundreds of statements: it
 * starts without waiting for them.
 */
export function onceNeeded<Value extends object>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => (value ??= make());
}
