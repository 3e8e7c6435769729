/** The AsyncAPI document of the feed: valid, kept in docs/, and true of the events that there are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { EVENT_TYPES } from '../../src/feed/schema';
import { makePerson } from '../erasure/person';
import { ROOT } from '../harness/server';
import { type RestServer, startRestServer } from '../orders/rest';

interface Document {
  readonly components: {
    readonly messages: Readonly<
      Record<string, { readonly name: string; readonly payload: object }>
    >;
    readonly schemas: Readonly<Record<string, object>>;
  };
  readonly channels: { readonly events: { readonly messages: object } };
}

const read = (...path: string[]) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as object;

const newAjv = () => addFormats(new Ajv({ strict: false, allErrors: true }));

let server: RestServer;
let document: Document;

beforeAll(async () => {
  server = await startRestServer();
  // Asked for without a key, as the OpenAPI document is.
  const reply = await fetch(`${server.url}/v1/asyncapi.json`);
  expect(reply.headers.get('Content-Type')).toContain('application/json');
  document = (await reply.json()) as Document;
});
afterAll(() => server.stop());

test('is valid by the schema of AsyncAPI 3.0.0', () => {
  const validate = newAjv().compile(read('fixtures', 'asyncapi', '3.0.0.json'));
  validate(document);
  expect(validate.errors).toBeNull();
  validate({ ...document, channels: { events: { adress: '/v1/events' } } });
  expect(validate.errors).not.toBeNull();
});

test('is the one in docs/', () => {
  expect(read('docs', 'asyncapi.json')).toEqual(document);
});

test('has a message of each type, and nothing that it refers to is missing', () => {
  const { messages, schemas } = document.components;
  expect(Object.values(messages).map(({ name }) => name)).toEqual(EVENT_TYPES);
  expect(Object.keys(document.channels.events.messages)).toEqual(Object.keys(messages));
  const text = JSON.stringify(document);
  const referred = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect([...new Set(referred)].sort()).toEqual(
    Object.keys(schemas)
      .filter((name) => name !== 'FeedEvent')
      .sort(),
  );
});

test('the events of a person’s way through the server are as it has them', async () => {
  await makePerson(server);
  const { body } = await server.call('GET', '/events?limit=1000');
  const { events } = body as { events: ReadonlyArray<{ readonly type: string }> };
  const { messages } = document.components;
  const ajv = newAjv().addSchema(document, 'feed');
  expect(events.length).toBeGreaterThan(15);
  for (const event of events) {
    const [name = ''] = Object.entries(messages).find(([, one]) => one.name === event.type) ?? [];
    const validate = ajv.compile({ $ref: `feed#/components/schemas/${name}` });
    validate(event);
    expect([event.type, validate.errors]).toEqual([event.type, null]);
    validate({ ...event, sequence: 'x' });
    expect(validate.errors).not.toBeNull();
  }
});
