/** Where an operator's monitoring reads the server's metrics. */
import type { Setting } from './setting';

/** Says that there are none. */
export const NO_METRICS = 'off';

export interface MetricsSettings {
  /** `off`, or an address and port of their own: `127.0.0.1:9464`, `[::1]:9464`; port 0 takes any free one. */
  readonly metrics: string;
}

export const METRICS_SETTINGS: {
  readonly [Name in keyof MetricsSettings]: Setting<MetricsSettings[Name]>;
} = {
  metrics: {
    variable: 'LATCHKEY_METRICS',
    flag: '--metrics <address:port>',
    description:
      'where GET /metrics is answered, for Prometheus: without a login, so not in public',
    default: NO_METRICS,
    parse: (text) => (text === NO_METRICS || parseAddress(text) ? text : undefined),
    expected: 'off or an address and port such as 127.0.0.1:9464',
  },
};

/** A host and a port, apart. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** Reads `127.0.0.1:9464`, `[::1]:9464`, `localhost:9464`. @returns undefined where the text is none of them */
export function parseAddress(text: string): HostAndPort | undefined {
  const [, inner, plain, port] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = inner ?? plain;
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}
