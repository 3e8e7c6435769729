/** The store's connections and its write-ahead log, as they are when they are read. */
import { Gauge, type Registry } from 'prom-client';
import { CONNECTION_STATES } from '../store/observing';
import type { Sources } from './sources';

/** Registers them. */
export function registerStoreCondition(registry: Registry, sources: Sources): void {
  const registers = [registry];
  const connections: Gauge<'state'> = new Gauge({
    name: 'latchkey_store_connections',
    help: 'Connections to the database: busy, idle; and what waits for one.',
    labelNames: ['state'],
    registers,
    collect: () =>
      sources.ask(connections, async ({ store }) => {
        const counts = (await store.condition()).connections;
        for (const state of CONNECTION_STATES) connections.set({ state }, counts[state]);
      }),
  });
  const wal: Gauge = new Gauge({
    name: 'latchkey_wal_bytes',
    help: 'Size of the write-ahead log of SQLite; absent where there is none.',
    registers,
    collect: () =>
      sources.ask(wal, async ({ store }) => {
        const { walBytes } = await store.condition();
        if (walBytes === undefined) wal.remove();
        else wal.set(walBytes);
      }),
  });
}
