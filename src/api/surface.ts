/** The REST side: every call under /v1, and the page that describes them. */
import type { IncomingMessage } from 'node:http';
import compression from 'compression';
import { Router } from 'express';
import type { Logger } from 'pino';
import type { FailedLogins, OnFailedLogin } from '../access/failed-logins';
import { SESSION_COOKIE } from '../access/session-cookie';
import type { Sessions } from '../access/sessions';
import type { BigReplies } from '../base/big-replies';
import type { ComingBodies } from '../base/coming-bodies';
import type { LogIds } from '../base/log-ids';
import { version } from '../base/package';
import type { Time } from '../base/time';
import { createAsyncApi } from '../feed/asyncapi';
import { createDocs } from '../rest/docs-page';
import type { About } from '../rest/openapi';
import type { RefusedCall } from '../rest/refused-call';
import { createRest, refuseBroken, refuseUnknown } from '../rest/serve';
import type { GoAlong } from '../rest/visit';
import { createAuthenticateCall } from './authenticate-call';
import { type ApiTools, carryOut } from './context';
import { keyOwner } from './keys';
import { namedIds } from './named-ids';
import { Waiting } from './waiting';
import { ROUTES } from './routes';

/** The parts that the REST side is built from. */
export interface ApiOptions extends Omit<ApiTools, 'waiting'> {
  /** Seconds that the reader of an answer in pieces may stand still. */
  readonly replyTimeout: number;
  /** Where long lists wait for one another, and for large SOAP replies. */
  readonly bigReplies: BigReplies;
  /** Where long bodies wait for room. */
  readonly comingBodies: ComingBodies;
  /** Aborted when the server is to end. */
  readonly stopping?: AbortSignal;
  readonly time: Pick<Time, 'elapsed' | 'after'>;
  readonly logger: Logger;
  /** Writes the ids that a refused call names into the log. */
  readonly logIds: LogIds;
  /** Milliseconds from which a call is slow; 0: none is. */
  readonly slowCall: number;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  readonly failedLogins: FailedLogins;
  /** Those of the console; undefined: there is none. */
  readonly sessions?: Sessions | undefined;
  /** What carries calls out around the usual; default: nothing. */
  readonly around?: (carryOut: CarryOut) => CarryOut;
  /** Gets each call that is refused before it is carried out; default: nothing does. */
  readonly onRefused?: (refused: RefusedCall) => Promise<void>;
  /** Goes along with every call; default: nothing does. */
  readonly goAlong?: GoAlong | undefined;
  /** Called with each key that is not good; default: nothing is. */
  readonly onFailedLogin?: OnFailedLogin | undefined;
  /** Finds the address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
}

/** Carries a call out. */
export type CarryOut = (call: Parameters<typeof carryOut>[1]) => ReturnType<typeof carryOut>;

/** The OpenAPI document's description of all calls together. */
export const ABOUT = {
  title: 'Latchkey',
  version,
  description:
    'Access: what accounts hold, what orders and AutoBills give, and its administration. JSON in and out; a refused call ' +
    'changes nothing. ' +
    'A change that is repeated with its Idempotency-Key gets the first answer and does nothing twice.',
  path: '/v1',
  key: 'A key made with `latchkey key add NAME`, or by `POST /v1/keys`.',
  session: {
    cookie: SESSION_COOKIE,
    description:
      'A session of the console. The header `X-Latchkey-Merchant` names the merchant, and each change needs the header ' +
      '`X-Latchkey-Console`.',
  },
} satisfies About;

/** Builds the router of /v1. */
export function createApi(options: ApiOptions): Router {
  const {
    store,
    logger,
    logIds,
    newId,
    timeZone,
    time,
    slowCall,
    replyTimeout,
    bigReplies,
    comingBodies,
  } = options;
  const { maxBody, addressOf, failedLogins, sessions, webhookPrivate, formatOf } = options;
  const { around = (own) => own, onFailedLogin } = options;
  const waiting = new Waiting(time);
  const tools = { store, newId, timeZone, time, webhookPrivate, formatOf, waiting };
  const rest = {
    routes: ROUTES,
    logger,
    stopping: options.stopping,
    logIds,
    namedIds,
    slowCall,
    time,
    newId,
    maxBody,
    addressOf,
    replyTimeout,
    bigReplies,
    comingBodies,
    authenticate: createAuthenticateCall({ store, logger, failedLogins, onFailedLogin, sessions }),
    goAlong: options.goAlong,
    onRefused: options.onRefused,
    carryOut: around((call) => carryOut(tools, call)),
  };
  const router = Router({ caseSensitive: true });
  const unknown = refuseUnknown(rest, `${ABOUT.path}/docs`);
  router.use(
    ABOUT.path,
    compression(),
    createDocs(ROUTES, ABOUT, { 'asyncapi.json': () => createAsyncApi(ABOUT) }),
    createRest(rest),
    unknown,
    refuseBroken(rest),
  );
  // n8n's Memberspot node tests its key beside /v1, not under it.
  router.use(createRest({ ...rest, routes: [keyOwner] }));
  return router;
}
