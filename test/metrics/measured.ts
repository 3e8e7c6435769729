/** A server whose metrics are read, and their text as numbers. */
import { readSettings } from '../../src/config/settings';
import { startServer } from '../../src/main';
import { DEMO_KEY } from '../../src/demo';

/** The demo merchant's login. */
export const DEMO = { login: 'demo', password: 'demo' };

export interface Measured {
  readonly url: string;
  readonly metricsUrl: string;
  /** The text of its metrics. */
  readonly text: () => Promise<string>;
  /** The value of each series, by its name and labels as they stand there. */
  readonly scrape: () => Promise<Series>;
  /** A REST call with the demo merchant's key. @returns its status */
  readonly rest: (path: string, init?: RequestInit) => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Values by `name{label="value",…}`. */
export type Series = ReadonlyMap<string, number>;

const running = new Set<Measured>();

// A test that failed before it stopped its server must not keep the run from ending.
afterAll(async () => {
  for (const server of running) await server.stop();
});

/** Starts one with the demo data. */
export async function startMeasured(flags: Record<string, string> = {}): Promise<Measured> {
  const settings = { port: '0', database: ':memory:', logLevel: 'silent', metrics: '127.0.0.1:0' };
  const server = await startServer(readSettings({ ...settings, ...flags }, {}), { demo: true });
  const { url, metricsUrl = '' } = server;
  const text = async () => (await fetch(metricsUrl)).text();
  const measured: Measured = {
    url,
    metricsUrl,
    text,
    scrape: async () => seriesOf(await text()),
    rest: async (path, init = {}) => {
      const headers = { 'X-API-KEY': DEMO_KEY, 'Content-Type': 'application/json' };
      const response = await fetch(`${url}${path}`, { headers, ...init });
      await response.arrayBuffer();
      return response.status;
    },
    stop: async () => {
      if (running.delete(measured)) await server.stop();
    },
  };
  running.add(measured);
  return measured;
}

/** Reads Prometheus's text format. */
export function seriesOf(text: string): Series {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const place = line.lastIndexOf(' ');
      return [line.slice(0, place), Number(line.slice(place + 1))];
    }),
  );
}

/** What was counted between two readings, where anything was. @param name of the metric */
export function grown(name: string, before: Series, after: Series): Record<string, number> {
  const changes = [...after].flatMap(([series, value]) => {
    const more = value - (before.get(series) ?? 0);
    return series.startsWith(`${name}{`) && more !== 0 ? [[series.slice(name.length), more]] : [];
  });
  return Object.fromEntries(changes) as Record<string, number>;
}
