/** A call of which no case is made. */

/** Why it isn't; of its content nothing is said. */
export class NotKept extends Error {
  override name = 'NotKept';
}
