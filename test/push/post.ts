/** Sends what waits to real receivers, by the deliveries that a server runs. */
import { pino } from 'pino';
import { SYSTEM_TIME } from '../../src/base/time';
import type { Store } from '../../src/store/store';
import { Deliveries } from '../../src/webhooks/deliveries';
import { formatsOf } from '../../src/webhooks/formats';
import { createTransport } from '../../src/webhooks/transport';
import { createTestFormats } from './push-shop';

/** Longer than it takes until the next look, in milliseconds. */
const LOOK = 300;

/** @returns sends all that is due, and waits for the answers; and an end of it */
export function startPost(store: Store) {
  let elapsed = 0;
  const pending = new Set<Promise<unknown>>();
  const transport = createTransport(SYSTEM_TIME);
  const deliveries = new Deliveries({
    store,
    time: { elapsed: () => (elapsed += LOOK), after: SYSTEM_TIME.after },
    transport: {
      ...transport,
      send: (...sent) => {
        const reply = transport.send(...sent);
        pending.add(reply);
        void reply.then(() => pending.delete(reply));
        return reply;
      },
    },
    formatOf: formatsOf(createTestFormats()),
    logger: pino({ level: 'silent' }),
    chance: () => 0,
    isBusy: () => false,
    wake: () => undefined,
  });
  return {
    send: async (): Promise<void> => {
      for (;;) {
        const due = await deliveries.due();
        if (due !== undefined && due <= store.now()) await deliveries.run();
        else if (pending.size === 0) return;
        await Promise.all(pending);
        await new Promise(setImmediate);
      }
    },
    stop: () => deliveries.stop(0),
  };
}
