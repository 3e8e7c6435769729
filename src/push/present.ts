/** Subscriptions and their messages as answers and lists show them: without keys, passwords and texts. */
import { toIso } from '../base/iso';
import type { Delivery, Endpoint } from '../store/webhooks';
import type { PushFormat } from './request';
import { pushSettings } from './settings';

/** A subscription. Moments are ISO 8601, in UTC. */
export function presentSubscription(endpoint: Endpoint) {
  const { endpointId: id, url, format, createdAt, createdBy, failingSince } = endpoint;
  const { skip, basicUser, email, ...settings } = pushSettings(endpoint);
  return {
    id,
    class: settings.class,
    url,
    format: format as PushFormat,
    skip: [...skip],
    coalesce: settings.coalesce,
    retries: settings.retries,
    interval: settings.interval,
    basicUser,
    email,
    createdAt: toIso(createdAt),
    createdBy,
    failingSince: toIso(failingSince),
  };
}

/** A message. */
export function presentMessage(delivery: Delivery) {
  const { id, messageId, event, state, attempts, madeAt, endedAt } = delivery;
  return {
    id: String(id),
    messageId,
    event,
    state,
    attempts,
    madeAt: toIso(madeAt),
    endedAt: toIso(endedAt),
  };
}
