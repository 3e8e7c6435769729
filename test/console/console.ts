/**
 * The console's calls of the tests. Each goes through here and is held against the OpenAPI documents that the server
 * serves, those of /v1 too.
 */
import { hashPassword, THROW_AWAY } from '../../src/access/password';
import type { Role } from '../../src/base/role';
import { DocumentCheck, type OpenApiDocument } from '../orders/document';
import { type Shop, startShop } from '../orders/shop';
import { NOW, type TestServerOptions } from '../harness/server';

/** The password of everybody. */
export const PASSWORD = 'correct horse';

/** The people that there are, with their roles and the merchants that they see. */
const PEOPLE: ReadonlyArray<readonly [name: string, role: Role, merchants: string[] | undefined]> =
  [
    ['ada', 'admin', undefined],
    ['sam', 'support', ['acme_soap']],
    ['vic', 'viewer', ['acme_soap']],
    ['rob', 'admin', ['plain_soap']],
  ];

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A browser in which somebody has signed in. */
export interface Browser {
  /** The Cookie header. */
  readonly cookie: string;
  /** Calls a path as a script of the console does; one that begins with /v1 or under /console/api. */
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Called>;
  /** A GET that is expected to be answered with 200. */
  readonly get: (path: string) => Promise<Record<string, unknown>>;
}

export interface Console extends Shop {
  readonly signIn: (name: string, merchant?: string) => Promise<Browser>;
  /** The same call by nobody, or with headers of one's own. */
  readonly callAs: (
    cookie: string | undefined,
    method: string,
    path: string,
    options?: CallOptions,
  ) => Promise<Called>;
}

const API = '/console/api';

/** A shop with people. */
export async function startConsole(options: TestServerOptions = {}): Promise<Console> {
  const shop = await startShop(options);
  const passwordHash = await hashPassword(PASSWORD, THROW_AWAY);
  for (const [name, role, logins] of PEOPLE) {
    const merchantIds: number[] | undefined = logins && [];
    for (const login of logins ?? []) {
      merchantIds?.push((await shop.store.findMerchant(login))?.id ?? 0);
    }
    const made = { createdAt: NOW, createdBy: 'operator' };
    await shop.store.people.insert({ name, role, merchantIds, passwordHash, ...made });
  }
  const reply = await fetch(`${shop.url}${API}/openapi.json`);
  const own = new DocumentCheck((await reply.json()) as OpenApiDocument);
  const v1 = new DocumentCheck(shop.document);
  const callAs: Console['callAs'] = async (cookie, method, path, { body, headers = {} } = {}) => {
    const isV1 = path.startsWith('/v1/');
    const sent = {
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...(method === 'GET' ? {} : { 'X-Latchkey-Console': '1' }),
      ...headers,
    };
    const answer = await fetch(`${shop.url}${isV1 ? path : `${API}${path}`}`, {
      method,
      headers: sent,
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const { status } = answer;
    // 204 has no body.
    const parsed = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
    const check = isV1 ? v1 : own;
    const template = isV1 ? path.slice(3) : path;
    const exchange = { method, path: template, headers: sent, body, status, answer: parsed };
    expect(check.problems(exchange)).toEqual([]);
    return { status, headers: answer.headers, body: parsed ?? {} };
  };
  const signIn: Console['signIn'] = async (name, merchant) => {
    const { status, headers } = await callAs(undefined, 'POST', '/session', {
      body: { name, password: PASSWORD },
    });
    expect([name, status]).toEqual([name, 200]);
    const cookie = cookieOf(headers);
    const named: Record<string, string> =
      merchant === undefined ? {} : { 'X-Latchkey-Merchant': encodeURIComponent(merchant) };
    const call: Browser['call'] = (method, path, { body, headers: more = {} } = {}) =>
      callAs(cookie, method, path, { body, headers: { ...named, ...more } });
    const get: Browser['get'] = async (path) => {
      const { status: code, body } = await call('GET', path);
      expect([path, code, code === 200 ? undefined : body]).toEqual([path, 200, undefined]);
      return body;
    };
    return { cookie, call, get };
  };
  return Object.assign(shop, { signIn, callAs });
}

/** What a browser sends back of the cookie that an answer sets. */
export function cookieOf(headers: Headers): string {
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
