/** Lines of the ledger, and the commits that keep them. */
import type { Registry } from 'prom-client';
import type { OnEntry } from '../store/observing';
import type { UnitOfWork } from '../store/store';
import { Branches } from './branches';
import { createCounter, createHistogram } from './series';
import type { Parts } from './watching';

/** Seconds: from a disk with a cache of its own to one that is in trouble. */
const COMMIT_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];

/** Units of work; a commit has 256 at most. */
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The lines of a unit of one action and reason. */
interface Entry {
  readonly action: string;
  readonly reason: string;
  readonly lines: number;
}

/** Counts lines once they are durable, and measures commits. */
export function createChangeMetrics(registry: Registry): Parts<'aroundStore' | 'onCommit'> {
  const newCount = createCounter(
    {
      registry,
      name: 'latchkey_ledger_entries_total',
      help: 'Lines of the ledger that this process has written; no reason: the call named none.',
    },
    ['action', 'reason'],
  );
  const entries = new Branches(
    (action: string) => new Branches((reason: string) => newCount({ action, reason })),
  );
  const durations = createHistogram(
    {
      registry,
      name: 'latchkey_commit_duration_seconds',
      help: 'Time that a commit took until it was durable.',
    },
    COMMIT_BUCKETS,
  )({});
  const sizes = createHistogram(
    {
      registry,
      name: 'latchkey_commit_batch_size',
      help: 'Units of work that one commit made durable.',
    },
    BATCH_BUCKETS,
  )({});
  return {
    onCommit: ({ units, duration }) => {
      durations.observe(duration / 1000);
      sizes.observe(units);
    },
    aroundStore: (store) => ({
      ...store,
      transact: async (merchantId, work, spent) => {
        let written: Entry[] = [];
        const onEntry: OnEntry = (action, reason = '', lines) =>
          written.push({ action, reason, lines });
        const counted = (unit: UnitOfWork) => {
          // A unit may be begun anew.
          written = [];
          unit.onEntry = onEntry;
          return work(unit);
        };
        const value = await store.transact(merchantId, counted, spent);
        for (const { action, reason, lines } of written) {
          entries.of(action).of(reason).add(lines);
        }
        return value;
      },
    }),
  };
}
