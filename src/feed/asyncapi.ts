/**
 * The AsyncAPI document of the feed, made from the same schemas as the OpenAPI document: for programs that receive events,
 * and for tools that make their types.
 * Decided: docs/decisions/feed.md
 */
import { z } from 'zod';
import { FeedEvent } from './schema';

/** The document's description of the program. */
export interface FeedAbout {
  readonly title: string;
  /** This program's. */
  readonly version: string;
  /** The path that the calls are under. */
  readonly path: string;
  /** How to get an API key. */
  readonly key: string;
}

const JSON_TYPE = 'application/json';
const SCHEMAS = '#/components/schemas/';

interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** The schemas by their names; references lead into the document. */
function readSchemas(): Readonly<Record<string, JsonSchema>> {
  const { definitions } = z.toJSONSchema(FeedEvent, {
    target: 'draft-7',
    // Further fields may come: readers must not refuse them.
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; the pattern is a line long.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  const text = JSON.stringify(definitions).replaceAll('"#/definitions/', `"${SCHEMAS}`);
  return JSON.parse(text) as Record<string, JsonSchema>;
}

/** Builds the document, AsyncAPI 3.0; it is the same for each start of the server. */
export function createAsyncApi({ title, version, path, key }: FeedAbout): object {
  const schemas = readSchemas();
  const names = FeedEvent.options.map((option) => option.meta()?.id ?? '');
  const references = (place: string) => names.map((name) => ({ $ref: `${place}${name}` }));
  return {
    asyncapi: '3.0.0',
    info: {
      title: `${title}: events`,
      version,
      license: { name: 'MIT' },
      description:
        'All that happens to accounts, orders, AutoBills and entitlements, once and in order: pages that may wait, or ' +
        'Server-Sent Events.',
    },
    defaultContentType: JSON_TYPE,
    channels: {
      events: {
        address: `${path}/events`,
        description:
          'The feed of one merchant. `sequence` counts from 1 without gaps, in the order of the commits; a reader goes on ' +
          'after the last number that it has, as `after` or `Last-Event-ID`.',
        messages: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      sendEvents: {
        action: 'send',
        channel: { $ref: '#/channels/events' },
        summary: 'Send what happened',
        description:
          'With `Accept: text/event-stream` each event comes as `id` (its number), `event` (its type) and `data` (the ' +
          'message); else as a member of `events` of a page (openapi.json, listEvents).',
        bindings: { http: { method: 'GET', bindingVersion: '0.3.0' } },
        security: [{ $ref: '#/components/securitySchemes/apiKey' }],
        messages: references('#/channels/events/messages/'),
      },
    },
    components: {
      messages: Object.fromEntries(
        FeedEvent.options.map((option, index) => {
          const type = option.shape.type.value;
          const name = names[index] ?? '';
          const payload = { $ref: `${SCHEMAS}${name}` };
          return [name, { name: type, title: type, contentType: JSON_TYPE, payload }];
        }),
      ),
      schemas,
      securitySchemes: {
        apiKey: { type: 'httpApiKey', in: 'header', name: 'X-API-KEY', description: key },
      },
    },
  };
}
