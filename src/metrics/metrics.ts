/**
 * The metrics of a server: each is registered by a file of its own, and read over HTTP. Nothing of this folder is loaded
 * where there are none.
 * Decided: docs/decisions/metrics.md
 */
import { Registry } from 'prom-client';
import { type CallMetricsOptions, createCallMetrics } from './calls';
import { createChangeMetrics } from './changes';
import { createDeliveryMetrics } from './deliveries';
import { createFailedLoginMetrics } from './failed-logins';
import { listenForMetrics, type MetricsListener } from './listener';
import { registerProcess } from './process';
import { type Asked, Sources } from './sources';
import { registerStoreCondition } from './store-condition';
import type { Watching } from './watching';

export interface MetricsOptions extends Omit<CallMetricsOptions, 'registry'> {
  readonly address: { readonly host: string; readonly port: number };
  /** Gets what kept a metric from being read. */
  readonly onFailure: (error: unknown) => void;
}

/** The metrics of one server. */
export interface Metrics extends MetricsListener {
  /** What counts and measures. */
  readonly watching: Watching;
  /** Has the gauges ask the server from now on. */
  readonly begin: (asked: Asked) => void;
}

/**
 * Takes the address and answers there.
 * @throws Error when it is taken, or must not be used
 */
export async function startMetrics({
  address,
  onFailure,
  ...calls
}: MetricsOptions): Promise<Metrics> {
  const registry = new Registry();
  const sources = new Sources(onFailure);
  const watching = {
    ...createCallMetrics({ registry, ...calls }),
    ...createChangeMetrics(registry),
    ...createDeliveryMetrics(registry, sources),
    ...createFailedLoginMetrics(registry),
  };
  registerStoreCondition(registry, sources);
  registerProcess(registry, sources);
  const listener = await listenForMetrics(registry, address, onFailure);
  return { ...listener, watching, begin: (asked) => sources.begin(asked) };
}
