/** Webhooks: endpoints of the format of Standard Webhooks, with their types and secrets. */
import { didYouMean } from '../base/nearest';
import { quote } from '../base/quote';
import { invalid } from '../base/refusal';
import type { Work } from '../base/work';
import { EVENT_TYPES } from '../feed/schema';
import type { UnitOfWork } from '../store/store';
import type { Endpoint, SigningSecret } from '../store/webhooks';
import { addEndpoint, changeEndpoint, disableEndpoint, enableEndpoint } from './endpoints';
import { newSecret, STANDARD, type StandardSettings } from './standard';

/** For how long the former secret signs beside a new one, in milliseconds. */
export const BOTH_SIGN = 24 * 60 * 60 * 1000;

/** An endpoint and its new secret, which nothing shows again. */
export interface WithSecret {
  readonly endpoint: Endpoint;
  readonly secret: string;
}

/** The values of a new webhook. */
export interface WebhookValues extends StandardSettings {
  readonly url: string;
  /** Whether it may lead to a private address. */
  readonly private: boolean;
}

/** Values that may change; absent ones stay. */
export interface WebhookChanges {
  readonly url?: string | undefined;
  /** Null: all. */
  readonly types?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  /** Whether a new URL may lead to a private address. */
  readonly private: boolean;
}

const known: ReadonlySet<string> = new Set(EVENT_TYPES);

/** @throws Refusal 400 that names a type that there is not */
export function requireTypes(types: readonly string[]): void {
  for (const type of types) {
    if (known.has(type)) continue;
    throw invalid(`types has no type ${quote(type)}${didYouMean(type, EVENT_TYPES)}`);
  }
}

/** The settings of a webhook. */
export function standardSettings({ settings }: Endpoint): StandardSettings {
  return settings;
}

/** @throws Refusal as addEndpoint does, and 400 for a type that there is not */
export async function addWebhook(
  unit: Pick<UnitOfWork, 'webhooks' | 'events'>,
  work: Work,
  { url, types, description, ...values }: WebhookValues,
): Promise<WithSecret> {
  if (types) requireTypes(types);
  const secret = newSecret();
  const endpoint = await addEndpoint(unit, work, {
    kind: 'webhook',
    format: STANDARD.name,
    url,
    private: values.private,
    settings: { types, description },
    secrets: { signing: [{ value: secret }] },
  });
  return { endpoint, secret };
}

/** @throws Refusal 400 for the URL, or for a type that there is not */
export async function changeWebhook(
  unit: Pick<UnitOfWork, 'webhooks' | 'events'>,
  work: Work,
  endpoint: Endpoint,
  { url, types, description, disabled, ...changes }: WebhookChanges,
): Promise<Endpoint> {
  if (types) requireTypes(types);
  const before = standardSettings(endpoint);
  const settings = {
    types: types === undefined ? before.types : (types ?? undefined),
    description: description === undefined ? before.description : (description ?? undefined),
  };
  const moved = url === undefined || url === endpoint.url ? {} : { url, private: changes.private };
  const changed = await changeEndpoint(unit, endpoint, { settings, ...moved });
  if (disabled === undefined) return changed;
  return disabled ? disableEndpoint(unit, work, changed) : enableEndpoint(unit, work, changed);
}

/** Gives a webhook a new secret; the former one signs beside it for a while, an older one no more. */
export async function rotateSecret(
  unit: Pick<UnitOfWork, 'webhooks'>,
  { now }: Pick<Work, 'now'>,
  endpoint: Endpoint,
): Promise<WithSecret & { readonly until: number }> {
  const secret = newSecret();
  const until = now + BOTH_SIGN;
  const [former] = endpoint.secrets.signing;
  const signing: SigningSecret[] = [{ value: secret }];
  if (former) signing.push({ value: former.value, until });
  const secrets = { ...endpoint.secrets, signing };
  return { endpoint: await changeEndpoint(unit, endpoint, { secrets }), secret, until };
}
