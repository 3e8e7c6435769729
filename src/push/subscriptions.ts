/**
 * Subscriptions to push notifications, on whichever surface: what they may be, and how they are made and changed.
 * Decided: docs/decisions/push.md
 */
import { randomBytes } from 'node:crypto';
import { quote } from '../base/quote';
import { invalid } from '../base/refusal';
import { findUnfit } from '../base/text';
import type { Work } from '../base/work';
import type { UnitOfWork } from '../store/store';
import type { Endpoint } from '../store/webhooks';
import { addEndpoint, changeEndpoint } from '../webhooks/endpoints';
import { PUSH_CLASSES, PUSH_EVENTS, type PushClass, type PushEvent } from './classes';
import { PUSH_FORMATS, type PushFormat } from './request';
import { type PushSettings, pushSettings } from './settings';

/** How often a message that failed may be sent again, and how many seconds may lie between. */
export const RETRIES = { least: 0, most: 100, default: 5 };
export const INTERVAL = { least: 1, most: 86_400, default: 60 };

/** The longest key, password, user or address, in characters. */
export const LONGEST = 1024;

/** Random bytes of a key: 40 characters, as CashBox's have (observed). */
const KEY_BYTES = 30;

/** What a caller gives of a subscription. */
export interface SubscriptionValues {
  readonly url?: string | undefined;
  /** Whether a new URL may lead to a private address. */
  readonly private: boolean;
  readonly format?: string | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly coalesce?: boolean | undefined;
  readonly retries?: number | undefined;
  readonly interval?: number | undefined;
  /** User and password of HTTP Basic. Null: it is not used. */
  readonly basic?: { readonly user: string; readonly password: string } | null | undefined;
  /** Null: none. */
  readonly email?: string | null | undefined;
  /** The key that its receiver knows; undefined: one is made, or the present one stays. */
  readonly key?: string | undefined;
}

/**
 * Makes a subscription. It gets messages of what happens from now on.
 * @returns the key that signs its messages, which nothing shows again
 * @throws Refusal 400 that names what is wrong, 409 where there are as many as there may be
 */
export async function addSubscription(
  unit: Pick<UnitOfWork, 'webhooks' | 'events'>,
  work: Work,
  { class: className, url, ...values }: SubscriptionValues & { class: string; url: string },
): Promise<{ readonly endpoint: Endpoint; readonly key: string }> {
  const known = PUSH_CLASSES.find((one) => one === className);
  if (!known) throw unknown('class', className, PUSH_CLASSES);
  const begun: PushSettings = {
    class: known,
    skip: [],
    coalesce: false,
    retries: RETRIES.default,
    interval: INTERVAL.default,
  };
  const { key = randomBytes(KEY_BYTES).toString('base64url') } = values;
  const endpoint = await addEndpoint(unit, work, {
    kind: 'push',
    format: formatOf(values.format) ?? 'json',
    url,
    private: values.private,
    settings: { ...settingsAfter(begun, values) },
    secrets: { signing: [{ value: fit('key', key) }], password: passwordOf(values) },
  });
  return { endpoint, key };
}

/**
 * Changes a subscription; what is absent stays. Its class is what it is.
 * @throws Refusal 400 that names what is wrong
 */
export async function changeSubscription(
  unit: Pick<UnitOfWork, 'webhooks'>,
  endpoint: Endpoint,
  { url = endpoint.url, ...values }: SubscriptionValues,
): Promise<Endpoint> {
  const moved = url === endpoint.url ? {} : { url, private: values.private };
  const { signing, password } = endpoint.secrets;
  return changeEndpoint(unit, endpoint, {
    ...moved,
    format: formatOf(values.format) ?? endpoint.format,
    settings: { ...settingsAfter(pushSettings(endpoint), values) },
    secrets: {
      signing: values.key === undefined ? signing : [{ value: fit('key', values.key) }],
      password: values.basic === undefined ? password : passwordOf(values),
    },
  });
}

function formatOf(name: string | undefined): PushFormat | undefined {
  const known = PUSH_FORMATS.find((format) => format === name);
  if (name !== undefined && !known) throw unknown('format', name, PUSH_FORMATS);
  return known;
}

function settingsAfter(
  before: PushSettings,
  { skip, coalesce, retries, interval, basic, email }: Omit<SubscriptionValues, 'private'>,
): PushSettings {
  const { class: className } = before;
  if (coalesce && className !== 'entitlement') {
    throw invalid('coalesce is for the class entitlement only.');
  }
  return {
    class: className,
    skip: skip === undefined ? before.skip : eventsOf(className, skip),
    coalesce: coalesce ?? before.coalesce,
    retries: within('retries', retries, RETRIES) ?? before.retries,
    interval: within('interval', interval, INTERVAL) ?? before.interval,
    basicUser: basic === undefined ? before.basicUser : basic ? userOf(basic.user) : undefined,
    email: email === undefined ? before.email : email === null ? undefined : fit('email', email),
  };
}

/** @throws Refusal 400 for an event that the class has not, and where none would be left */
function eventsOf(className: PushClass, names: readonly string[]): PushEvent[] {
  const events: readonly PushEvent[] = PUSH_EVENTS[className];
  for (const name of names) {
    if (!events.some((event) => event === name))
      throw unknown(`event of ${className}`, name, events);
  }
  const skipped = events.filter((event) => names.includes(event));
  if (skipped.length === events.length) {
    throw invalid(`skip names every event of ${className}: remove the subscription instead.`);
  }
  return skipped;
}

function within(
  name: string,
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) {
    return value;
  }
  throw invalid(`${name} must be a whole number from ${least} to ${most}.`);
}

/** HTTP separates user and password by the first colon. */
function userOf(user: string): string {
  if (user.includes(':')) throw invalid('basicUser must have no colon.');
  return fit('basicUser', user);
}

function passwordOf({ basic }: Pick<SubscriptionValues, 'basic'>): string | undefined {
  return basic ? fit('basicPassword', basic.password) : undefined;
}

/** @throws Refusal 400 where a text is empty, too long, or holds what no header or text can */
function fit(name: string, text: string): string {
  if (text === '') throw invalid(`${name} must not be empty.`);
  if (text.length > LONGEST) throw invalid(`${name} must have at most ${LONGEST} characters.`);
  if (/\p{Cc}/u.test(text) || findUnfit(text) !== undefined) {
    throw invalid(`${name} must have no control characters.`);
  }
  return text;
}

function unknown(what: string, name: string, all: readonly string[]) {
  return invalid(`There is no ${what} ${quote(name)}; there are: ${all.join(', ')}.`);
}
