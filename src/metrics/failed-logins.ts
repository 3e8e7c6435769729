/** Logins and API keys that were not good. */
import { Counter, type Registry } from 'prom-client';
import type { Parts } from './watching';

/** Counts them. */
export function createFailedLoginMetrics(registry: Registry): Parts<'onFailedLogin'> {
  const failed = new Counter({
    name: 'latchkey_failed_logins_total',
    help: 'Wrong passwords and API keys, with those that were refused unseen after too many.',
    registers: [registry],
  });
  return { onFailedLogin: () => failed.inc() };
}
