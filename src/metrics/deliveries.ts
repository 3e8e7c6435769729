/** Messages to endpoints: what became of them, and how long the oldest waits. */
import { Counter, Gauge, type Registry } from 'prom-client';
import { DELIVERY_STATES } from '../store/webhooks';
import type { Sources } from './sources';
import type { Parts } from './watching';

/** Counts attempts, and asks for the oldest that waits when it is read. */
export function createDeliveryMetrics(registry: Registry, sources: Sources): Parts<'onSettled'> {
  const registers = [registry];
  const deliveries = new Counter({
    name: 'latchkey_deliveries_total',
    help: 'Attempts to deliver a message: delivered, failed (given up), or waiting (tried again).',
    labelNames: ['outcome'],
    registers,
  });
  // Those that have not come yet are there: a rate from nothing cannot be seen.
  for (const outcome of DELIVERY_STATES) deliveries.inc({ outcome }, 0);
  const oldest: Gauge = new Gauge({
    name: 'latchkey_events_oldest_pending_seconds',
    help: 'For how long the oldest event waits for an enabled endpoint; 0: none does.',
    registers,
    collect: () =>
      sources.ask(oldest, async ({ store }) => {
        const at = await store.webhooks.oldestPending();
        // The clock may have been set back since.
        oldest.set(at === undefined ? 0 : Math.max(0, store.now() - at) / 1000);
      }),
  });
  return {
    onSettled: (states) => {
      for (const outcome of states) deliveries.inc({ outcome });
    },
  };
}
