/**
 * Takes SOAP calls out of the requests of a server. They go past Express: its wrapping of a
 * request takes longer than all of the call.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { type SoapHttpOptions, soapOverHttp } from './http';

/**
 * A call's URL: with its query and even with its origin, as a proxy may send it. Clients post to `/`
 * and with a slash at the end, too (observed).
 */
const CALL_URL = /^(?:https?:\/\/[^/?]*)?\/(?:(?:v\d+[._]\d+\/)?soap\.pl\/?)?(?:\?|$)/;

/** The receiver of calls. */
export interface SoapListenerOptions extends SoapHttpOptions {
  readonly logger: Logger;
}

/** @param others gets what is no SOAP call */
export function listenForSoap(
  { logger, ...options }: SoapListenerOptions,
  others: RequestListener,
): RequestListener {
  const soap = soapOverHttp(options);
  return (request, response) => {
    if (!isCall(request)) {
      others(request, response);
      return;
    }
    soap(request, response).catch((error: unknown) => {
      logger.error({ address: options.addressOf(request), err: error }, 'http');
      response.destroy();
    });
  };
}

function isCall({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && CALL_URL.test(url);
}
