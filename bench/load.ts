/** Puts one server under load for some seconds, over a few connections kept alive. */
import autocannon from 'autocannon';
import { accountId, ACCOUNTS, bodyOf, ENTITLEMENT, headersOf } from './requests';

/** What one load came to. */
export interface Measurement {
  /** Requests that were answered, all of them well. */
  readonly answered: number;
  /** Those and the ones under way at the end, whose replies nobody waited for. */
  readonly sent: number;
  readonly seconds: number;
  /** Milliseconds from a request to the end of its reply, in ascending order. */
  readonly latencies: Float64Array;
  /** Mean length of a reply's body. */
  readonly replyBytes: number;
  /** The part of one processor core that making the load itself took. */
  readonly loaderCores: number;
}

/** The end of a load is noticed only when a sample is taken: often, in milliseconds. */
const SAMPLE_INTERVAL = 50;

const SUCCESS = '<returnCode>200</returnCode>';

export interface LoadOptions {
  readonly seconds: number;
  readonly connections: number;
  /** The number of the account to begin with. */
  readonly from: number;
}

/**
 * Sends requests, the next on each connection as soon as the last is answered. Each connection has
 * accounts of its own, and grants and revokes on one after another.
 * @throws Error with the reply when one isn't HTTP 200 with returnCode 200, or a connection fails
 */
export async function load(
  endpoint: string,
  { seconds: duration, connections, from }: LoadOptions,
): Promise<Measurement> {
  const latencies: number[] = [];
  let replyBytes = 0;
  let refused: string | undefined;
  let connection = 0;
  const cpu = process.cpuUsage();
  let started = 0;
  let ended = 0;
  const result = await fire(
    {
      url: endpoint,
      method: 'POST',
      duration,
      connections,
      bailout: 1,
      sampleInt: SAMPLE_INTERVAL,
      setupClient: (client) => client.setRequests(requestsOf(from + connection++, connections)),
      verifyBody: (body) => {
        const text = String(body);
        replyBytes += text.length;
        const ok = text.includes(SUCCESS);
        if (!ok) refused ??= text;
        return ok;
      },
    },
    () => (started = performance.now()),
    (milliseconds) => {
      latencies.push(milliseconds);
      ended = performance.now();
    },
  );
  const { user, system } = process.cpuUsage(cpu);
  const { errors, non2xx, mismatches } = result;
  if (errors + non2xx + mismatches > 0) {
    const counts = JSON.stringify({ replies: latencies.length, errors, non2xx, mismatches });
    throw new Error(`${endpoint} failed under load: ${counts}\n${refused ?? ''}`);
  }
  const seconds = (ended - started) / 1000;
  return {
    answered: latencies.length,
    sent: result.requests.sent,
    seconds,
    latencies: Float64Array.from(latencies).sort(),
    replyBytes: replyBytes / latencies.length,
    loaderCores: (user + system) / 1e6 / seconds,
  };
}

function fire(
  options: autocannon.Options,
  onStart: () => void,
  onReply: (milliseconds: number) => void,
): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const run = autocannon(options, (error: Error | null, result) => {
      if (error) reject(error);
      else resolve(result);
    });
    run.on('start', onStart);
    run.on('response', (_client, _status, _bytes, milliseconds) => onReply(milliseconds));
  });
}

/** Grant, revoke, grant, revoke over every account that falls to the connection. */
function requestsOf(first: number, connections: number): autocannon.Request[] {
  const requests: autocannon.Request[] = [];
  for (let account = first; account < first + ACCOUNTS; account += connections) {
    for (const action of ['grant', 'revoke'] as const) {
      requests.push({ headers: headersOf(action), body: bodyOf(action, account % ACCOUNTS) });
    }
  }
  return requests;
}

/** How many requests `checkReplies` sends. */
export const CHECKED = 2;

/**
 * Grants and revokes once and looks closer at the replies than the load does.
 * @throws Error with the reply that doesn't show what was done
 */
export async function checkReplies(endpoint: string): Promise<void> {
  const account = ACCOUNTS - 1;
  for (const action of ['grant', 'revoke'] as const) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: headersOf(action),
      body: bodyOf(action, account),
    });
    const body = await response.text();
    const expected = [
      SUCCESS,
      `<merchantAccountId>${accountId(account)}</merchantAccountId>`,
      `<merchantEntitlementId>${ENTITLEMENT}</merchantEntitlementId>`,
      `<active>${action === 'grant'}</active>`,
    ];
    const shown = expected.every((text) => body.includes(text));
    const ended = body.includes('<endTimestamp>') === (action === 'revoke');
    if (response.status !== 200 || !shown || !ended) {
      throw new Error(`${endpoint} does not ${action}: ${response.status}\n${body}`);
    }
  }
}
