/**
 * The way of a browser to an OpenID Connect provider and back: pages that redirect, and no calls of scripts.
 * Decided: docs/decisions/openid-connect.md
 */
import type { IncomingMessage } from 'node:http';
import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { type Pending, type Provider, ProviderError } from '../access/oidc';
import { readSessionCookie, writeSessionCookie } from '../access/session-cookie';
import type { Sessions } from '../access/sessions';
import { TooManyFailures } from '../base/refusal';
import { PAGES_PATH } from './pages';

/** The parts that it needs. */
export interface OidcOptions {
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Whether the browser came by https. */
  readonly isSecure: (request: IncomingMessage) => boolean;
  /** This server's address; undefined: the request's Host. */
  readonly publicUrl: string | undefined;
}

/** Under /console/api. */
const FOLDER = '/oidc';
const START = `${FOLDER}/start`;
const CALLBACK = `${FOLDER}/callback`;

/** What the browser keeps on its way; gone after ten minutes, and sent to these paths alone. */
const COOKIE = 'latchkey_oidc';
const COOKIE_SECONDS = 600;
const KEPT = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{1,3000})(?:;|$)`);

/** The longest address of a screen that is come back to, in characters. */
const MAX_NEXT = 1000;

/** Addresses without a host are read as if they were of this one. */
const OWN = 'http://own.invalid';

interface Kept extends Pending {
  readonly next: string;
}

/** Builds the router, to be mounted under `path`. */
export function createOidc(options: OidcOptions, path: string): Router {
  const { provider, sessions, logger, addressOf, isSecure, publicUrl } = options;
  const cookieOf = (request: Request, value: string, seconds: number) => {
    const parts = [`${COOKIE}=${value}`, `Path=${path}${FOLDER}`, 'HttpOnly', 'SameSite=Lax'];
    parts.push(`Max-Age=${seconds}`, ...(isSecure(request) ? ['Secure'] : []));
    return parts.join('; ');
  };
  const baseOf = (request: Request) =>
    publicUrl ?? `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
  const fail = (request: Request, response: Response, error: unknown, next: string) => {
    if (!(error instanceof ProviderError || error instanceof TooManyFailures)) throw error;
    // The page of the sign-in says it in words.
    const fault = error instanceof ProviderError ? error.kind : 'wait';
    const { message: reason } = error;
    logger.warn({ address: addressOf(request), fault, reason }, 'no sign-in by OpenID Connect');
    const query = new URLSearchParams({ fault, next }).toString();
    response.redirect(303, `${PAGES_PATH}/sign-in?${query}`);
  };
  const router = Router({ caseSensitive: true });
  router.use(FOLDER, (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  router.get(START, async (request, response) => {
    const next = screenOf(request.query.next);
    try {
      const { url, pending } = await provider.begin(`${baseOf(request)}${path}${CALLBACK}`);
      const kept = Buffer.from(JSON.stringify({ ...pending, next })).toString('base64url');
      response.append('Set-Cookie', cookieOf(request, kept, COOKIE_SECONDS));
      response.redirect(303, url.href);
    } catch (error) {
      fail(request, response, error, next);
    }
  });
  router.get(CALLBACK, async (request, response) => {
    const kept = readKept(request);
    // It is used once.
    response.append('Set-Cookie', cookieOf(request, '', 0));
    const next = screenOf(kept?.next);
    try {
      if (!kept) throw new ProviderError('refused', 'the browser did not begin this sign-in');
      const { search } = new URL(request.originalUrl, OWN);
      const url = new URL(`${baseOf(request)}${path}${CALLBACK}${search}`);
      const find = () => provider.finish(url, kept);
      const former = readSessionCookie(request.headers);
      const token = await sessions.beginFor(find, addressOf(request), former);
      if (token === undefined) throw new ProviderError('unknown', 'there is no such user here');
      response.append('Set-Cookie', writeSessionCookie(token, isSecure(request)));
      response.redirect(303, next);
    } catch (error) {
      fail(request, response, error, next);
    }
  });
  return router;
}

/** @returns undefined where the browser brings nothing that was given to it */
function readKept({ headers }: Request): Kept | undefined {
  const [, text] = KEPT.exec(headers.cookie ?? '') ?? [];
  try {
    const kept = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Partial<Kept>;
    const { state, nonce, verifier, next } = kept;
    const all = [state, nonce, verifier, next];
    if (!all.every((value) => typeof value === 'string' && value !== '')) return undefined;
    return kept as Kept;
  } catch {
    return undefined;
  }
}

/** The address of a screen that a sign-in leads to: one of the console itself, whatever a link says. */
function screenOf(address: unknown): string {
  if (typeof address !== 'string' || address.length > MAX_NEXT) return PAGES_PATH;
  if (!address.startsWith('/') || !URL.canParse(address, OWN)) return PAGES_PATH;
  const { origin, pathname, search } = new URL(address, OWN);
  const isScreen = origin === OWN && `${pathname}/`.startsWith(`${PAGES_PATH}/`);
  return isScreen && !pathname.startsWith(`${PAGES_PATH}/api/`) ? pathname + search : PAGES_PATH;
}
