/** Logins and API keys that were not good. */
import { Counter, type Registry } from 'prom-client';
import { TooManyFailures } from '../base/refusal';
import type { Parts } from './watching';

/** Counts them. */
export function createFailedLoginMetrics(registry: Registry): Parts<'aroundLogin'> {
  const failed = new Counter({
    name: 'latchkey_failed_logins_total',
    help: 'Wrong passwords and API keys, with those that were refused unseen after too many.',
    registers: [registry],
  });
  const count = <Who>(found: Who | undefined) => {
    if (found === undefined) failed.inc();
    return found;
  };
  const refuse = (error: unknown) => {
    if (error instanceof TooManyFailures) failed.inc();
    throw error;
  };
  return {
    aroundLogin:
      (authenticate) =>
      (...from) =>
        authenticate(...from).then(count, refuse),
  };
}
