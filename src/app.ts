/** Wires everything: each surface that the server has is one entry of `listSurfaces`. */
import type { RequestListener } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import { cut } from './base/quote';
import { createAuthenticate } from './access/authenticate';
import { createAddressOf } from './access/client-address';
import { createFailedLogins } from './access/failed-logins';
import { createApi } from './api/surface';
import type { Time } from './base/time';
import type { Surroundings } from './cashbox/call';
import { ABSENT_VALUES, IGNORED_TYPES } from './cashbox/ignored-types';
import { createLogIn } from './cashbox/log-in';
import { bindOperations } from './cashbox/operations';
import type { Settings } from './config/settings';
import type { Contract } from './contract/contract';
import { createDiscoverySurface } from './discovery/surface';
import { createHealth } from './health/health';
import { createDateTimeFormat } from './soap/date-time';
import { createEndpoint } from './soap/endpoint';
import { listenForSoap } from './soap/listener';

export interface AppOptions extends Surroundings {
  readonly contract: Contract;
  readonly settings: Pick<
    Settings,
    | 'timeZone'
    | 'publicUrl'
    | 'maxBody'
    | 'xsiTypes'
    | 'validation'
    | 'maxFailedLogins'
    | 'trustedProxies'
  >;
  readonly logger: Logger;
  /** Dates nothing: changes of data happen at the moment of their unit. */
  readonly time: Time;
}

/** Shared by the surfaces: one count of failed logins, one way to an address. */
interface Parts extends AppOptions, ReturnType<typeof createShared> {}

/** Everything that is served beside SOAP calls, in the order in which it is asked. */
function listSurfaces(parts: Parts): RequestHandler[] {
  const { contract, settings } = parts;
  return [
    createDiscoverySurface(contract, settings.publicUrl),
    createHealth(parts),
    createApi(parts),
  ];
}

/**
 * Builds the HTTP application.
 * @throws Error when a handler names an operation that the contract lacks
 */
export function createApp(options: AppOptions): RequestListener {
  const parts = { ...options, ...createShared(options) };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const surface of listSurfaces(parts)) app.use(surface);
  app.use((_request, response) => void response.status(404).type('text').send(NOT_FOUND));
  app.use(onError(options.logger));
  return listenForSoap({ endpoint: createSoapEndpoint(parts), ...parts }, app);
}

function createShared({ settings, time }: AppOptions) {
  return {
    maxBody: settings.maxBody,
    addressOf: createAddressOf(settings.trustedProxies),
    failedLogins: createFailedLogins(settings.maxFailedLogins, time),
  };
}

/** SOAP, with the operations of CashBox. */
function createSoapEndpoint(parts: Parts) {
  const { contract, settings, logger, store, newId, failedLogins } = parts;
  return createEndpoint({
    contract,
    codec: {
      dateTime: createDateTimeFormat(settings.timeZone),
      ignoredTypes: IGNORED_TYPES,
      absentValues: ABSENT_VALUES,
      xsiTypes: settings.xsiTypes,
    },
    validation: settings.validation,
    logger,
    newSoapId: newId,
    authenticate: createLogIn(createAuthenticate(store, failedLogins)),
    findHandler: bindOperations(contract, { store, newId, timeZone: settings.timeZone }),
  });
}

const NOT_FOUND = 'Nothing here. POST SOAP requests to /soap.pl; / lists what is served.\n';

const NOT_UNDERSTOOD = 'The request cannot be understood.';
const BROKEN_PATH = 'The path is not encoded as a URL.';

/** The framework's own errors (a malformed URL, say), without its page and stack trace. */
function onError(logger: Logger) {
  return (error: unknown, request: Request, response: Response, next: (e: unknown) => void) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status = 500 } = error as { status?: number };
    const broken = error instanceof URIError;
    // The error of a broken path quotes it, and once more in its stack.
    if (status < 500) logger.info({ status, path: cut(request.url) }, 'http');
    else logger.error({ err: error }, 'http');
    const text = broken ? BROKEN_PATH : status < 500 ? NOT_UNDERSTOOD : 'Internal error.';
    response.status(status).type('text').send(`${text}\n`);
  };
}
