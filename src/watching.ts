/**
 * Loads what goes along with a server: metrics where a setting wants them, traces where the program around it has
 * registered a tracer. Where there is neither, nothing is loaded.
 * Decided: docs/decisions/metrics.md
 */
import type { Logger } from 'pino';
import { SYSTEM_TIME } from './base/time';
import { OPERATIONS } from './cashbox/operations';
import { parseAddress } from './config/metrics';
import type { Settings } from './config/settings';
import type { Metrics } from './metrics/metrics';
import type { Asked } from './metrics/sources';
import { together, type Watching } from './metrics/watching';

/** Under this key every package `@opentelemetry/api` of version 1 finds what a program has registered with one of them. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/** What goes along with one server. */
export interface Watched {
  readonly watching: Watching;
  /** Where the metrics are read; undefined: there are none. */
  readonly metricsUrl: string | undefined;
  /** Has the metrics ask the server from now on. */
  readonly begin: (asked: Asked) => void;
  /** Gives the address back. */
  readonly close: () => Promise<void>;
}

/* eslint-disable @typescript-eslint/no-require-imports -- programs that embed the server may take no import(). */

/**
 * Takes the address of the metrics, where there are any.
 * @throws Error when it is taken, or must not be used
 */
export async function startWatching(
  settings: Pick<Settings, 'metrics'>,
  logger: Logger,
): Promise<Watched> {
  const address = parseAddress(settings.metrics);
  const metrics = address && (await startMetrics(address, logger));
  const counting = metrics?.watching ?? {};
  return {
    watching: hasTracer() ? together(counting, loadTraces()) : counting,
    metricsUrl: metrics?.url,
    begin: (asked) => metrics?.begin(asked),
    close: async () => metrics?.close(),
  };
}

function loadTraces(): Watching {
  return (require('./metrics/traces') as typeof import('./metrics/traces')).createTraces();
}

function startMetrics(address: { host: string; port: number }, logger: Logger): Promise<Metrics> {
  const loaded = require('./metrics/metrics') as typeof import('./metrics/metrics');
  const operations = new Set(
    Object.entries(OPERATIONS).flatMap(([service, handlers]) =>
      Object.keys(handlers).map((name) => `${service}.${name}`),
    ),
  );
  const onFailure = (err: unknown) => logger.error({ err }, 'metrics');
  return loaded.startMetrics({ address, operations, onFailure, time: SYSTEM_TIME });
}

/* eslint-enable @typescript-eslint/no-require-imports */

function hasTracer(): boolean {
  const registered = (globalThis as Readonly<Record<symbol, unknown>>)[REGISTERED];
  return (registered as { readonly trace?: object } | undefined)?.trace !== undefined;
}
