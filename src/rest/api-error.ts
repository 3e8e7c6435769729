/** How a REST call is refused: one shape of error for all of them, and the place where refusals get it. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { FROM_OTHER_SITE } from '../base/other-site';
import { includes, type Scope } from '../base/scope';
import { Refusal, TooManyFailures } from '../base/refusal';

/** The body of every answer that is an error. */
export const ErrorBody = z
  .object({
    statusCode: z.int().meta({ description: 'The HTTP status once more.' }),
    message: z.string().meta({ description: 'What is wrong, for a person.' }),
    error: z.string().meta({ description: "The status's name." }),
  })
  .meta({ id: 'Error' });

/** The same as a value. */
export type ErrorBody = z.infer<typeof ErrorBody>;

/** An answer that is an error: nothing has changed, and its message says why. */
export class ApiError extends Error {
  override name = 'ApiError';

  /**
   * @param statusCode from 400 on
   * @param message a sentence for the caller: nothing of SQL, paths or stacks
   * @param headers sent with the answer
   */
  constructor(
    readonly statusCode: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The answer's body. */
  toBody(): ErrorBody {
    const { statusCode, message } = this;
    return { statusCode, message, error: STATUS_CODES[statusCode] ?? 'Error' };
  }
}

/** @param message the field, and its fault */
export const badRequest = (message: string) => new ApiError(400, message);

export const wrongKey = () =>
  new ApiError(401, 'Send a valid API key in the header X-API-KEY.', {
    'WWW-Authenticate': 'ApiKey header="X-API-KEY"',
  });
export const scopeTooSmall = (held: Scope, needed: Scope) =>
  needed === 'write'
    ? new ApiError(403, 'This API key may only read; the call would change something.')
    : new ApiError(
        403,
        `This API key has the scope ${held}; the call needs one with the scope ${needed}, ` +
          `which latchkey key add NAME --scope ${needed} makes.`,
      );
/** The same of a person in the console. */
export const roleTooSmall = (needed: Scope) =>
  new ApiError(
    403,
    needed === 'admin'
      ? 'This needs the role admin.'
      : 'This changes something, which needs the role support or admin.',
  );
/** @throws ApiError 403 where a caller may not do what needs a scope */
export function requireScope(
  { scope, isPerson }: { readonly scope: Scope; readonly isPerson?: boolean },
  needed: Scope,
): void {
  if (includes(scope, needed)) return;
  throw isPerson ? roleTooSmall(needed) : scopeTooSmall(scope, needed);
}
export const fromOtherSite = () => new ApiError(403, FROM_OTHER_SITE);
/** @param docs the path of the page that lists the calls */
export const unknownPath = (docs: string) =>
  new ApiError(404, `There is no such call; ${docs} lists what there is.`);
export const tooManyFailures = (seconds: number) =>
  new ApiError(
    429,
    `Too many wrong API keys or logins from this address; wait ${seconds} seconds, then send a valid key.`,
    { 'Retry-After': String(seconds) },
  );

/** The cause is in the log, under the callId that the answer's X-Request-Id says. */
export const internalError = (cause: unknown) =>
  new ApiError(
    500,
    'Internal error; the server log has the cause under this X-Request-Id.',
    {},
    {
      cause,
    },
  );

/** A refusal as REST renders it: its code is the status. */
export function toApiError(refusal: Refusal): ApiError {
  if (refusal instanceof TooManyFailures) return tooManyFailures(refusal.seconds);
  const { code, message, cause } = refusal;
  return new ApiError(code, message, {}, cause === undefined ? undefined : { cause });
}

/** What a call is answered whose handler, or whatever came before it, has thrown this. */
export function errorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof Refusal) return toApiError(error);
  if (error instanceof URIError) return badRequest('The path is not encoded as a URL.');
  return internalError(error);
}
