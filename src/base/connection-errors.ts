/** Why a connection to another server failed, in words that follow its name. */

/** By the errors' codes. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'the connection was refused'],
  ['ECONNRESET', 'the connection was closed without an answer'],
  ['EPIPE', 'the connection was closed without an answer'],
  ['ENOTFOUND', 'its host is not known'],
  ['EAI_AGAIN', 'its host could not be looked up'],
  ['EHOSTUNREACH', 'its host cannot be reached'],
  ['ENETUNREACH', 'its network cannot be reached'],
  ['ETIMEDOUT', 'its host cannot be reached'],
]);

/** `the connection was refused`. */
export function describeConnectionError({ code = 'unknown' }: NodeJS.ErrnoException): string {
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) return `its certificate is not trusted: ${code}`;
  return REASONS.get(code) ?? `the connection failed: ${code}`;
}
