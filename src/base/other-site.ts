/**
 * Requests that a browser sends for a page of another site.
 * Decided: docs/decisions/other-sites.md
 */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser says that another site's page sends the request. A page may post text to any
 * server without being asked; programs send no such header.
 */
export function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

/** The refusal of it. */
export const FROM_OTHER_SITE =
  'The browser says that a page of another site sends this request (Sec-Fetch-Site); only programs and ' +
  "this server's own pages may.";

/**
 * Whether a browser says that a page of another origin sends a request that changes something: by Sec-Fetch-Site or,
 * where it is too old for that, by Origin, whose host is another than the request's.
 */
export function isFromOtherOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (headers['sec-fetch-site'] !== undefined) return isFromOtherSite(headers);
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
