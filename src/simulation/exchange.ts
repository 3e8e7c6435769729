/** The HTTP exchange that a call came by: a simulation sees more of it than the surfaces do. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { SIMULATION_HEADER } from '../base/simulate';

/** A request and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const exchanges = new AsyncLocalStorage<Exchange>();

/** The same listener; each reply says that it is a simulation's. */
export function inExchanges(listener: RequestListener): RequestListener {
  return (request, response) => {
    response.setHeader(SIMULATION_HEADER, 'on');
    exchanges.run({ request, response }, () => listener(request, response));
  };
}

/** The exchange that is being answered. */
export function currentExchange(): Exchange {
  const exchange = exchanges.getStore();
  if (!exchange) throw new Error('no request is being answered');
  return exchange;
}

/** Has the reply's Date show a moment, in UTC milliseconds, unless its head has gone out. */
export function dateReply({ response }: Exchange, moment: number): void {
  if (!response.headersSent) response.setHeader('Date', new Date(moment).toUTCString());
}
