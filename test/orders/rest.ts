/**
 * REST calls of the tests. Every request and answer goes through here and is held against the
 * OpenAPI document that the server serves: undocumented parts fail the test that made them.
 */
import type { Scope } from '../../src/base/scope';
import { digestOf } from '../../src/access/authenticate-key';
import { startTestServer, type TestServer, type TestServerOptions } from '../harness/server';
import { SEED } from '../harness/seed';
import { DocumentCheck, type OpenApiDocument } from './document';

/** Keys as good as real ones. */
export const KEY = 'lk_test-key-that-may-write';
export const READ_KEY = 'lk_test-key-that-may-read';
export const ADMIN_KEY = 'lk_test-key-that-administers';

/** A call's options beside its method and path. */
export interface RestOptions {
  /** Sent as JSON, unless it is text: that is sent as it is. */
  readonly body?: unknown;
  /** Default: KEY. Null: no key is sent. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined: no body. */
  readonly body: unknown;
}

export interface RestServer extends TestServer {
  /** Calls a path below /v1. */
  readonly call: (method: string, path: string, options?: RestOptions) => Promise<RestAnswer>;
  readonly document: OpenApiDocument;
}

/** Starts a server with the common merchants; the first of them has KEY, READ_KEY and ADMIN_KEY. */
export async function startRestServer(options: TestServerOptions = {}): Promise<RestServer> {
  const server = await startTestServer({ merchants: SEED, ...options });
  const { login } = (options.merchants ?? SEED)[0] ?? { login: '' };
  await addKey(server, login, 'shop', KEY);
  await addKey(server, login, 'report', READ_KEY, 'read');
  await addKey(server, login, 'office', ADMIN_KEY, 'admin');
  const reply = await fetch(`${server.url}/v1/openapi.json`);
  const document = (await reply.json()) as OpenApiDocument;
  const check = new DocumentCheck(document);
  server.statements.length = 0;
  return Object.assign(server, {
    document,
    call: (method: string, path: string, restOptions: RestOptions = {}) =>
      call(server.url, check, method, path, restOptions),
  });
}

/** Gives a merchant a key of a known text. */
export async function addKey(
  { store }: TestServer,
  login: string,
  name: string,
  key: string,
  scope: Scope = 'write',
): Promise<void> {
  const merchant = await store.findMerchant(login);
  if (!merchant) throw new Error(`there is no merchant ${login}`);
  const digest = digestOf(key);
  const added = { name, digest, scope, createdAt: store.now() };
  await store.transact(merchant.id, async ({ apiKeys }) => apiKeys.insert(added));
}

async function call(
  url: string,
  check: DocumentCheck,
  method: string,
  path: string,
  { body, key = KEY, headers = {} }: RestOptions,
): Promise<RestAnswer> {
  const sent = {
    ...(key === null ? {} : { 'X-API-KEY': key }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  };
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const reply = await fetch(`${url}/v1${path}`, {
    method,
    headers: sent,
    ...(text === undefined ? {} : { body: text }),
  });
  const answered = await reply.text();
  const answer = answered === '' ? undefined : (JSON.parse(answered) as unknown);
  const { status } = reply;
  expect(check.problems({ method, path, headers: sent, body, status, answer })).toEqual([]);
  return { status, headers: reply.headers, body: answer };
}
