/** Wires everything; every route is on this one screen. */
import type { IncomingMessage, RequestListener } from 'node:http';
import compression from 'compression';
import express, { type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { version } from './base/package';
import type { Time } from './base/time';
import { createAuthenticate } from './access/authenticate';
import type { Surroundings } from './cashbox/call';
import { createLogIn } from './cashbox/log-in';
import { ABSENT_VALUES, IGNORED_TYPES } from './cashbox/ignored-types';
import { bindOperations } from './cashbox/operations';
import type { Settings } from './config/settings';
import type { Contract } from './contract/contract';
import { createDiscovery } from './discovery/discovery';
import { type AddressOf, createAddressOf } from './access/client-address';
import { createFailedLogins, type FailedLogins } from './access/failed-logins';
import { apiAuth } from './api/api-auth';
import { createApi, refuseUnknown } from './rest/serve';
import { createAuthenticateKey } from './access/authenticate-key';
import { createDocs } from './rest/docs-page';
import { ROUTES } from './api/routes';
import { createDateTimeFormat } from './soap/date-time';
import { createEndpoint } from './soap/endpoint';
import { soapOverHttp } from './soap/http';

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
  /** Dates nothing: what happens to data happens at its unit's moment. */
  readonly time: Time;
}

/**
 * A call's URL: with its query and even with its origin, as a proxy may send it. Clients post to `/`
 * and with a slash at the end, too (observed).
 */
const CALL_URL = /^(?:https?:\/\/[^/?]*)?\/(?:(?:v\d+[._]\d+\/)?soap\.pl\/?)?(?:\?|$)/;
const SOAP_PATH = /^\/(?:v(?<version>\d+[._]\d+)\/)?soap\.pl\/?$/;
const CONTRACT_FILE = /^\/(?<version>[^/]+)\/(?<file>[^/]+\.(?:wsdl|xsd))$/;

/**
 * Builds the HTTP application.
 * @throws Error when a handler names an operation that the contract lacks
 */
export function createApp(options: AppOptions): RequestListener {
  const { contract, settings, logger, store, newId, time } = options;
  const dateTime = createDateTimeFormat(settings.timeZone);
  const failedLogins = createFailedLogins(settings.maxFailedLogins, time);
  const addressOf = createAddressOf(settings.trustedProxies);
  const endpoint = createEndpoint({
    contract,
    codec: {
      dateTime,
      ignoredTypes: IGNORED_TYPES,
      absentValues: ABSENT_VALUES,
      xsiTypes: settings.xsiTypes,
    },
    validation: settings.validation,
    logger,
    newSoapId: newId,
    authenticate: createLogIn(createAuthenticate(store, failedLogins)),
    findHandler: bindOperations(contract, options),
  });
  const soap = soapOverHttp(endpoint, settings.maxBody, addressOf);
  const compress = compression({ threshold: 0 });

  const discovery = createDiscovery(contract, settings.publicUrl);

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.get('/', discovery.index);
  app.all('/', refuseMethod('GET, HEAD, POST'));
  app.get('/healthz', (_request, response) => sendState(response, 'ok'));
  app.get('/readyz', ready(options));
  app.get(SOAP_PATH, discovery.endpointWsdl);
  app.all(SOAP_PATH, refuseMethod('POST'));
  app.get(CONTRACT_FILE, discovery.file);
  app.all(CONTRACT_FILE, refuseMethod('GET, HEAD'));
  mountApi(app, options, failedLogins, addressOf);
  app.use((_request, response) => void response.status(404).type('text').send(NOT_FOUND));
  app.use(onError(logger));
  // Calls go past Express: what it wraps around a request takes longer than all of the call.
  return (request, response) => {
    if (!isSoapCall(request)) {
      app(request, response);
      return;
    }
    const answer = () => {
      soap(request, response).catch((error: unknown) => {
        logger.error({ err: error }, 'http');
        response.destroy();
      });
    };
    // Who accepts no encoding need not pay for the choice of one.
    if (request.headers['accept-encoding'] === undefined) answer();
    else compress(request as Request, response as Response, answer);
  };
}

/** The REST calls. */
function mountApi(
  app: Express,
  options: AppOptions,
  failedLogins: FailedLogins,
  addressOf: AddressOf,
): void {
  const { settings, ...surroundings } = options;
  const apiOptions = {
    ...surroundings,
    routes: ROUTES,
    maxBody: settings.maxBody,
    addressOf,
    authenticate: createAuthenticateKey({ ...options, countFailure: failedLogins.begin }),
  };
  app.use(
    '/v1',
    compression(),
    createDocs(ROUTES, version),
    createApi(apiOptions),
    refuseUnknown(apiOptions),
  );
  // n8n's Memberspot node tests its key beside /v1, not under it.
  app.use(createApi({ ...apiOptions, routes: [apiAuth] }));
}

function isSoapCall({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && CALL_URL.test(url);
}

const NOT_FOUND = 'Nothing here. POST SOAP requests to /soap.pl; / lists what is served.\n';

function ready({ store, logger }: AppOptions) {
  return async (_request: Request, response: Response) => {
    try {
      await store.ping();
      sendState(response, 'ok');
    } catch (error) {
      logger.error({ err: error }, 'the database does not answer');
      sendState(response.status(503), 'The database does not answer.');
    }
  };
}

/** What was true a moment ago says nothing of now: no cache may answer for the server. */
function sendState(response: Response, text: string): void {
  response.set('Cache-Control', 'no-store').type('text').send(`${text}\n`);
}

/** @param allow the methods that there are, for the header of that name */
function refuseMethod(allow: string) {
  return (_request: Request, response: Response) => {
    const text = `The method is not allowed here; ${allow} is.`;
    response.status(405).set('Allow', allow).type('text').send(`${text}\n`);
  };
}

/** The framework's own errors (a malformed URL, say), without its page and stack trace. */
function onError(logger: Logger) {
  return (error: unknown, _request: Request, response: Response, next: (e: unknown) => void) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status = 500 } = error as { status?: number };
    logger[status < 500 ? 'info' : 'error']({ err: error }, 'http');
    const text = status < 500 ? 'The request cannot be understood.' : 'Internal error.';
    response.status(status).type('text').send(`${text}\n`);
  };
}
