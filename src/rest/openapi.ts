/** The OpenAPI document of the REST calls, made from the same schemas that check them. */
import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { ErrorBody } from './api-error';
import { opened } from './closed';
import type { Route } from './route';

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const KEY = 'apiKey';

/** The meaning of each status of an error, for every call. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'The request is not as it should be; the message names the field.',
  401: 'No valid API key.',
  403: "The API key may only read, or another site's page sends the request.",
  404: 'There is no such thing.',
  409: 'It conflicts with the current state.',
  413: 'The request body is too large.',
  415: 'The request body is in an encoding that is not read.',
  422: 'It cannot be done.',
  429: 'Too many wrong keys from this address; Retry-After says when to come again.',
  500: 'The server failed; its log has the cause under the X-Request-Id.',
  503: 'The database cannot work at present.',
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
  /** How to get an API key. */
  readonly key: string;
}

/** Builds the document; it is the same for each start of the server. */
export function createOpenApi(
  routes: readonly DescribedRoute[],
  { title, version, description, path, key }: About,
): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', KEY, {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-KEY',
    description: key,
  });
  for (const route of routes) registry.registerPath(toPath(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title,
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description,
    },
    servers: [{ url: path }],
    security: [{ [KEY]: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  });
}

function toPath(route: DescribedRoute): RouteConfig {
  const { method, path, summary, description, tag, params, query, headers, body } = route;
  return {
    method,
    path,
    operationId: route.name,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body: { required: isRequired(body), content: contentOf(route, body) } } : {}),
    },
    responses: responsesOf(route),
  };
}

function jsonOf(schema: z.ZodType) {
  return { 'application/json': { schema } };
}

/** A body as the call takes it: with names that it doesn't know, or without. */
function contentOf({ memberspot }: DescribedRoute, body: z.ZodType) {
  return jsonOf(memberspot ? opened(body) : body);
}

/** Whether the call is refused when nothing is sent. */
function isRequired(body: z.ZodType): boolean {
  return !body.safeParse(undefined).success;
}

function responsesOf(route: DescribedRoute): Record<number, ResponseConfig> {
  const responses: Record<number, ResponseConfig> = {};
  for (const [status, { description, schema }] of Object.entries(route.answers)) {
    responses[Number(status)] = {
      description,
      ...(schema ? { content: jsonOf(schema) } : {}),
    };
  }
  for (const status of refusalsOf(route)) {
    responses[status] = {
      description: REFUSALS[status] ?? '',
      content: jsonOf(ErrorBody),
    };
  }
  return responses;
}

function refusalsOf(route: DescribedRoute): number[] {
  const { access, params, query, headers, body, refusals = [] } = route;
  const takesInput = [params, query, headers, body].some((part) => part !== undefined);
  return [
    ...(takesInput ? [400] : []),
    401,
    ...(access === 'write' ? [403] : []),
    ...refusals,
    ...(body ? [413, 415] : []),
    ...[429, 500, 503],
  ];
}
