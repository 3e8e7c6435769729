/** The action of `latchkey proxy`. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { PACKAGE_ROOT } from '../../base/package';
import { SYSTEM_TIME } from '../../base/time';
import { type Effect, toEffect } from '../../cases/effects';
import { IGNORED_TYPES } from '../../cashbox/ignored-types';
import { OPERATIONS } from '../../cashbox/operations';
import type { Settings } from '../../config/settings';
import { loadContract } from '../../contract/contract';
import type { Operation } from '../../contract/model';
import { createHttpServer } from '../../http-server';
import { listen } from '../../listening';
import { createLog } from '../../log';
import { CaseWriter, requireEmptyFolder } from '../../proxy/case-writer';
import { createDiff } from '../../proxy/diff';
import { effectsOf, type Shadow } from '../../proxy/effects';
import type { Mode, MODES } from '../../proxy/mode';
import type { PlayOptions } from '../../proxy/play';
import { createRecord } from '../../proxy/record';
import { createSpy } from '../../proxy/spy';
import { createUpstream, type Upstream } from '../../proxy/upstream';
import { readTls } from '../../tls';
import type { ComparisonOptions } from '../comparison-options';
import { settingsOf } from '../options';
import { readComparison } from './comparing';
import { wholeNumber } from './numbers';
import { readOrigin, readTrusted } from './other-server';
import { type Copy, startCopy, startOwn } from './own-server';
import { stopOnSignal } from './stop';

/** Its options, beside the settings. */
export interface ProxyOptions extends ComparisonOptions {
  readonly upstream: string;
  readonly mode: (typeof MODES)[number];
  readonly cases?: string;
  readonly seed?: string;
  readonly state?: string;
  readonly upstreamCa?: string;
  readonly upstreamTimeout?: string;
}

/** Seconds. */
const UPSTREAM_TIMEOUT = 60;

/** How long the log's last lines may wait for their reader, in milliseconds. */
const LOG_TIMEOUT = 1000;

/** Options that mean something in one mode alone. */
const OF_MODE: Readonly<Record<string, readonly string[]>> = {
  cases: ['record'],
  seed: ['diff'],
  state: ['record', 'diff'],
  ignore: ['record', 'diff'],
  moments: ['record', 'diff'],
  database: ['spy'],
};

/** Starts the proxy; it ends with SIGINT or SIGTERM. @throws Error that names the option that cannot be used */
export async function runProxy(command: Command, options: ProxyOptions): Promise<void> {
  const settings = settingsOf(command);
  const { mode } = options;
  requireOfMode(command, mode);
  const limit = limitOf(options);
  const upstream = createUpstream({
    url: readOrigin('--upstream', options.upstream),
    ca: readTrusted('--upstream-ca', options.upstreamCa),
    limit,
    time: SYSTEM_TIME,
  });
  const tls = readTls(settings);
  const { logger, flush } = createLog(settings.logLevel, SYSTEM_TIME);
  const { answer, end } = await MAKERS[mode](options, { settings, upstream, logger, limit });
  const { server, connections } = createHttpServer(settings, tls, Promise.resolve(answer));
  const url = await listen(server, settings).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  logger.info({ url, upstream: upstream.origin, mode }, 'listening');
  stopOnSignal(async () => {
    await connections.stop(server, settings.stopTimeout * 1000, SYSTEM_TIME);
    await end();
    upstream.close();
    logger.info('stopped');
    await flush(LOG_TIMEOUT, SYSTEM_TIME);
  });
}

/** @throws Error that names an option without effect */
function requireOfMode(command: Command, mode: string): void {
  for (const [name, own] of Object.entries(OF_MODE)) {
    if (!own.includes(mode) && command.getOptionValueSource(name) === 'cli') {
      throw new Error(`--${name} is for --mode ${own.join(' and ')} alone`);
    }
  }
  // A recording compares where it has a copy to compare with.
  const given = ['ignore', 'moments'].find((name) => command.getOptionValueSource(name) === 'cli');
  if (mode === 'record' && given !== undefined && command.getOptionValue('state') === undefined) {
    throw new Error(`--${given} is for --mode diff, and for record with --state`);
  }
}

function limitOf({ upstreamTimeout }: ProxyOptions): number {
  const range = { least: 1, most: 3600 };
  return (wholeNumber('--upstream-timeout', upstreamTimeout, range) ?? UPSTREAM_TIMEOUT) * 1000;
}

/** The parts that a mode is made of. */
interface Parts {
  readonly settings: Settings;
  readonly upstream: Upstream;
  readonly logger: Logger;
  readonly limit: number;
}

const readContract = () => loadContract(join(PACKAGE_ROOT, 'wsdl'));

const MAKERS: Readonly<
  Record<ProxyOptions['mode'], (options: ProxyOptions, parts: Parts) => Promise<Mode>>
> = {
  record: async (options, { settings, upstream, logger, limit }) => {
    const { cases, state } = options;
    if (cases === undefined) {
      throw new Error('--mode record: name the folder that gets the cases with --cases');
    }
    requireEmptyFolder('--cases', cases);
    const comparison = state === undefined ? undefined : readComparison(options);
    const copy = comparison && (await startCopy(settings, { state }));
    const shadow = copy && shadowOf(copy, { ...comparison, limit, time: SYSTEM_TIME });
    const tools = { contract: readContract(), ignoredTypes: IGNORED_TYPES };
    const writer = new CaseWriter(
      cases,
      tools,
      shadow && ((...made) => effectsOf(...made, shadow)),
    );
    const record = createRecord({ upstream, logger, writer, time: SYSTEM_TIME });
    return { ...record, end: () => record.end().finally(copy?.stop) };
  },
  spy: async (_options, { settings, upstream, logger, limit }) => {
    const { url, stop } = await startOwn(settings);
    const own = createUpstream({ url: new URL(url), limit, time: SYSTEM_TIME, namesClients: true });
    const spy = createSpy({ upstream, own, contract: readContract(), isImplemented, logger });
    return { ...spy, end: () => spy.end().then(stop) };
  },
  diff: async (options, { settings, upstream, logger, limit }) => {
    const comparison = readComparison(options);
    const { url, passwordOf, stop } = await startCopy(settings, options);
    const diff = createDiff({
      ...comparison,
      upstream,
      logger,
      limit,
      passwordOf,
      endpoint: url,
      tools: comparison.comparing,
      time: SYSTEM_TIME,
    });
    return { ...diff, end: () => diff.end().then(stop) };
  },
};

/** A copy on which recorded calls are played, for what they change. */
function shadowOf(
  { url, passwordOf, ledger }: Copy,
  options: Omit<PlayOptions, 'credentials' | 'endpoint'>,
): Shadow {
  const gainedBy: Shadow['gainedBy'] = async (merchant, work) => {
    const before = (await ledger?.lastLedgerLine()) ?? 0;
    // No line of the call is dated earlier; the moment of its unit may be rounded.
    const from = (ledger?.now() ?? 0) - 1000;
    const result = await work();
    const effects: Effect[] = [];
    for await (const row of ledger?.listLedger({ merchant, from }) ?? []) {
      if (row.id > before) effects.push(toEffect(row));
    }
    return { result, effects };
  };
  return { ...options, endpoint: url, passwordOf, gainedBy };
}

function isImplemented({ service, name }: Operation): boolean {
  const classes: Readonly<Record<string, object | undefined>> = OPERATIONS;
  return Object.hasOwn(classes[service] ?? {}, name);
}
