/** A proxy under test, on a free loopback port, with a folder of its own. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { SYSTEM_TIME, type Time } from '../../src/base/time';
import { IGNORED_TYPES } from '../../src/cashbox/ignored-types';
import { loadContract } from '../../src/contract/contract';
import { createHttpServer } from '../../src/http-server';
import { logOptions } from '../../src/log';
import { CaseWriter } from '../../src/proxy/case-writer';
import type { Mode } from '../../src/proxy/mode';
import { createRecord } from '../../src/proxy/record';
import { createUpstream, type UpstreamOptions } from '../../src/proxy/upstream';
import { NOW, ROOT } from '../harness/server';

export const contract = loadContract(join(ROOT, 'wsdl'));

/** A server that was started. */
export interface Running {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const started = new Set<() => Promise<void>>();

afterEach(async () => {
  for (const stop of started) await stop();
  started.clear();
});

/** A server that answers as a listener does; it ends with the test. */
export async function startAnswering(listener: RequestListener): Promise<Running> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  started.add(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** A clock that stands, and timers of the system unless a test has its own. */
export const TIME: Time = { ...SYSTEM_TIME, now: () => NOW, uptime: undefined };

/** A folder that is gone after the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-proxy-'));
  started.add(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The parts of a proxy's log that a test looks at. */
export type Line = Readonly<Record<string, unknown>>;

/** A proxy. */
export interface TestProxy extends Running {
  readonly log: readonly Line[];
  /** Fulfils once that number of requests is done with. @param as the log's word for it */
  readonly done: (requests: number, as?: string) => Promise<readonly Line[]>;
}

/** Starts one around what makes its mode. */
export async function startMode(make: (logger: Logger) => Mode): Promise<TestProxy> {
  const log: Line[] = [];
  let wake = () => {};
  const write = (line: string) => {
    log.push(JSON.parse(line) as Line);
    wake();
  };
  const mode = make(pino(logOptions('trace', TIME), { write }));
  const limits = { requestTimeout: 60, keepAlive: 75 };
  const { server, connections } = createHttpServer(limits, undefined, Promise.resolve(mode.answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    await connections.stop(server, 0, SYSTEM_TIME);
    await mode.end();
  };
  started.add(stop);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    log,
    done: async (requests, as = 'forwarded') => {
      const lines = () => log.filter(({ msg }) => msg === as);
      while (lines().length < requests) await new Promise<void>((resolve) => (wake = resolve));
      return lines();
    },
  };
}

/** A recording proxy, and its folder. */
export interface Recording extends TestProxy {
  readonly folder: string;
  /** The text of every file that was written, and the names of them. */
  readonly everything: () => string;
}

/** Starts one. */
export async function startRecording(
  upstreamUrl: string,
  options: Partial<UpstreamOptions> = {},
): Promise<Recording> {
  const folder = makeFolder();
  const writer = new CaseWriter(folder, { contract, ignoredTypes: IGNORED_TYPES });
  const url = new URL(upstreamUrl);
  const upstream = createUpstream({ limit: 60_000, time: TIME, ...options, url });
  const proxy = await startMode((logger) => createRecord({ upstream, writer, logger, time: TIME }));
  const everything = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return `${path}\n${entry.isFile() ? readFileSync(path, 'utf8') : ''}`;
      })
      .join('\n');
  return { ...proxy, folder, everything };
}
