/** The process itself: its build, whether it leads, and what Node.js says of it. */
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import { version } from '../base/package';
import type { Sources } from './sources';

/**
 * Of prom-client's own these are left out: they are no counters and named as if they were, and list every connection
 * each time they are read.
 */
const LEFT_OUT = [
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
];

/** Registers them. */
export function registerProcess(registry: Registry, sources: Sources): void {
  const registers = [registry];
  const build = new Gauge({
    name: 'latchkey_build_info',
    help: 'Always 1; the labels have the version of the server and of Node.js.',
    labelNames: ['version', 'node'],
    registers,
  });
  build.set({ version, node: process.versions.node }, 1);
  const leader: Gauge = new Gauge({
    name: 'latchkey_leader',
    help: 'Whether this process acts in the background: 1 of all that share a database, or none while there is nothing to do.',
    registers,
    collect: () => sources.ask(leader, ({ leads }) => leader.set(leads() ? 1 : 0)),
  });
  collectDefaultMetrics({ register: registry });
  for (const name of LEFT_OUT) registry.removeSingleMetric(name);
}
