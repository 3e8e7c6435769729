/** A value of a message that isn't of its type, for the handler that has a string of its own for it. */
export class InvalidValue {
  /** @param reason why it is none, without a full stop */
  constructor(readonly reason: string) {}
}
