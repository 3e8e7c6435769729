/**
 * What a format of messages is: what is made of events, and how it goes over the wire. Standard Webhooks is one,
 * CashBox's push in its two forms are others: they are made where everything is wired.
 * Decided: docs/decisions/webhooks.md
 */
import type { StoredEvent } from '../store/events';
import type { Reader } from '../store/store';
import type { Endpoint, EndpointKind } from '../store/webhooks';

/** A message as a format makes it. */
export interface Message {
  /** Repeats have the same: it is equal in every attempt and replay, for it depends on merchant and event alone. */
  readonly id: string;
  /** The event as lists and log name it: `entitlement.granted`, `entitlement/start`. */
  readonly name: string;
  /** The number of the event that it is about; 0: it is a test. */
  readonly sequence: number;
  /**
   * Messages of one lane go out one after another, each once the one before has arrived or failed: the row of the
   * account, of a merged one the account that it was merged into (`laneOf`); 0: it is about no account.
   */
  readonly lane: number;
  /** The text that is sent. It is kept, so that it is the same in every attempt. */
  readonly body: string;
}

/** The circumstances in which a message is made. */
export interface Making {
  /** The merchant's login. */
  readonly login: string;
  /** When it is made, in UTC milliseconds; it is sent right after unless others of its lane wait. */
  readonly at: number;
}

/** A request as it goes over the wire. */
export interface Outgoing {
  /** Names in the capitals in which they are sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A format of messages. */
export interface Format {
  /** Unique; an endpoint is kept with it. */
  readonly name: string;
  /** The kind of endpoint whose format it is. */
  readonly kind: EndpointKind;
  /**
   * The messages that an endpoint gets of events of its merchant's feed, which come in their order: of each none, one
   * or several, in the order in which they are to be sent. Called with few events at a time; it only reads, and gives
   * the same messages when it is called again.
   * @param reader look-ups in the merchant's data
   */
  messagesOf(
    reader: Reader,
    endpoint: Endpoint,
    events: readonly StoredEvent[],
    making: Making,
  ): Promise<readonly Message[]>;
  /** The message of a test, about nothing that happened. @param newId a new one in each test */
  testOf(endpoint: Endpoint, newId: string, making: Making): Message;
  /**
   * The request of an attempt. Pure: it reads no clock, and asks nothing.
   * @param at the moment of the attempt, in UTC milliseconds
   */
  requestOf(message: Pick<Message, 'id' | 'body'>, endpoint: Endpoint, at: number): Outgoing;
  /**
   * How long to wait after a failure, in milliseconds, before jitter; undefined: it is given up.
   * @param attempts how many there were, 1 or more
   */
  delayAfter(attempts: number, endpoint: Endpoint): number | undefined;
  /**
   * Whether an endpoint gets its messages whatever it answers: it is never disabled, and no pause that it asks for counts.
   * Default: no.
   */
  readonly steady?: boolean;
  /** Whether delays are lengthened a little at random, so that receivers are not called by all at once. */
  readonly jitter: boolean;
}

/** The lane of the messages about an event. */
export function laneOf({ account }: StoredEvent): number {
  return account?.mergedInto ?? account?.id ?? 0;
}
