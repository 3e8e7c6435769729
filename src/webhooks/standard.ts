/**
 * Standard Webhooks 1.0.0: an event of the feed as JSON, signed with HMAC-SHA256 in three headers.
 * Documented: https://www.standardwebhooks.com. Decided: docs/decisions/webhooks.md
 */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { toIso } from '../base/iso';
import { version } from '../base/package';
import { presentEvents, typeOf } from '../feed/present';
import type { EndpointDocument, StoredEvent } from '../store/events';
import type { Endpoint } from '../store/webhooks';
import { type Format, laneOf, type Message, type Outgoing } from './format';

/** The settings of an endpoint of this format. */
export interface StandardSettings {
  /** The wanted types of events; undefined: all. */
  readonly types?: readonly string[] | undefined;
  /** What it is for, in the words of its owner. */
  readonly description?: string | undefined;
}

/** The type of the message of a test; no event of the feed has it. */
export const TEST_TYPE = 'webhook.test';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The pauses after the first failures, as the specification recommends them, in milliseconds; then always the last. */
const DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR];

/** The attempts until a message is given up: nearly five days. */
const MOST_ATTEMPTS = 17;

/** Bytes of a secret: the specification asks for 24 to 64. */
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

function settingsOf({ settings }: Endpoint): StandardSettings {
  return settings;
}

/** Whether an endpoint wants an event. What happens to itself is no news to it. */
function wants(endpoint: Endpoint): (event: StoredEvent) => boolean {
  const { types } = settingsOf(endpoint);
  const wanted = types && new Set<string>(types);
  return (stored) => (!wanted || wanted.has(typeOf(stored))) && !isAbout(endpoint, stored);
}

function isAbout({ endpointId }: Endpoint, { event }: StoredEvent): boolean {
  if (!event?.type.startsWith('endpoint.')) return false;
  return (event.document as EndpointDocument).id === endpointId;
}

/** The secrets that sign at a moment: for a while after a rotation the former one, too. */
function signingAt({ secrets }: Endpoint, at: number): string[] {
  const valid = secrets.signing.filter(({ until }) => until === undefined || at < until);
  return valid.map(({ value }) => value);
}

/** Signers by their secrets, which are read once; they go when they are many. */
const signers = new Map<string, Webhook>();
const MOST_SIGNERS = 1000;

function signerOf(secret: string): Webhook {
  let signer = signers.get(secret);
  if (!signer) {
    if (signers.size === MOST_SIGNERS) signers.clear();
    signers.set(secret, (signer = new Webhook(secret)));
  }
  return signer;
}

/**
 * The request of a message, signed with each of some secrets.
 * @param at its moment, in UTC milliseconds
 */
export function signedRequest(
  { id, body }: Pick<Message, 'id' | 'body'>,
  secrets: readonly string[],
  at: number,
): Outgoing {
  const moment = new Date(at);
  const signatures = secrets.map((secret) => signerOf(secret).sign(id, moment, body));
  return {
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': `Latchkey/${version}`,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / SECOND)),
      'webhook-signature': signatures.join(' '),
    },
    body,
  };
}

/** The format. */
export const STANDARD: Format = {
  name: 'standard',
  kind: 'webhook',
  jitter: true,

  messagesOf: async (reader, endpoint, events, { login }) => {
    const wanted = events.filter(wants(endpoint));
    const presented = await presentEvents(reader, login, wanted);
    return presented.map(({ id, sequence, type, timestamp, data }, index) => ({
      id,
      name: type,
      sequence,
      lane: laneOf(wanted[index] as StoredEvent),
      body: JSON.stringify({ type, timestamp, data, id, sequence }),
    }));
  },

  testOf: (endpoint, newId, { at }) => {
    const data = { webhook: endpoint.endpointId };
    const event = { type: TEST_TYPE, timestamp: toIso(at), data, id: newId, sequence: 0 };
    return { id: newId, name: TEST_TYPE, sequence: 0, lane: 0, body: JSON.stringify(event) };
  },

  requestOf: (message, endpoint, at) => signedRequest(message, signingAt(endpoint, at), at),

  delayAfter: (attempts) =>
    attempts < MOST_ATTEMPTS ? (DELAYS[attempts - 1] ?? DELAYS.at(-1)) : undefined,
};
