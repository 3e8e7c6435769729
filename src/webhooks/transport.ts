/**
 * One attempt over HTTP: a POST, and what came back. Headers keep their capitals, redirects are not followed, and of the
 * answer only the beginning is kept.
 * Decided: docs/decisions/webhooks.md
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import { describeConnectionError } from '../base/connection-errors';
import type { Time } from '../base/time';
import { literalAddress, type Target, whyRefused } from './addresses';
import type { Outgoing } from './format';

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 15_000;

/** How many bytes of an answer are kept. */
const KEPT = 1024;

/** How many are read at all; a connection with more to come is closed. */
const READ = 64 * 1024;

/** Connections that are kept open for one host while nothing is sent. */
const IDLE_CONNECTIONS = 64;

/** URLs that are kept as they were read. */
const MOST_PLACES = 1000;

/** What came of an attempt. */
export interface Reply {
  /** Undefined: there was no answer. */
  readonly status: number | undefined;
  /** The header Retry-After. */
  readonly retryAfter?: string | undefined;
  /** The beginning of the answer's body. */
  readonly answer: string | undefined;
  /** Why there was none, in words. */
  readonly failure: string | undefined;
  /** Milliseconds. */
  readonly duration: number;
}

/** Sends messages. */
export interface Transport {
  /**
   * Sends a request; every failure is a reply, too.
   * @param signal ends it: the promise then fulfils with a failure
   */
  send(target: Target, outgoing: Outgoing, signal: AbortSignal): Promise<Reply>;
  /** Closes the connections that are kept open. */
  close(): void;
}

/** Sends over connections of its own, which are kept open for the next message. */
export function createTransport(time: Pick<Time, 'after' | 'elapsed'>): Transport {
  const plain = new Agent(agentOptions({ url: 'http://x/', private: true }));
  // One that was made for an endpoint that may reach private addresses is of no use to one that may not.
  const inside = new TlsAgent(agentOptions({ url: 'https://x/', private: true }));
  const outside = new TlsAgent(agentOptions({ url: 'https://x/', private: false }));
  const agentOf = (target: Target) =>
    target.url.startsWith('http:') ? plain : target.private ? inside : outside;
  const places = new Places();
  const once = (target: Target, outgoing: Outgoing, signal: AbortSignal) =>
    post({ place: places.of(target.url), outgoing, agent: agentOf(target), time, signal });
  return {
    send: async (target, outgoing, signal) => {
      const started = time.elapsed();
      const refused = whyRefusedAtOnce(target, places.of(target.url));
      if (refused !== undefined) return failed(refused, 0);
      let reply = await once(target, outgoing, signal);
      // The receiver may have closed a connection just when it was used again: that says nothing of the message.
      if (reply.wasStale) reply = await once(target, outgoing, signal);
      const { status, retryAfter, answer, failure } = reply;
      const duration = Math.round(time.elapsed() - started);
      return { status, retryAfter, answer, failure, duration };
    },
    close: () => [plain, inside, outside].forEach((agent) => agent.destroy()),
  };
}

/** Why an endpoint is not called at all; undefined: its name is looked up, or it may be. */
function whyRefusedAtOnce(target: Target, { address, isPlain }: Place): string | undefined {
  if (address !== undefined) return whyRefused(target, address);
  return isPlain && !target.private ? 'http is for private addresses only' : undefined;
}

/** A URL, read. */
interface Place {
  readonly options: ReturnType<typeof urlToHttpOptions>;
  readonly isPlain: boolean;
  /** The IP address that it names itself; undefined: it names a host. */
  readonly address: string | undefined;
}

/** URLs are read once, and not with each message; the latest of them are kept. */
class Places {
  private readonly places = new Map<string, Place>();

  of(url: string): Place {
    let place = this.places.get(url);
    if (!place) {
      if (this.places.size === MOST_PLACES) this.places.clear();
      const options = urlToHttpOptions(new URL(url));
      place = { options, isPlain: options.protocol === 'http:', address: literalAddress(url) };
      this.places.set(url, place);
    }
    return place;
  }
}

function agentOptions(target: Target) {
  const lookup = guardedLookup(target);
  return { keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS, lookup };
}

/** A refusal of an address, as an error of a connection. */
class RefusedAddress extends Error {
  override name = 'RefusedAddress';
}

/** Resolves names to those of their addresses to which a connection may be made. */
function guardedLookup(target: Target): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) {
        callback(error, '');
        return;
      }
      const allowed = found.filter(({ address }) => whyRefused(target, address) === undefined);
      const [first] = allowed;
      if (!first) {
        const why = whyRefused(target, found[0]?.address ?? '0.0.0.0') ?? 'it has no address';
        callback(new RefusedAddress(why), '');
      } else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

interface Posting {
  readonly place: Place;
  readonly outgoing: Outgoing;
  readonly agent: Agent;
  readonly time: Pick<Time, 'after'>;
  readonly signal: AbortSignal;
}

/** A reply, and whether an old connection was at its end before anything came. */
type Posted = Reply & { readonly wasStale?: boolean };

function post({ place, outgoing, agent, time, signal }: Posting): Promise<Posted> {
  const { headers, body } = outgoing;
  return new Promise((fulfil) => {
    const request = (place.isPlain ? requestHttp : requestHttps)({
      ...place.options,
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      agent,
    });
    let answered: IncomingMessage | undefined;
    const pieces: Buffer[] = [];
    const end = (reply: Posted) => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      fulfil(reply);
    };
    // An answer whose status came in time counts, however its body goes on.
    const cutOff = (why: string) => {
      end(answered ? replyOf(answered, pieces) : failed(why, 0));
      request.destroy();
    };
    const onAbort = () => cutOff(STOPPED);
    const cancel = time.after(TIMEOUT, () => cutOff('no answer within 15 seconds'));
    signal.addEventListener('abort', onAbort);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const wasStale = request.reusedSocket && error.code === 'ECONNRESET';
      end(answered ? replyOf(answered, pieces) : { ...failed(inWords(error), 0), wasStale });
    });
    request.on('response', (response) => {
      answered = response;
      let read = 0;
      response.on('data', (piece: Buffer) => {
        if (read < KEPT) pieces.push(piece);
        read += piece.length;
        if (read > READ) cutOff('');
      });
      response.on('end', () => end(replyOf(response, pieces)));
      response.on('close', () => end(replyOf(response, pieces)));
      response.on('error', () => end(replyOf(response, pieces)));
    });
    request.end(body);
  });
}

/** The failure of an attempt that the end of the server cut short: it says nothing of the endpoint. */
export const STOPPED = 'the server was stopped';

function failed(failure: string, duration: number): Reply {
  return { status: undefined, answer: undefined, failure, duration };
}

function replyOf({ statusCode, headers }: IncomingMessage, pieces: readonly Buffer[]): Reply {
  const answer = Buffer.concat(pieces)
    .subarray(0, KEPT)
    .toString('utf8')
    .replaceAll('\0', '\uFFFD');
  const retryAfter = headers['retry-after'];
  return { status: statusCode, retryAfter, answer, failure: undefined, duration: 0 };
}

function inWords(error: NodeJS.ErrnoException): string {
  return error instanceof RefusedAddress ? error.message : describeConnectionError(error);
}
