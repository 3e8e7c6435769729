/**
 * What goes along with what a server does: metrics, traces, or both. A part that is there is put around the server's
 * own once, at the start; where it is absent nothing is, and nothing is measured.
 * Decided: docs/decisions/metrics.md
 */
import type { OnFailedLogin } from '../access/failed-logins';
import type { GoAlong } from '../rest/visit';
import type { PlainEndpoint } from '../soap/endpoint';
import type { OnLine, WatchCall } from '../soap/watch-call';
import type { OnCommit } from '../store/observing';
import type { Store } from '../store/store';
import type { DeliveryState } from '../store/webhooks';
import type { Transport } from '../webhooks/transport';

type Around<T> = (own: T) => T;

export interface Watching {
  /** The endpoint of SOAP calls. */
  readonly aroundEndpoint?: Around<PlainEndpoint> | undefined;
  /** Gets the line of each call of SOAP. */
  readonly onLine?: OnLine | undefined;
  /** Goes along with each call of SOAP. */
  readonly watchCall?: WatchCall | undefined;
  /** Calls of REST. */
  readonly goAlong?: GoAlong | undefined;
  readonly onFailedLogin?: OnFailedLogin | undefined;
  readonly aroundStore?: Around<Store> | undefined;
  /** The way of messages to endpoints. */
  readonly aroundTransport?: Around<Transport> | undefined;
  readonly onCommit?: OnCommit | undefined;
  /** Gets what attempts to deliver have made of their messages. */
  readonly onSettled?: ((states: readonly DeliveryState[]) => void) | undefined;
}

/** Some of its parts, all of them there. */
export type Parts<Name extends keyof Watching> = {
  readonly [Part in Name]: NonNullable<Watching[Part]>;
};

/** Both of them. @param outer goes around the other */
export function together(inner: Watching, outer: Watching): Watching {
  return {
    ...inner,
    ...outer,
    aroundEndpoint: around(inner.aroundEndpoint, outer.aroundEndpoint),
    aroundStore: around(inner.aroundStore, outer.aroundStore),
    aroundTransport: around(inner.aroundTransport, outer.aroundTransport),
    goAlong: along(inner.goAlong, outer.goAlong),
  };
}

function around<T>(inner: Around<T> | undefined, outer: Around<T> | undefined) {
  return inner && outer ? (own: T) => outer(inner(own)) : (inner ?? outer);
}

function along(inner: GoAlong | undefined, outer: GoAlong | undefined): GoAlong | undefined {
  if (!inner || !outer) return inner ?? outer;
  return (visit, response, answer) => outer(visit, response, () => inner(visit, response, answer));
}
