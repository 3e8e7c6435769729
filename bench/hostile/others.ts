/**
 * Honest clients of a server under attack, in a process of their own, so that the attacker's work
 * isn't taken for the server's: /healthz, an isEntitled that is sent and answered compressed, and a grant.
 * All are sent at fixed moments, whether or not those before them are answered.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { ACCOUNTS, bodyOf, headersOf } from '../requests';

/** What they noticed. */
export interface Noticed {
  /** The longest time to a whole answer, in milliseconds. */
  readonly worstHealth: number;
  readonly worstCall: number;
  readonly worstChange: number;
  readonly answered: number;
  /** Not answered, or not by HTTP 200. */
  readonly failed: number;
}

type Worst = 'worstHealth' | 'worstCall' | 'worstChange';

/** Between two requests of a kind, in milliseconds. */
const HEALTH_INTERVAL = 20;
const CALL_INTERVAL = 50;
const CHANGE_INTERVAL = 50;

/** How long nothing is counted, in milliseconds: the first requests are slow in this process and in the server. */
const WARM_UP = 1500;

/** Sends them from now on. @returns what ends that, and says what was noticed */
export function startOthers(endpoint: string): () => Promise<Noticed> {
  const child: ChildProcess = fork(__filename, [endpoint]);
  return async () => {
    const told = once(child, 'message') as Promise<[Noticed]>;
    child.send('end');
    const [noticed] = await told;
    child.disconnect();
    return noticed;
  };
}

function live(endpoint: string): void {
  const agent = new Agent({ keepAlive: true });
  const noticed = { worstHealth: 0, worstCall: 0, worstChange: 0, answered: 0, failed: 0 };
  const underWay = new Set<Promise<void>>();
  const begun = performance.now();
  const follow = (request: ClientRequest, worst: Worst, body?: Buffer) => {
    const started = performance.now();
    const answered = send(request, body).then((good) => {
      if (started - begun < WARM_UP) return;
      noticed[worst] = Math.max(noticed[worst], performance.now() - started);
      noticed[good ? 'answered' : 'failed'] += 1;
    });
    underWay.add(answered);
    void answered.then(() => underWay.delete(answered));
  };
  const health = new URL('/healthz', endpoint);
  const call = gzipSync(bodyOf('isEntitled', ACCOUNTS));
  const headers = {
    ...headersOf('isEntitled'),
    'Content-Encoding': 'gzip',
    'Accept-Encoding': 'gzip',
    'Content-Length': call.length,
  };
  const grant = Buffer.from(bodyOf('grant', 0));
  const timers = [
    setInterval(() => follow(httpRequest(health, { agent }), 'worstHealth'), HEALTH_INTERVAL),
    setInterval(() => {
      follow(httpRequest(endpoint, { method: 'POST', agent, headers }), 'worstCall', call);
    }, CALL_INTERVAL),
    setInterval(() => {
      const change = { method: 'POST', agent, headers: headersOf('grant') };
      follow(httpRequest(endpoint, change), 'worstChange', grant);
    }, CHANGE_INTERVAL),
  ];
  process.once('message', () => {
    timers.forEach(clearInterval);
    void Promise.all(underWay).then(() => process.send?.(noticed));
  });
  process.once('disconnect', () => process.exit());
}

/** @returns whether it was answered by HTTP 200 */
function send(request: ClientRequest, body?: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    request.on('error', () => resolve(false));
    request.on('response', (response) => {
      response.on('end', () => resolve(response.statusCode === 200));
      response.on('error', () => resolve(false));
      response.resume();
    });
    request.end(body);
  });
}

const [, started, endpoint] = process.argv;
if (started === __filename && endpoint !== undefined) live(endpoint);
