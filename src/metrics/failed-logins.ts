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
  return {
    aroundLogin:
      (authenticate) =>
      async (...from) => {
        try {
          const found = await authenticate(...from);
          if (found === undefined) failed.inc();
          return found;
        } catch (error) {
          if (error instanceof TooManyFailures) failed.inc();
          throw error;
        }
      },
  };
}
