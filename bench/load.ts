/** Puts one server under load for some seconds, over a few connections kept alive. */
import autocannon from 'autocannon';
import {
  accountId,
  ACCOUNTS,
  bodyOf,
  type CallName,
  ENTITLEMENT,
  headersOf,
  HELD,
  LOGIN,
} from './requests';
import type { Scenario } from './scenarios';

/** The result of one load. */
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

/** Without its tags: a peer may write a type into the first of them. */
const SUCCESS = '>200</returnCode>';

/** What is asked for. */
export interface Calls extends Pick<Scenario, 'connections' | 'calls'> {
  /** `every`: only each so many-th account, so that they come from all over many; default: 1. */
  readonly accounts: Scenario['accounts'] & { readonly every?: number };
  /** The merchants whose accounts they are: connections have one after the other; default: one. */
  readonly logins?: readonly string[];
}

export interface LoadOptions {
  readonly seconds: number;
  /** Ends it sooner when it fulfils. */
  readonly until?: Promise<unknown> | undefined;
  /** How many accounts after the first to begin. */
  readonly from: number;
  /** Requests a second; absent: the next as soon as one is answered. */
  readonly rate?: number;
}

/**
 * Sends requests, the next on each connection as soon as the last is answered. Each connection has
 * accounts of its own, and makes the calls about one after another.
 * @throws Error with the reply when one isn't HTTP 200 with returnCode 200, or a connection fails
 */
export async function load(
  endpoint: string,
  scenario: Calls,
  { seconds: duration, until, from, rate }: LoadOptions,
): Promise<Measurement> {
  const { connections } = scenario;
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
      ...(rate === undefined ? {} : { overallRate: rate }),
      bailout: 1,
      sampleInt: SAMPLE_INTERVAL,
      setupClient: (client) => client.setRequests(requestsOf(scenario, from, connection++)),
      verifyBody: (body) => {
        const text = String(body);
        replyBytes += text.length;
        const ok = text.includes(SUCCESS);
        if (!ok) refused ??= text;
        return ok;
      },
    },
    until,
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
  until: Promise<unknown> | undefined,
  onStart: () => void,
  onReply: (milliseconds: number) => void,
): Promise<autocannon.Result> {
  return new Promise((resolve, reject) => {
    const run = autocannon(options, (error: Error | null, result) => {
      if (error) reject(error);
      else resolve(result);
    });
    run.on('start', onStart);
    void until?.then(() => run.stop());
    run.on('response', (_client, _status, _bytes, milliseconds) => onReply(milliseconds));
  });
}

/** The calls in turn over every account that falls to the connection, and to no other. */
function requestsOf(
  { connections, calls, accounts: { first, count, every = 1 }, logins = [LOGIN] }: Calls,
  from: number,
  connection: number,
): autocannon.Request[] {
  const each = Math.floor(count / connections);
  const login = logins[connection % logins.length];
  return Array.from({ length: each }, (_, index) => {
    const place = (Math.floor(from / connections) + index) % each;
    const account = first + (place * connections + connection) * every;
    return calls.map((call) => ({ headers: headersOf(call), body: bodyOf(call, account, login) }));
  }).flat();
}

/** How many changes `checkReplies` makes. */
export const CHECKED = 2;

/**
 * Grants and revokes once and looks closer at the replies than the load does.
 * @throws Error with the reply that doesn't show what was done
 */
export async function checkReplies(endpoint: string): Promise<void> {
  const account = ACCOUNTS - 1;
  for (const action of ['grant', 'revoke'] as const) {
    const active = action === 'grant';
    await expectReply(
      endpoint,
      action,
      account,
      (body) =>
        [
          `<merchantAccountId>${accountId(account)}</merchantAccountId>`,
          `<merchantEntitlementId>${ENTITLEMENT}</merchantEntitlementId>`,
        ].every((text) => body.includes(text)) &&
        /<active>(?:true|1)<\/active>/.test(body) === active &&
        body.includes('<endTimestamp>') !== active,
    );
  }
}

/**
 * The same for what the look-ups answer.
 * @throws Error with the reply that doesn't show what is held
 */
export async function checkLookUps(endpoint: string): Promise<void> {
  const holdsAll = (body: string) => HELD.every((id) => body.includes(`>${id}<`));
  await expectReply(endpoint, 'isEntitled', ACCOUNTS, (body) =>
    /<entitled[^>]*>(?:true|1)</.test(body),
  );
  await expectReply(
    endpoint,
    'fetchByAccount',
    ACCOUNTS,
    (body) => holdsAll(body) && body.includes('<startTimestamp>'),
  );
  await expectReply(
    endpoint,
    'fetchByAccountNarrow',
    ACCOUNTS,
    (body) => holdsAll(body) && !body.includes('<startTimestamp>'),
  );
}

async function expectReply(
  endpoint: string,
  call: CallName,
  account: number,
  isRight: (body: string) => boolean,
): Promise<void> {
  const request = { headers: headersOf(call), body: bodyOf(call, account) };
  const response = await fetch(endpoint, { method: 'POST', ...request });
  const body = await response.text();
  if (response.status !== 200 || !body.includes(SUCCESS) || !isRight(body)) {
    throw new Error(`${endpoint} does not ${call}: ${response.status}\n${body}`);
  }
}
