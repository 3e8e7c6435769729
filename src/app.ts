/** Wires everything; every route is on this one screen. */
import type { IncomingMessage, RequestListener } from 'node:http';
import compression from 'compression';
import express, { type Request, type Response } from 'express';
import type { Logger } from 'pino';
import { createAuthenticate } from './cashbox/authenticate';
import type { Surroundings } from './cashbox/call';
import { bindOperations, IGNORED_TYPES } from './cashbox/operations';
import type { Settings } from './config';
import type { Contract } from './contract/contract';
import { SCHEMA_FILE } from './contract/namespaces';
import { renderSchema, renderWsdl } from './contract/render';
import { createDateTimeFormat } from './soap/date-time';
import { createEndpoint } from './soap/endpoint';
import { soapOverHttp } from './soap/http';

export interface AppOptions extends Surroundings {
  readonly contract: Contract;
  readonly settings: Pick<Settings, 'timeZone' | 'publicUrl' | 'maxBody' | 'xsiTypes'>;
  readonly logger: Logger;
}

/** In a URL as well, with its query and even with its origin, as a proxy may send it. */
const SOAP_PATH = /^(?:https?:\/\/[^/?]*)?\/(?:v\d+[._]\d+\/)?soap\.pl(?:\?|$)/;

/**
 * Builds the HTTP application.
 * @throws Error when a handler names an operation that the contract lacks
 */
export function createApp(options: AppOptions): RequestListener {
  const { contract, settings, logger, store, newId } = options;
  const dateTime = createDateTimeFormat(settings.timeZone);
  const endpoint = createEndpoint({
    contract,
    codec: { dateTime, ignoredTypes: IGNORED_TYPES, xsiTypes: settings.xsiTypes },
    logger,
    newSoapId: newId,
    authenticate: createAuthenticate(store),
    findHandler: bindOperations(contract, options),
  });
  const soap = soapOverHttp(endpoint, settings.maxBody);
  const compress = compression({ threshold: 0 });

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.use(compress);
  app.get('/healthz', (_request, response) => void response.type('text').send('ok\n'));
  app.get('/readyz', ready(options));
  app.get(SOAP_PATH, endpointWsdl(contract, settings.publicUrl));
  app.get('/:version/:file', contractFile(contract, settings.publicUrl));
  app.use((_request, response) => void response.status(404).type('text').send(NOT_FOUND));
  app.use(onError(logger));
  // Calls go past Express: what it wraps around a request takes longer than all of the call.
  return (request, response) => {
    if (!isSoapCall(request)) {
      app(request, response);
      return;
    }
    compress(request as Request, response as Response, () => {
      soap(request, response).catch((error: unknown) => {
        logger.error({ err: error }, 'http');
        response.destroy();
      });
    });
  };
}

function isSoapCall({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && SOAP_PATH.test(url);
}

const NOT_FOUND =
  'Nothing here. POST SOAP requests to /soap.pl; the WSDL is at /22.0/Account.wsdl.\n';

function ready({ store, logger }: AppOptions) {
  return async (_request: Request, response: Response) => {
    try {
      await store.ping();
      response.type('text').send('ok\n');
    } catch (error) {
      logger.error({ err: error }, 'the database does not answer');
      response.status(503).type('text').send('The database does not answer.\n');
    }
  };
}

/** `GET /soap.pl?wsdl`: the WSDL of Account, its schema named relative to where it was asked for. */
function endpointWsdl(contract: Contract, publicUrl: string | undefined) {
  return (request: Request, response: Response) => {
    const { newest } = contract;
    const service = newest.services.get('Account');
    const wanted = Object.keys(request.query).some((name) => name.toLowerCase() === 'wsdl');
    if (!wanted || !service) {
      response.status(405).set('Allow', 'POST').type('text').send(NOT_FOUND);
      return;
    }
    const up = request.path === '/soap.pl' ? '.' : '..';
    sendXml(
      response,
      renderWsdl(newest, service, {
        address: addressOf(request, publicUrl),
        schema: `${up}/${newest.version}/${SCHEMA_FILE}`,
      }),
    );
  };
}

/** `GET /22.0/Account.wsdl` and `GET /22.0/Vindicia.xsd`. */
function contractFile(contract: Contract, publicUrl: string | undefined) {
  return (request: Request, response: Response, next: () => void) => {
    const { version: name, file } = request.params as { version: string; file: string };
    const version = contract.findVersion(name);
    const service = version?.services.get(file.replace(/\.wsdl$/, ''));
    if (version && file === SCHEMA_FILE) sendXml(response, renderSchema(version));
    else if (version && service && file.endsWith('.wsdl')) {
      sendXml(response, renderWsdl(version, service, { address: addressOf(request, publicUrl) }));
    } else next();
  };
}

function sendXml(response: Response, xml: string): void {
  response.set('Content-Type', 'text/xml; charset=utf-8').send(xml);
}

/** Where clients are to post: the public URL, or the way this request came. */
function addressOf(request: Request, publicUrl: string | undefined): string {
  const { localAddress = '', localPort = 0 } = request.socket;
  const base = publicUrl ?? `http://${request.headers.host ?? `${localAddress}:${localPort}`}`;
  return `${base}/soap.pl`;
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
