/** The control of a simulation: every call under /_latchkey, and the page that describes them. */
import type { IncomingMessage } from 'node:http';
import compression from 'compression';
import { Router } from 'express';
import type { Logger } from 'pino';
import type { BigReplies } from '../base/big-replies';
import type { ComingBodies } from '../base/coming-bodies';
import type { LogIds } from '../base/log-ids';
import { version } from '../base/package';
import { CONTROL_PATH } from '../base/simulate';
import type { Time } from '../base/time';
import { createDocs } from '../rest/docs-page';
import type { About } from '../rest/openapi';
import { createRest, refuseBroken, refuseUnknown } from '../rest/serve';
import { carryOutControl, type ControlTools } from './context';
import { CONTROL_ROUTES } from './routes';

/** The parts that the control is built from. */
export interface ControlOptions extends ControlTools {
  /** Seconds that the reader of an answer in pieces may stand still. */
  readonly replyTimeout: number;
  /** Where long lists wait for one another. */
  readonly bigReplies: BigReplies;
  /** Where long bodies wait for room. */
  readonly comingBodies: ComingBodies;
  readonly time: Pick<Time, 'elapsed' | 'after'>;
  readonly logger: Logger;
  /** Writes the ids that a refused call names into the log. */
  readonly logIds: LogIds;
  /** Milliseconds from which a call is slow; 0: none is. */
  readonly slowCall: number;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  readonly addressOf: (request: IncomingMessage) => string;
}

/** The OpenAPI document's description of all calls together. */
export const CONTROL_ABOUT: About = {
  title: 'Latchkey simulation',
  version,
  description:
    'Control of a server that was started with --simulate: its clock, its data, faults on demand, and the requests that ' +
    'came. Each merchant has its own, so that tests run side by side. JSON in and out; a refused call changes nothing.',
  path: CONTROL_PATH,
};

/** The bytes that a seed may have, whatever calls may. */
const SEED_BYTES = 16 * 2 ** 20;

/** Who steers: no key is asked for. */
const ANYBODY = { name: 'test', scope: 'admin', merchant: { login: '-' } } as const;

/** Builds the router. */
export function createControl(options: ControlOptions): Router {
  const {
    time,
    logger,
    logIds,
    slowCall,
    maxBody,
    addressOf,
    newId,
    replyTimeout,
    bigReplies,
    comingBodies,
  } = options;
  const rest = {
    routes: CONTROL_ROUTES,
    logger,
    logIds,
    namedIds: () => [],
    slowCall,
    time,
    newId,
    maxBody: Math.max(maxBody, SEED_BYTES),
    addressOf,
    replyTimeout,
    bigReplies,
    comingBodies,
    authenticate: () => Promise.resolve(ANYBODY),
    carryOut: (call: Parameters<typeof carryOutControl>[1]) => carryOutControl(options, call),
  };
  const router = Router({ caseSensitive: true });
  router.use(
    CONTROL_PATH,
    compression(),
    createDocs(CONTROL_ROUTES, CONTROL_ABOUT, {}),
    createRest(rest),
    refuseUnknown(rest, `${CONTROL_PATH}/docs`),
    refuseBroken(rest),
  );
  return router;
}
