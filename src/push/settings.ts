/** What a subscription to push notifications is, beside its URL and key. */
import type { Endpoint } from '../store/webhooks';
import type { PushClass, PushEvent } from './classes';

/** The settings of a subscription. */
export interface PushSettings {
  readonly class: PushClass;
  /** Events of the class that it does not want. */
  readonly skip: readonly PushEvent[];
  /** Whether of several sources of one entitlement id only the first start and the last stop are sent. */
  readonly coalesce: boolean;
  /** How often a message that failed is sent again. */
  readonly retries: number;
  /** Seconds between two attempts. */
  readonly interval: number;
  /** The user of HTTP Basic; undefined: it is not used. */
  readonly basicUser?: string | undefined;
  /** An address for errors: it is kept and shown, and nothing is sent to it. */
  readonly email?: string | undefined;
}

/** The settings of an endpoint of kind `push`. */
export function pushSettings({ settings }: Pick<Endpoint, 'settings'>): PushSettings {
  return settings as unknown as PushSettings;
}
