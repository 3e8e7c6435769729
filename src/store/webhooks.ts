/**
 * The store's interface for messages about changes: endpoints, and a bounded window of the messages to each.
 * Decided: docs/decisions/webhooks.md
 */
import type { Eventually } from './eventually';
import type { Walk } from './walk';

/** What an endpoint is: a signed webhook, or a subscription to CashBox's push notifications. */
export const ENDPOINT_KINDS = ['webhook', 'push'] as const;

export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/** A secret that signs. */
export interface SigningSecret {
  readonly value: string;
  /** It was replaced, and signs beside the new one until then, in UTC milliseconds. */
  readonly until?: number | undefined;
}

/** What must be readable to send a message, and is never shown, listed or logged. */
export interface EndpointSecrets {
  /** The present one first. */
  readonly signing: readonly SigningSecret[];
  /** The password of HTTP's Basic authentication. */
  readonly password?: string | undefined;
}

/** An endpoint. Moments are UTC milliseconds. */
export interface Endpoint {
  readonly id: number;
  /** What clients name it by: 40 hexadecimal digits. */
  readonly endpointId: string;
  readonly kind: EndpointKind;
  /** The name of the format of its messages. */
  readonly format: string;
  readonly url: string;
  /** Whether the URL may lead to a private address. */
  readonly private: boolean;
  /** What its format needs to know beside: the wanted types, for example. As JSON has it. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: EndpointSecrets;
  readonly createdAt: number;
  readonly createdBy: string;
  /** The number of the last event of the feed of which messages were made. */
  readonly cursor: number;
  /** Since when every attempt has failed; undefined: the last one succeeded, or there was none. */
  readonly failingSince?: number | undefined;
  /** It asked for a pause until then. */
  readonly notBefore?: number | undefined;
  /** Undefined: it gets messages. */
  readonly disabledAt?: number | undefined;
  /** Why, in words. */
  readonly disabledReason?: string | undefined;
}

/** The values of a new endpoint. */
export type NewEndpoint = Omit<
  Endpoint,
  'id' | 'failingSince' | 'notBefore' | 'disabledAt' | 'disabledReason'
>;

/** What the owner of an endpoint may change. */
export type EndpointValues = Pick<Endpoint, 'format' | 'url' | 'private' | 'settings' | 'secrets'>;

/** How it goes with an endpoint. */
export type EndpointState = Pick<
  Endpoint,
  'failingSince' | 'notBefore' | 'disabledAt' | 'disabledReason'
>;

/** What becomes of a message. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A message to one endpoint. Moments are UTC milliseconds. */
export interface Delivery {
  readonly id: number;
  /** The endpoint's row. */
  readonly endpoint: number;
  /** Messages of one lane are sent one after another: the row of the account; 0: of none. */
  readonly lane: number;
  /** The number of the event that it is about; 0: it is a test. */
  readonly sequence: number;
  readonly messageId: string;
  /** The event as the format names it. */
  readonly event: string;
  /** As it is sent each time; undefined: it was erased with personal data. */
  readonly body: string | undefined;
  readonly state: DeliveryState;
  /** When it is tried next; undefined: never, or another of its lane comes first. */
  readonly dueAt: number | undefined;
  readonly attempts: number;
  readonly madeAt: number;
  /** When it was delivered, or given up. */
  readonly endedAt: number | undefined;
}

/** The values of a new message. */
export type NewDelivery = Pick<Delivery, 'lane' | 'sequence' | 'messageId' | 'event'> & {
  readonly body: string;
};

/** One attempt to deliver a message. */
export interface Attempt {
  /** Counts from 1. */
  readonly number: number;
  /** UTC milliseconds. */
  readonly at: number;
  /** Milliseconds. */
  readonly duration: number;
  /** Undefined: there was no answer. */
  readonly status: number | undefined;
  /** Why it failed, in words; undefined: it succeeded. */
  readonly failure: string | undefined;
  /** The beginning of the answer's body. */
  readonly answer: string | undefined;
}

/** What becomes of a message after an attempt: it ended, or is tried again. Moments are UTC milliseconds. */
export type Fate =
  | { readonly state: 'delivered' | 'failed'; readonly endedAt: number }
  | { readonly state: 'waiting'; readonly dueAt: number };

/** Which messages are listed, the newest first. */
export interface DeliveryQuery {
  /** The endpoint's row. */
  readonly endpoint: number;
  /** Undefined: in any state. */
  readonly state?: DeliveryState | undefined;
  /** Only those made before this one. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Look-ups of one merchant's endpoints and messages. */
export interface WebhookReads {
  find(endpointId: string): Eventually<Endpoint | undefined>;
  /** The endpoint of a row. */
  findRow(id: number): Eventually<Endpoint | undefined>;
  /** All of a kind, in the order in which they were made; they are few: see MOST_ENDPOINTS. */
  list(kind: EndpointKind): Eventually<Endpoint[]>;
  findDelivery(id: number): Eventually<Delivery | undefined>;
  listDeliveries(query: DeliveryQuery): Eventually<Delivery[]>;
  /** In their order. */
  listAttempts(delivery: number): Eventually<Attempt[]>;
  /** How many messages of an endpoint wait. */
  countWaiting(endpoint: number): Eventually<number>;
  /** Those of an endpoint that are to be tried by a moment, the longest due first. */
  listDue(endpoint: number, until: number, limit: number): Eventually<Delivery[]>;
}

/** Look-ups and changes of one merchant's endpoints and messages, within a unit of work. */
export interface WebhookWrites extends WebhookReads {
  /** @returns its row */
  insert(endpoint: NewEndpoint): Eventually<number>;
  update(endpoint: number, values: EndpointValues): Eventually<void>;
  /** Notes how it goes with an endpoint. */
  setState(endpoint: number, state: EndpointState): Eventually<void>;
  /** Takes an endpoint away with its secrets, messages and attempts. */
  delete(endpoint: number): Eventually<void>;
  /**
   * Moves the cursor of an endpoint on.
   * @returns false where it is not at `from` any more: another process has moved it, and nothing is changed
   */
  moveCursor(endpoint: number, from: number, to: number): Eventually<boolean>;
  /** Adds messages, in their order. The first of a lane in which none waits is due at once. @param at now */
  insertDeliveries(
    endpoint: number,
    messages: readonly NewDelivery[],
    at: number,
  ): Eventually<void>;
  /**
   * Writes down an attempt at a message, and what becomes of that; where it has ended, the next of its lane is due at once. The
   * answer is left out where the text was erased meanwhile: it may say something of it.
   * @param delivery as it was before the attempt, with the number of attempts
   * @returns false where it waits no more, or another process has written an attempt down: nothing is changed
   */
  settle(delivery: Delivery, attempt: Attempt, fate: Fate): Eventually<boolean>;
  /** Has all that an endpoint's messages wait for come now, instead of later. */
  hurry(endpoint: number, now: number): Eventually<void>;
  /** Has a message that has ended be sent again, before what waits in its lane. @param at now */
  resend(delivery: Delivery, at: number): Eventually<void>;
  /**
   * Sets the cursor of an endpoint back, and forgets the messages that wait about later events: they are made anew.
   */
  rewind(endpoint: number, to: number): Eventually<void>;
  /** The messages about an account. */
  readonly ofAccount: Walk;
  /** Empties the text of a message, and what answers to it said. */
  erase(delivery: number): Eventually<void>;
  /** Forgets the oldest of the messages that have ended in a state. @param keep how many stay */
  forget(endpoint: number, state: 'delivered' | 'failed', keep: number): Eventually<void>;
}

/** An endpoint that may have something to do, and its merchant. */
export interface ReadyEndpoint extends Endpoint {
  readonly merchantId: number;
  /** The merchant's login. */
  readonly login: string;
  /** The number of the last event of the merchant's feed. */
  readonly last: number;
}

/** Endpoints of every merchant, for the background. */
export interface WebhooksOfAll {
  /**
   * Those that are enabled and not paused, and have a message that is due, or events to be read and room for messages;
   * by their rows, after one.
   * @param window how many messages may wait
   */
  listReady(query: {
    readonly now: number;
    readonly window: number;
    readonly after: number;
    readonly limit: number;
  }): Eventually<ReadyEndpoint[]>;
  /**
   * Since when the oldest that an enabled endpoint has not got yet waits: a message since it was made, an event that is
   * still to be read since it happened. Paused endpoints count.
   * @returns UTC milliseconds; undefined: nothing waits
   */
  oldestPending(): Eventually<number | undefined>;
}

/** The most endpoints of a merchant, of each kind. */
export const MOST_ENDPOINTS = 100;
