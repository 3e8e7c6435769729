/**
 * Refusals of a call, on whichever surface it came. SOAP renders them as a Return,
 * REST as its error body, the command line as one line.
 */

/**
 * The kind of refusal, in the numbers that CashBox's returnCodes and HTTP's statuses share.
 * 400: something of the call is not as it must be. 403: the caller may not. 404: it names something that isn't
 * there. 409: it conflicts with the current state. 422: well formed, and yet not to be done. 429: too
 * many failures before it. 500: it could not be carried out. 501: not implemented. 503: it may work
 * later.
 */
export type RefusalCode = 400 | 403 | 404 | 409 | 422 | 429 | 500 | 501 | 503;

/** Thrown where a call is refused: all that its unit of work had done is rolled back. */
export class Refusal extends Error {
  override name = 'Refusal';

  /** @param message a sentence for the caller: nothing of SQL, paths or stacks */
  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Refuses an address for a while: too many wrong credentials came from it. */
export class TooManyFailures extends Refusal {
  override name = 'TooManyFailures';

  /** @param seconds how long to wait */
  constructor(readonly seconds: number) {
    super(429, `Too many failures from this address; wait ${seconds} seconds.`);
  }
}

/** Refuses a call for now: what it needs is taken by others. */
export class Busy extends Refusal {
  override name = 'Busy';

  /** @param seconds how long to wait */
  constructor(
    readonly seconds: number,
    message: string,
  ) {
    super(503, message);
  }
}

/** @param message the field, and its fault */
export const invalid = (message: string) => new Refusal(400, message);
export const forbidden = (message: string) => new Refusal(403, message);
export const notFound = (message: string) => new Refusal(404, message);
export const conflict = (message: string) => new Refusal(409, message);
export const unprocessable = (message: string) => new Refusal(422, message);
