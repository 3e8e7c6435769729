/** A simulation under test, and its control calls. */
import { startTestServer, type TestServer, type TestServerOptions } from '../harness/server';
import { SEED } from '../harness/seed';
import { callAccount, type CallReply, type Credentials } from '../harness/soap-call';

/** A server that is steered. */
export interface Steered extends TestServer {
  /** A control call of a path under /_latchkey, and its answer. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<Answer>;
}

/** An answer of the control. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A merchant that was made for a test. */
export interface Made extends Credentials {
  readonly apiKey: string;
  readonly endpoint: string;
  readonly control: string;
}

/** Starts one with the seed of the wire cases. */
export async function startSimulation(options: TestServerOptions = {}): Promise<Steered> {
  const server = await startTestServer({ merchants: SEED, ...options, simulate: true });
  return { ...server, control: (method, path, body) => control(server.url, method, path, body) };
}

async function control(url: string, method: string, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${url}/_latchkey${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

/** Makes a merchant. */
export async function makeMerchant({ control: call }: Steered, login?: string): Promise<Made> {
  const { body } = await call('POST', '/merchants', login === undefined ? {} : { login });
  return body as unknown as Made;
}

/** Makes an account with an entitlement. @param end ISO 8601; absent: it has none */
export async function grant(
  { url }: Pick<Steered, 'url'>,
  who: Credentials,
  { account = 'a1', entitlement = 'play', end = '' } = {},
): Promise<void> {
  const named = `<account><merchantAccountId>${account}</merchantAccountId></account>`;
  await must(callAccount(url, 'update', named, who));
  const ending = end === '' ? '' : `<endTimestamp>${end}</endTimestamp>`;
  const parts = `${named}<entitlement><merchantEntitlementId>${entitlement}</merchantEntitlementId>${ending}</entitlement>`;
  await must(callAccount(url, 'grantEntitlement', parts, who));
}

async function must(reply: Promise<CallReply>): Promise<void> {
  const { returnCode, returnString } = await reply;
  if (returnCode !== '200') throw new Error(`${returnCode}: ${returnString}`);
}

/** Whether an account may do something, by SOAP: `1`, `0` or the returnCode. */
export async function isEntitled(
  { url }: Pick<Steered, 'url'>,
  who: Credentials,
  { account = 'a1', entitlement = 'play' } = {},
): Promise<string | undefined> {
  const parts =
    `<account><merchantAccountId>${account}</merchantAccountId></account>` +
    `<merchantEntitlementId>${entitlement}</merchantEntitlementId>`;
  const { returnCode, body } = await callAccount(url, 'isEntitled', parts, who);
  return returnCode === '200' ? /<entitled[^>]*>(\w+)</.exec(body)?.[1] : returnCode;
}
