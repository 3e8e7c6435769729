/**
 * The cookie that a session of the console is named by, and the headers that come with it.
 * Decided: docs/decisions/console.md
 */
import type { IncomingHttpHeaders } from 'node:http';

export const SESSION_COOKIE = 'latchkey_session';

/** Names the merchant that a call of a person is about, as a part of a URL is written. */
export const MERCHANT_HEADER = 'X-Latchkey-Merchant';

/** On each call of a person that changes something: a page of another site cannot send it. */
export const CONSOLE_HEADER = 'X-Latchkey-Console';

/** What a cookie holds: 32 bytes in base64url. */
const TOKEN = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([\\w-]{43})(?:;|$)`);

/** What the session's cookie of a request holds; undefined: it has none that could be one. */
export function readSessionCookie({ cookie }: IncomingHttpHeaders): string | undefined {
  return TOKEN.exec(cookie ?? '')?.[1];
}

/**
 * The Set-Cookie header of a session. It has no moment of its own: it ends with the browser or, before, on the server.
 * @param token undefined: the browser is to forget it
 * @param isSecure whether the browser came by https
 */
export function writeSessionCookie(token: string | undefined, isSecure: boolean): string {
  const parts = [`${SESSION_COOKIE}=${token ?? ''}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
  if (isSecure) parts.push('Secure');
  if (token === undefined) parts.push('Max-Age=0');
  return parts.join('; ');
}
