/** Changes that a person makes come from the console's own pages: a browser sends a session's cookie by itself. */
import type { IncomingMessage } from 'node:http';
import { isFromOtherOrigin } from '../base/other-site';
import { ApiError, fromOtherSite } from './api-error';

/**
 * @param header one that only a script of this server's own pages can add
 * @throws ApiError 403 where a call that changes something is another page's, or may be
 */
export function requireOwnPage(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  header: string,
): void {
  if (method === 'GET' || method === 'HEAD') return;
  if (isFromOtherOrigin(headers)) throw fromOtherSite();
  if (headers[header.toLowerCase()] === undefined) {
    throw new ApiError(
      403,
      `Send the header ${header} with each change that is made by a session.`,
    );
  }
}
