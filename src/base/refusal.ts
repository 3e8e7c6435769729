/** The answer that every operation carries: a Return. A refusal is one that isn't 200. */
import type { ReturnCode } from '../contract/types.generated';

/** A value that isn't of its type, for the handler whose documented strings tell of it. */
export class InvalidValue {
  /** @param reason what it isn't, without a full stop */
  constructor(readonly reason: string) {}
}

/**
 * Thrown where a call is refused; answered as a Return of that code and string, with HTTP 200.
 * Whatever the call had done in its unit of work is rolled back.
 */
export class Refusal extends Error {
  override name = 'Refusal';

  constructor(
    readonly returnCode: ReturnCode,
    readonly returnString: string,
    options?: ErrorOptions,
  ) {
    super(returnString, options);
  }
}
