/** The OpenAPI document of the REST calls, made from the same schemas that check them. */
import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { TOO_SLOW } from '../base/coming-bodies';
import {
  ApiError,
  ErrorBody,
  internalError,
  scopeTooSmall,
  tooManyFailures,
  wrongKey,
} from './api-error';
import { opened } from './closed';
import { NDJSON } from './lines';
import { type Route, scopeOf } from './route';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const KEY = 'apiKey';
const SESSION = 'session';

/** The meaning of each status of an error, for every call, and a message of one that has it. */
const REFUSALS: Refusals = {
  400: [
    'The request is not as it should be; the message names the field.',
    'pageLength must be a whole number',
  ],
  401: ['No valid API key.', wrongKey().message],
  403: [
    "The API key's scope or the person's role is too small, the person doesn't see the merchant, or another site's page sends the request.",
    scopeTooSmall('read', 'write').message,
  ],
  404: ['There is no such thing.', 'There is no order A2.'],
  408: ['The request body came too slowly, while others waited for room.', TOO_SLOW],
  409: ['It conflicts with the current state.', 'The order A1 belongs to another user.'],
  413: ['The request body is too large.', 'The request body is larger than 1048576 bytes.'],
  415: [
    'The request body is in an encoding that is not read.',
    'Send JSON in UTF-8, as it is or compressed with gzip, deflate or br.',
  ],
  422: [
    'The Idempotency-Key was used for another request.',
    'This Idempotency-Key was used for another request.',
  ],
  429: [
    'Too many wrong keys from this address, or calls that wait; Retry-After says when to come again.',
    tooManyFailures(42).message,
  ],
  500: [
    'The server failed; its log has the cause under the X-Request-Id.',
    internalError(undefined).message,
  ],
  503: [
    'The database cannot work at present.',
    'The store failed: the database is locked by another process.',
  ],
};

/** A route as a document shows it. */
export type DescribedRoute = Omit<Route, 'handle'>;

/** The document's description of all calls together. */
export interface About {
  readonly title: string;
  /** This program's. */
  readonly version: string;
  readonly description: string;
  /** The path that the calls are under. */
  readonly path: string;
  /** How to get an API key; absent: no key is taken. */
  readonly key?: string;
  /** The session that is taken; absent: none is. */
  readonly session?: { readonly cookie: string; readonly description: string };
  /** What statuses mean here, and a message of each; the others mean what they do everywhere. */
  readonly refusals?: Refusals;
}

/** The meaning of statuses of errors, and a message that has each. */
type Refusals = Readonly<Record<number, readonly [meaning: string, message: string]>>;

/** Builds the document; it is the same for each start of the server. */
export function createOpenApi(
  routes: readonly DescribedRoute[],
  { title, version, description, path, key, session, refusals }: About,
): Document {
  const registry = new OpenAPIRegistry();
  if (key !== undefined) {
    registry.registerComponent('securitySchemes', KEY, {
      type: 'apiKey',
      in: 'header',
      name: 'X-API-KEY',
      description: key,
    });
  }
  if (session !== undefined) {
    const { cookie, description } = session;
    const scheme = { type: 'apiKey', in: 'cookie', name: cookie, description } as const;
    registry.registerComponent('securitySchemes', SESSION, scheme);
  }
  const schemes = [...(key === undefined ? [] : [KEY]), ...(session ? [SESSION] : [])];
  const isSecured = schemes.length > 0;
  const meanings = { ...REFUSALS, ...refusals };
  for (const route of routes) registry.registerPath(toPath(route, isSecured, meanings));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title,
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description,
    },
    servers: [{ url: path }],
    ...(isSecured ? { security: schemes.map((name) => ({ [name]: [] })) } : {}),
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  });
  for (const route of routes) addParameterExamples(document, route);
  return document;
}

/** Parameters get their examples here: the generator takes none that isn't part of the schema. */
function addParameterExamples(document: Document, { method, path, example }: DescribedRoute): void {
  const given: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>> = {
    path: example.params,
    query: example.query,
    header: example.headers,
  };
  for (const parameter of document.paths?.[path]?.[method]?.parameters ?? []) {
    if ('$ref' in parameter) continue;
    const value = given[parameter.in]?.[parameter.name];
    if (value === undefined) continue;
    const { schema = {} } = parameter;
    const isNumber = 'type' in schema && schema.type === 'integer';
    parameter.example = isNumber ? Number(value) : value;
  }
}

/** @param isKeyed whether calls need a key or a session */
function toPath(route: DescribedRoute, isKeyed: boolean, meanings: Refusals): RouteConfig {
  const { method, path, summary, tag, params, query, headers, body } = route;
  const needed = scopeOf(route) === 'admin' ? 'Needs an API key of scope `admin`.' : undefined;
  const description = [route.description, needed].filter((text) => text !== undefined).join(' ');
  return {
    method,
    path,
    operationId: route.name,
    summary,
    ...(description === '' ? {} : { description }),
    tags: [tag],
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: isRequired(body), content: contentOf(route, body) } } : {}),
    },
    responses: responsesOf(route, isKeyed, meanings),
  };
}

const JSON_TYPE = 'application/json';

/** Of lines, schema and example are one line's. */
function contentAs(type: string, schema: z.ZodType, example: unknown) {
  return { [type]: { schema, ...(example === undefined ? {} : { example }) } };
}

/** A body as the call takes it: with names that it doesn't know, or without. */
function contentOf({ memberspot, access, example }: DescribedRoute, body: z.ZodType) {
  const type = access === 'batch' ? NDJSON : JSON_TYPE;
  return contentAs(type, memberspot ? opened(body) : body, example.body);
}

/** Whether the call is refused when nothing is sent. */
function isRequired(body: z.ZodType): boolean {
  return !body.safeParse(undefined).success;
}

function responsesOf(
  route: DescribedRoute,
  isKeyed: boolean,
  meanings: Refusals,
): Record<number, ResponseConfig> {
  const responses: Record<number, ResponseConfig> = {};
  const { status: exampleStatus, body: example } = route.example.answer;
  for (const [status, { description, schema, written, streamed }] of Object.entries(
    route.answers,
  )) {
    const shown = Number(status) === exampleStatus ? example : undefined;
    const type = written === 'lines' ? NDJSON : JSON_TYPE;
    responses[Number(status)] = {
      description,
      ...(schema
        ? {
            content: {
              ...contentAs(type, schema, shown),
              ...(streamed === undefined ? {} : contentAs(streamed, z.string(), undefined)),
            },
          }
        : {}),
    };
  }
  for (const status of refusalsOf(route, isKeyed)) {
    const [description, message] = refusalOf(route, status, meanings);
    const content = contentAs(JSON_TYPE, ErrorBody, new ApiError(status, message).toBody());
    responses[status] = { description, content };
  }
  return responses;
}

/** What a status means in a call, and a message that it may have. */
function refusalOf(
  route: DescribedRoute,
  status: number,
  meanings: Refusals,
): readonly [string, string] {
  const [meaning = '', usual = ''] = meanings[status] ?? [];
  const message = route.refusalExamples?.[status] ?? usual;
  const isUsual = meanings[status] === REFUSALS[status];
  if (!isUsual || status !== 403 || scopeOf(route) !== 'admin') return [meaning, message];
  const tooSmall = scopeTooSmall('write', 'admin').message;
  // Another site's page is refused changes alone.
  return [route.access === 'read' ? "The API key's scope is too small." : meaning, tooSmall];
}

function refusalsOf(route: DescribedRoute, isKeyed: boolean): number[] {
  const { params, query, headers, body, refusals = [] } = route;
  const takesInput = [params, query, headers, body].some((part) => part !== undefined);
  return [
    // A session may name no merchant, or one that its person doesn't see.
    ...(takesInput || isKeyed ? [400] : []),
    ...(isKeyed ? [401, 403] : []),
    ...(!isKeyed && route.access !== 'read' ? [403] : []),
    ...refusals,
    ...(body ? [408, 413, 415] : []),
    ...(isKeyed ? [429] : []),
    ...[500, 503],
  ];
}
