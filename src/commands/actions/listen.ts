/** The action of `latchkey webhook listen`: forwards the events of a server to a program on this machine, signed. */
import type { Command } from 'commander';
import { SYSTEM_TIME } from '../../base/time';
import { readSettings } from '../../config/settings';
import { DEMO_KEY } from '../../demo';
import { faultOfUrl } from '../../webhooks/addresses';
import { newSecret, signedRequest } from '../../webhooks/standard';
import { createTransport, type Transport } from '../../webhooks/transport';
import { ownUrl } from '../own-url';
import { stdout } from '../output';
import { printJson, printLine } from '../print';
import { wholeNumber } from './numbers';

/** Its options. */
export interface ListenOptions {
  readonly forwardTo: string;
  readonly url?: string;
  readonly types?: string;
  readonly after?: string;
  readonly secret?: string;
  readonly count?: string;
  readonly json?: boolean;
}

/** An event as the server gives it. */
interface Event {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly timestamp: string;
  readonly data: object;
}

interface Page {
  readonly events: readonly Event[];
  readonly last: number;
  readonly more: boolean;
}

/** Seconds that a page waits for an event, and the most events of one. */
const WAIT = 30;
const LIMIT = 100;

/** A type that hardly any event has: its pages go through the feed fast. */
const RARE = 'account.merged';

/** Forwards events until it is ended, or the number asked for is done. */
export async function listen(_command: Command, options: ListenOptions): Promise<void> {
  const { forwardTo, types, secret = newSecret(), json = false } = options;
  const most = Number.MAX_SAFE_INTEGER;
  const after = wholeNumber('--after', options.after, { least: 0, most });
  const count = wholeNumber('--count', options.count, { least: 1, most }) ?? Infinity;
  const target = { url: forwardTo, private: true };
  const fault = faultOfUrl(target);
  if (fault !== undefined) throw new Error(`--forward-to ${fault}`);
  const server = options.url ?? ownUrl(readSettings({}, process.env));
  const transport = createTransport(SYSTEM_TIME);
  let last = after ?? (await findEnd(server));
  await announce({ secret, last, forwardTo, json });
  try {
    for (let done = 0; done < count;) {
      const query = new URLSearchParams({ after: String(last), wait: String(WAIT) });
      query.set('limit', String(Math.min(LIMIT, count - done)));
      if (types !== undefined) query.set('types', types);
      const page = await read(server, query);
      for (const event of page.events) await forward(event, { target, secret, transport, json });
      done += page.events.length;
      ({ last } = page);
    }
  } finally {
    transport.close();
  }
}

interface Forwarding {
  readonly target: { readonly url: string; readonly private: boolean };
  readonly secret: string;
  readonly transport: Transport;
  readonly json: boolean;
}

async function forward(event: Event, { target, secret, transport, json }: Forwarding) {
  const { id, sequence, type, timestamp, data } = event;
  const body = JSON.stringify({ type, timestamp, data, id, sequence });
  const outgoing = signedRequest({ id, body }, [secret], SYSTEM_TIME.now());
  const reply = await transport.send(target, outgoing, new AbortController().signal);
  const { status, failure, duration: milliseconds } = reply;
  if (json) await printJson({ sequence, type, status, failure, milliseconds });
  else
    await printLine(`${sequence} ${type}: ${failure ?? `answered ${status}`}, ${milliseconds} ms`);
  await stdout.flush();
}

async function announce(facts: {
  readonly secret: string;
  readonly last: number;
  readonly forwardTo: string;
  readonly json: boolean;
}): Promise<void> {
  const { secret, last, forwardTo, json } = facts;
  if (json) await printJson({ secret, after: last, forwardTo });
  else {
    await printLine(`secret ${secret}`);
    await printLine(`forwarding what comes after the event ${last} to ${forwardTo}`);
  }
  await stdout.flush();
}

/** The number of the last event there is. */
async function findEnd(server: string): Promise<number> {
  for (let after = 0; ;) {
    const query = new URLSearchParams({ after: String(after), types: RARE, limit: '1000' });
    const page = await read(server, query);
    after = page.last;
    if (!page.more) return after;
  }
}

/** @throws Error that says what the server answered */
async function read(server: string, query: URLSearchParams): Promise<Page> {
  const { LATCHKEY_API_KEY: key = DEMO_KEY } = process.env;
  const place = new URL(`/v1/events?${query.toString()}`, server);
  const reply = await fetch(place, { headers: { 'X-API-KEY': key } }).catch((error: unknown) => {
    throw new Error(`no reply from ${place.origin}; start the server, or name it with --url`, {
      cause: error,
    });
  });
  const body = (await reply.json()) as Page & { readonly message?: string };
  if (reply.status === 200) return body;
  const advice = reply.status === 401 ? '; put an API key in LATCHKEY_API_KEY' : '';
  throw new Error(`${place.origin} answers ${reply.status}: ${body.message ?? ''}${advice}`);
}
