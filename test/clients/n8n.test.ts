/**
 * n8n's Memberspot node, as it is published, against the server: nothing but the base URL of its
 * credentials is another. The parts that n8n gives a node (its parameters, an HTTP client) are given here.
 */
import { KEY, READ_KEY } from '../orders/rest';
import { OFFERS, type Shop, startShop } from '../orders/shop';

/** The node's only import: n8n's own classes of errors. */
jest.mock(
  'n8n-workflow',
  () => {
    class NodeError extends Error {
      constructor(_node: unknown, cause: unknown) {
        super(cause instanceof Error ? cause.message : String(cause));
      }
    }
    return { NodeApiError: NodeError, NodeOperationError: NodeError };
  },
  { virtual: true },
);

/** As far as the tests use it: the package's own types are n8n's, which is not installed. */
interface Node {
  readonly methods: {
    readonly loadOptions: {
      getOffers(this: Context): Promise<Array<{ name: string; value: string }>>;
    };
  };
  execute(this: Context): Promise<Array<Array<{ json: unknown }>>>;
}

interface Credentials {
  readonly test: { readonly request: { readonly url: string } };
}

const PACKAGE = 'n8n-nodes-memberspot/dist';
const { Memberspot } = jest.requireActual<{ Memberspot: new () => Node }>(
  `${PACKAGE}/nodes/Memberspot/Memberspot.node.js`,
);
const { MemberspotApi } = jest.requireActual<{ MemberspotApi: new () => Credentials }>(
  `${PACKAGE}/credentials/MemberspotApi.credentials.js`,
);

interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: object;
}

/** n8n's own: JSON in and out, and an error for every status but 2xx. */
async function httpRequest({ method, url, headers, body }: HttpRequest): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const reply = await fetch(url, { method, headers, ...sent });
  const answer: unknown = await reply.json();
  if (!reply.ok) throw new Error(`${reply.status} ${JSON.stringify(answer)}`);
  return answer;
}

let server: Shop;

beforeEach(async () => {
  server = await startShop();
});

afterEach(() => server.stop());

/** The values of the node's form, by their names. */
type Parameters = Readonly<Record<string, unknown>>;

type Context = ReturnType<typeof contextOf>;

function contextOf(parameters: Parameters, apiKey = KEY) {
  return {
    getInputData: () => [{ json: {} }],
    getCredentials: () => Promise.resolve({ apiKey, baseUrl: `${server.url}/` }),
    getNodeParameter: (name: string, _item: number, fallback?: unknown) =>
      parameters[name] ?? fallback,
    getNode: () => ({ name: 'Memberspot' }),
    continueOnFail: () => false,
    helpers: { httpRequest },
  };
}

/** Runs the node once and answers the JSON of its one item. */
async function run(parameters: Parameters, apiKey?: string): Promise<unknown> {
  const [items] = await new Memberspot().execute.call(contextOf(parameters, apiKey));
  return items?.[0]?.json;
}

const user = (operation: string, parameters: Parameters = {}) =>
  run({ resource: 'user', operation, ...parameters });

/** That of the account ada-1815. */
const email = 'ada@example.com';
const grant = () =>
  user('grantOffer', { email, firstname: 'Ada', lastname: 'L', offerId: 'course', orderId: 'o-1' });

test('grants an offer, revokes and restores its order', async () => {
  expect(await grant()).toMatchObject({ orderId: 'o-1', email, state: 'active' });
  const order = { email, orderId: 'o-1' };
  const revoked = await user('setOrderState', { ...order, active: false });
  expect(revoked).toMatchObject({ state: 'revoked' });
  const restored = await user('setOrderState', { ...order, active: true });
  expect(restored).toMatchObject({ state: 'active' });
  expect((await server.newLines()).map((line) => line.replace(/ by .*/, ''))).toEqual(
    ['grant', 'revoke', 'restore'].flatMap((action) =>
      OFFERS.course.map((id) => `ada-1815: ${action} ${id}`),
    ),
  );
});

test('sets the state of an offer', async () => {
  await grant();
  const answer = await user('setOfferState', { email, offerId: 'course', active: false });
  expect(answer).toMatchObject({ email, offerId: 'course', active: false });
});

test('finds and lists users', async () => {
  await grant();
  expect(await user('findByMail', { email })).toMatchObject({ email, firstname: 'Ada' });
  const filter = { filterOfferId: 'course', activeFilter: true, pageLength: 10 };
  expect(await user('list', { additionalOptions: filter })).toMatchObject({ users: [{ email }] });
});

test('lists the offers, also for the form', async () => {
  const ids = Object.keys(OFFERS).sort();
  const answered = (await run({ resource: 'offer', operation: 'getAll' })) as Array<{ id: string }>;
  expect(answered.map(({ id }) => id).sort()).toEqual(ids);
  const { loadOptions } = new Memberspot().methods;
  const choices = await loadOptions.getOffers.call(contextOf({}));
  expect(choices.map(({ value }) => value).sort()).toEqual(ids);
});

test('deletes users with a body in its DELETE', async () => {
  await grant();
  expect(await user('deleteUsers', { emails: email })).toEqual({ deleted: [email] });
});

test('reports an unknown user and a key that may only read', async () => {
  await expect(user('findByMail', { email: 'nobody@example.com' })).rejects.toThrow(/^404 /);
  const parameters = { resource: 'user', operation: 'deleteUsers', emails: email };
  await expect(run(parameters, READ_KEY)).rejects.toThrow(/^403 /);
});

test('the key is tested where the credentials say', async () => {
  const { url } = new MemberspotApi().test.request;
  const reply = await fetch(`${server.url}${url}`, { headers: { 'X-API-KEY': KEY } });
  expect(reply.status).toBe(200);
  expect((await fetch(`${server.url}${url}`, { headers: { 'X-API-KEY': 'x' } })).status).toBe(401);
});
