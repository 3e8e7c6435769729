/** The caller of /v1: an API key, or a person who has signed in to the console. */
import type { IncomingMessage } from 'node:http';
import { type Caller, createAuthenticateKey, type KeyCheck } from '../access/authenticate-key';
import { CONSOLE_HEADER, MERCHANT_HEADER, readSessionCookie } from '../access/session-cookie';
import type { Sessions } from '../access/sessions';
import { findVisible } from '../access/visible-merchant';
import { scopeOfRole } from '../base/role';
import { ApiError } from '../rest/api-error';
import { requireOwnPage } from '../rest/own-page';

/** The answer to a person whose session has ended. */
export const noSession = () => new ApiError(401, 'Sign in at /console: there is no session.');

/** A caller that is a person, too. */
export interface ApiCaller extends Caller {
  readonly isPerson?: boolean;
}

/** The parts needed to find callers. */
export interface CallerCheck extends KeyCheck {
  /** Undefined: there is no console. */
  readonly sessions: Sessions | undefined;
}

/** Finds the caller of a request; undefined: its key is none. */
export type AuthenticateCall = (
  request: IncomingMessage,
  address: string,
) => Promise<ApiCaller | undefined>;

/**
 * A key counts before a session: programs send no cookie, and a page that has a key means it.
 * @returns a function that answers the caller; undefined: the key is none
 */
export function createAuthenticateCall({ sessions, ...check }: CallerCheck): AuthenticateCall {
  const byKey = createAuthenticateKey(check);
  return async (request, address) => {
    const { headers } = request;
    const key = headers['x-api-key'];
    const token = sessions && key === undefined ? readSessionCookie(headers) : undefined;
    if (!sessions || token === undefined) {
      return byKey(Array.isArray(key) ? key.join(', ') : key, address);
    }
    requireOwnPage(request, CONSOLE_HEADER);
    const held = await sessions.find(token);
    if (!held) throw noSession();
    const { person } = held;
    const named = headers[MERCHANT_HEADER.toLowerCase()];
    const merchant = await findVisible(check.store, person, named?.toString());
    return { merchant, name: person.name, scope: scopeOfRole(person.role), isPerson: true };
  };
}
