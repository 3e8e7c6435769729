/** Everything that is served beside SOAP calls: each surface is one entry of `listSurfaces`. */
import type { RequestListener } from 'node:http';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { type ApiOptions, createApi } from './api/surface';
import { cut } from './base/quote';
import { createPages } from './console/pages';
import { createConsole } from './console/surface';
import { createDiscoverySurface } from './discovery/surface';
import { createHealth } from './health/health';
import type { Parts, SoapParts } from './parts';
import type { Simulation } from './simulation/simulation';

/** In the order in which it is asked. */
function listSurfaces(parts: Parts & SoapParts): RequestHandler[] {
  const { contract, settings, simulation, sessions, calls, watching } = parts;
  const isSimulation = simulation !== undefined;
  const { publicUrl } = settings;
  return [
    createDiscoverySurface(contract, { publicUrl, isSimulation, hasConsole: settings.console }),
    createHealth(parts),
    createApi({ ...parts, ...watching, ...(simulation ? watched(simulation, parts) : {}) }),
    ...(sessions && calls
      ? [createConsole({ ...parts, sessions, calls, isSimulation, publicUrl }), createPages()]
      : []),
    ...(simulation ? [simulation.createControl(parts)] : []),
  ];
}

/** How the calls of REST are watched in a simulation. */
function watched(simulation: Simulation, parts: Parts): Pick<ApiOptions, 'around' | 'onRefused'> {
  return {
    around: (own) => simulation.watchRest(own, parts),
    onRefused: simulation.watchRefused(parts),
  };
}

/** Builds the listener of requests that are no SOAP calls. */
export function createSurfaces(parts: Parts & SoapParts): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const surface of listSurfaces(parts)) app.use(surface);
  app.use((_request, response) => void response.status(404).type('text').send(NOT_FOUND));
  app.use(onError(parts));
  return app;
}

const NOT_FOUND = 'Nothing here. POST SOAP requests to /soap.pl; / lists what is served.\n';

const NOT_UNDERSTOOD = 'The request cannot be understood.';
const BROKEN_PATH = 'The path is not encoded as a URL.';

/** The framework's own errors (a malformed URL, say), without its page and stack trace. */
function onError({
  logger,
  addressOf,
  settings,
}: Pick<Parts, 'logger' | 'addressOf' | 'settings'>) {
  return (error: unknown, request: Request, response: Response, next: (e: unknown) => void) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status = 500 } = error as { status?: number };
    const broken = error instanceof URIError;
    const text = broken ? BROKEN_PATH : status < 500 ? NOT_UNDERSTOOD : 'Internal error.';
    const { method, url } = request;
    const call = { address: addressOf(request), status, method };
    // A path may hold ids, and none can be read out of a broken one to be shown as a digest. The error of one quotes
    // it, and once more in its stack.
    const path = settings.logIds === 'on' ? { path: cut(url) } : {};
    if (status < 500) logger.info({ ...call, reason: text, ...path }, 'http');
    else logger.error({ ...call, err: error }, 'http');
    response.status(status).type('text').send(`${text}\n`);
  };
}
