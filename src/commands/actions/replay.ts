/** The action of `latchkey replay`. */
import { SYSTEM_TIME } from '../../base/time';
import { describeDifference } from '../../comparison/difference';
import { listRecorded, type PlayedCase, replay } from '../../proxy/replay';
import type { ComparisonOptions } from '../comparison-options';
import { printJson, printText } from '../print';
import { readComparison } from './comparing';
import { readOrigin, readTrusted } from './other-server';
import { readPassword } from './read-password';

/** Its options. */
export interface ReplayOptions extends ComparisonOptions {
  readonly endpoint: string;
  readonly endpointCa?: string;
  readonly login?: string;
  readonly passwordStdin?: boolean;
  readonly json?: boolean;
}

/** Milliseconds that an answer may take. */
const LIMIT = 60_000;

/** Plays the cases of a folder; exit code 1 when anything differs. @throws Error that names the option or file */
export async function replayFolder(folder: string, options: ReplayOptions): Promise<void> {
  const { login, passwordStdin, json } = options;
  const endpoint = readOrigin('--endpoint', options.endpoint).origin;
  const ca = readTrusted('--endpoint-ca', options.endpointCa);
  const comparison = readComparison(options);
  const names = listRecorded(folder);
  if (login !== undefined && !passwordStdin) {
    throw new Error(`--login ${login}: give its password with --password-stdin`);
  }
  const password = passwordStdin ? await readPassword(process.stdin) : undefined;
  const credentials = { login, password };
  const playing = { endpoint, ca, credentials, ...comparison, limit: LIMIT, time: SYSTEM_TIME };
  let calls = 0;
  let same = 0;
  for await (const played of replay(folder, names, playing)) {
    calls += 1;
    if (isSame(played)) same += 1;
    if (json) await printJson(toJson(played));
    else if (!isSame(played)) await printText(toText(played));
  }
  const differing = calls - same;
  if (json) await printJson({ calls, same, differing });
  else {
    await printText(
      `${calls} ${calls === 1 ? 'call' : 'calls'}: ${same} the same, ${differing} not`,
    );
  }
  if (differing > 0) process.exitCode = 1;
}

function isSame({ played }: PlayedCase): boolean {
  return !('failure' in played) && played.differences.length === 0;
}

function toJson({ played, ...named }: PlayedCase): object {
  return { ...named, ...played };
}

function toText({ case: name, request, played }: PlayedCase): string {
  const place = request === undefined ? name : `${name} ${request}`;
  if ('failure' in played) return `${place}: ${played.failure}`;
  const { differences, more } = played;
  const lines = differences.map((each) => `  ${describeDifference(each)}`);
  return [`${place}:`, ...lines, ...(more ? ['  and more'] : [])].join('\n');
}
