/**
 * What the console asks that /v1 has not, under /console/api, with the document that describes it.
 * Decided: docs/decisions/console.md
 */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import compression from 'compression';
import { Router } from 'express';
import type { Logger } from 'pino';
import {
  CONSOLE_HEADER,
  MERCHANT_HEADER,
  readSessionCookie,
  SESSION_COOKIE,
} from '../access/session-cookie';
import { noSession } from '../api/authenticate-call';
import { namedIds } from '../api/named-ids';
import type { BigReplies } from '../base/big-replies';
import type { ComingBodies } from '../base/coming-bodies';
import type { LogIds } from '../base/log-ids';
import { version } from '../base/package';
import { scopeOfRole } from '../base/role';
import type { Time } from '../base/time';
import { roleTooSmall } from '../rest/api-error';
import { createDocs } from '../rest/docs-page';
import type { About } from '../rest/openapi';
import { requireOwnPage } from '../rest/own-page';
import { createRest, refuseBroken, refuseUnknown } from '../rest/serve';
import {
  carryOutConsole,
  type ConsoleCaller,
  type ConsoleRoute,
  type ConsoleTools,
} from './context';
import { type CheckParts, CheckRun } from './check-run';
import { CONSOLE_ROUTES } from './routes';
import { createOidc } from './oidc';
import { getSession, signIn, signInWays, tooManySignIns } from './session';
import { Tallies } from './tally';

/** The parts that the console's calls are built from. */
export interface ConsoleOptions extends Omit<ConsoleTools, 'check' | 'tallies'>, CheckParts {
  /** Seconds that the reader of an answer in pieces may stand still. */
  readonly replyTimeout: number;
  /** Where long lists wait for one another. */
  readonly bigReplies: BigReplies;
  /** Where long bodies wait for room. */
  readonly comingBodies: ComingBodies;
  readonly time: Pick<Time, 'now' | 'elapsed' | 'after'>;
  readonly logger: Logger;
  /** Writes the ids that a refused call names into the log. */
  readonly logIds: LogIds;
  /** Milliseconds from which a call is slow; 0: none is. */
  readonly slowCall: number;
  /** Bytes, after decompression. */
  readonly maxBody: number;
  /** Finds the address that a request comes from. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** What documents say this server's address is; undefined: the request's Host. */
  readonly publicUrl: string | undefined;
}

/** The OpenAPI document's description of all calls together. */
export const CONSOLE_ABOUT = {
  title: 'Latchkey console',
  version,
  description:
    'What the console asks beside /v1. A person signs in and is known by a cookie; /v1 takes the same. The header ' +
    `\`${MERCHANT_HEADER}\` names the merchant (percent-encoded; it may be left out where the person sees exactly one), ` +
    `and each call but GET needs the header \`${CONSOLE_HEADER}\`, with any value.`,
  path: '/console/api',
  session: { cookie: SESSION_COOKIE, description: 'Made by `POST /console/api/session`.' },
  refusals: {
    401: ['There is no session, or it has ended.', noSession().message],
    403: [
      `The role is too small, the person doesn't see the merchant, another site's page sends the request, or ${CONSOLE_HEADER} is missing.`,
      roleTooSmall('write').message,
    ],
    429: [
      'Too many wrong passwords from this address; Retry-After says when to come again.',
      tooManySignIns(42).message,
    ],
  },
} satisfies About;

/** Builds the router. */
export function createConsole(options: ConsoleOptions): Router {
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
  const check = new CheckRun(options);
  const tools = { ...options, check, tallies: new Tallies(!options.isSimulation) };
  const rest = {
    routes: CONSOLE_ROUTES,
    logger,
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
    authenticate: createAuthenticatePerson(options),
    carryOut: (call: Parameters<typeof carryOutConsole>[1]) => carryOutConsole(tools, call),
  };
  const { path } = CONSOLE_ABOUT;
  const router = Router({ caseSensitive: true });
  const { provider, publicUrl } = options;
  if (provider) {
    const isHttps = (request: IncomingMessage) => isSecure(request, publicUrl);
    router.use(path, createOidc({ ...options, provider, isSecure: isHttps }, path));
  }
  router.use(
    path,
    compression(),
    createDocs(CONSOLE_ROUTES, CONSOLE_ABOUT, {}),
    createRest(rest),
    refuseUnknown(rest, `${path}/docs`),
    refuseBroken(rest),
  );
  return router;
}

/** Nobody yet: what may be done is to sign in, and to ask how, and whether one has. */
const STRANGER = {
  name: '-',
  isPerson: true,
  scope: 'write',
  merchant: { login: '-' },
  session: undefined,
} as const;

/** The caller of each call: a person with a session, unless the call is to make one, or asks whether there is one. */
function createAuthenticatePerson({ sessions, publicUrl }: ConsoleOptions) {
  return async (
    request: IncomingMessage,
    address: string,
    route: ConsoleRoute,
  ): Promise<ConsoleCaller> => {
    requireOwnPage(request, CONSOLE_HEADER);
    const { headers } = request;
    const token = readSessionCookie(headers);
    const named = headers[MERCHANT_HEADER.toLowerCase()]?.toString();
    const way = { token, address, named, isSecure: isSecure(request, publicUrl) };
    if (route === signIn || route === signInWays) return { ...STRANGER, ...way };
    const session = token === undefined ? undefined : await sessions.find(token);
    if (!session && route === getSession) return { ...STRANGER, ...way };
    if (!session) throw noSession();
    const { name, role } = session.person;
    const merchant = { login: named ?? '-' };
    return { name, isPerson: true, scope: scopeOfRole(role), merchant, session, ...way };
  };
}

/** A header that somebody else makes up does no harm: over http a browser keeps no Secure cookie. */
function isSecure({ socket, headers }: IncomingMessage, publicUrl: string | undefined): boolean {
  return (
    socket instanceof TLSSocket ||
    publicUrl?.startsWith('https:') === true ||
    headers['x-forwarded-proto'] === 'https'
  );
}
