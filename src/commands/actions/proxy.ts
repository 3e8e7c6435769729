/** The action of `latchkey proxy`. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Logger } from 'pino';
import { PACKAGE_ROOT } from '../../base/package';
import { SYSTEM_TIME } from '../../base/time';
import { IGNORED_TYPES } from '../../cashbox/ignored-types';
import { loadContract } from '../../contract/contract';
import { createHttpServer } from '../../http-server';
import { listen } from '../../listening';
import { createLog } from '../../log';
import { CaseWriter, requireEmptyFolder } from '../../proxy/case-writer';
import type { Mode, MODES } from '../../proxy/mode';
import { createRecord } from '../../proxy/record';
import { createUpstream, type Upstream } from '../../proxy/upstream';
import { readTls } from '../../tls';
import { settingsOf } from '../options';
import { wholeNumber } from './numbers';
import { readOrigin, readTrusted } from './other-server';
import { stopOnSignal } from './stop';

/** Its options, beside the settings. */
export interface ProxyOptions {
  readonly upstream: string;
  readonly mode: (typeof MODES)[number];
  readonly cases?: string;
  readonly upstreamCa?: string;
  readonly upstreamTimeout?: string;
}

/** Seconds. */
const UPSTREAM_TIMEOUT = 60;

/** How long the log's last lines may wait for their reader, in milliseconds. */
const LOG_TIMEOUT = 1000;

/** Starts the proxy; it ends with SIGINT or SIGTERM. @throws Error that names the option that cannot be used */
export async function runProxy(command: Command, options: ProxyOptions): Promise<void> {
  const settings = settingsOf(command);
  const { mode } = options;
  const seconds = wholeNumber('--upstream-timeout', options.upstreamTimeout, {
    least: 1,
    most: 3600,
  });
  const upstream = createUpstream({
    url: readOrigin('--upstream', options.upstream),
    ca: readTrusted('--upstream-ca', options.upstreamCa),
    limit: (seconds ?? UPSTREAM_TIMEOUT) * 1000,
    time: SYSTEM_TIME,
  });
  const tls = readTls(settings);
  const { logger, flush } = createLog(settings.logLevel, SYSTEM_TIME);
  const { answer, end } = createMode(options, { upstream, logger });
  const { server, connections } = createHttpServer(settings, tls, Promise.resolve(answer));
  const url = await listen(server, settings);
  logger.info({ url, upstream: upstream.origin, mode }, 'listening');
  stopOnSignal(async () => {
    await connections.stop(server, settings.stopTimeout * 1000, SYSTEM_TIME);
    await end();
    upstream.close();
    logger.info('stopped');
    await flush(LOG_TIMEOUT, SYSTEM_TIME);
  });
}

function createMode(
  { cases }: ProxyOptions,
  tools: { readonly upstream: Upstream; readonly logger: Logger },
): Mode {
  if (cases === undefined) {
    throw new Error('--mode record: name the folder that gets the cases with --cases');
  }
  requireEmptyFolder('--cases', cases);
  const contract = loadContract(join(PACKAGE_ROOT, 'wsdl'));
  const writer = new CaseWriter(cases, { contract, ignoredTypes: IGNORED_TYPES });
  return createRecord({ ...tools, writer, time: SYSTEM_TIME });
}
