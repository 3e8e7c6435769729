/** A value of a message with the text that it was sent as, for the handler that gives that back. */
export class SentValue {
  constructor(
    readonly text: string,
    readonly value: unknown,
  ) {}
}
