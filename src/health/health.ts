/** Answers load balancers and supervisors: whether the process runs, and whether it can work. */
import { type Response, Router } from 'express';
import type { Logger } from 'pino';
import { type Store, StoreError } from '../store/store';

/** The sources of the health report. */
export interface HealthOptions {
  readonly store: Pick<Store, 'ping'>;
  readonly logger: Logger;
}

/** Builds the router of /healthz and /readyz. */
export function createHealth({ store, logger }: HealthOptions): Router {
  const router = Router({ caseSensitive: true });
  router.get('/healthz', (_request, response) => sendState(response, 'ok'));
  router.get('/readyz', async (_request, response) => {
    try {
      await store.ping();
      sendState(response, 'ok');
    } catch (error) {
      logger.error({ err: error }, 'the database does not answer');
      const why = error instanceof StoreError ? `: ${error.description}` : '';
      sendState(response.status(503), `The database does not answer${why}.`);
    }
  });
  return router;
}

/** A state holds for its moment only: no cache may answer for the server. */
function sendState(response: Response, text: string): void {
  response.set('Cache-Control', 'no-store').type('text').send(`${text}\n`);
}
