/** What `latchkey call` does. */
import type { Client } from 'soap';
import { createClientAsync } from 'soap';
import { readSettings } from '../../config/settings';
import type { CallOptions } from '../call';
import { printJson, printLine } from '../print';

/** Exit codes: 1 for a Fault or no answer (thrown), this for a Return other than 200. */
const EXIT_REFUSED = 2;

type Reply = Record<string, unknown> & { return?: { returnCode?: unknown } };

/** Calls an operation and prints the reply. */
export async function callOperation(
  name: string,
  pairs: readonly string[],
  options: CallOptions,
): Promise<void> {
  const reply = await call(name, pairs, options);
  if (options.json) await printJson(reply);
  else await printLine(JSON.stringify(reply, null, 2));
  if (Number(reply.return?.returnCode) !== 200) process.exitCode = EXIT_REFUSED;
}

async function call(name: string, pairs: readonly string[], options: CallOptions): Promise<Reply> {
  const [service, operation] = name.includes('.')
    ? (name.split('.', 2) as [string, string])
    : ['Account', name];
  const base = (options.endpoint ?? localEndpoint()).replace(/\/+$/, '');
  const client = await createClientAsync(`${base}/${options.version}/${service}.wsdl`);
  client.setEndpoint(`${base}/soap.pl`);
  const run = methodsOf(client)[`${operation}Async`];
  if (!run) throw new Error(`${service} ${options.version} has no operation ${operation}`);
  const auth = {
    version: options.version,
    login: options.login,
    password: process.env.LATCHKEY_PASSWORD ?? 'demo',
  };
  const srd = options.srd === undefined ? {} : { srd: options.srd };
  try {
    const [reply] = await run.call(client, { auth, ...srd, ...toArguments(pairs) });
    return reply;
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/** Where the settings place this machine's server. */
function localEndpoint(): string {
  const { host, port } = readSettings({}, process.env);
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

type Method = (input: object) => Promise<[Reply, ...unknown[]]>;

function methodsOf(client: Client): Partial<Record<string, Method>> {
  return client;
}

/** The faultstring where there is a Fault, else what went wrong on the way. */
function reasonOf(error: unknown): string {
  const { root } = error as {
    root?: { Envelope?: { Body?: { Fault?: { faultstring?: string } } } };
  };
  const fault = root?.Envelope?.Body?.Fault?.faultstring;
  return fault === undefined ? (error as Error).message : `Fault: ${fault}`;
}

/**
 * `account.nameValues[0].name=tier` → `{account: {nameValues: [{name: 'tier'}]}}`.
 * @throws Error that names an argument which isn't of that form
 */
function toArguments(pairs: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [, path, value] = /^(\w+(?:\[\d+\])?(?:\.\w+(?:\[\d+\])?)*)=(.*)$/s.exec(pair) ?? [];
    if (path === undefined) throw new Error(`"${pair}" is not of the form name=value`);
    const steps = path.split(/[.[]/).map((step) => step.replace(']', ''));
    let place = result;
    steps.forEach((step, index) => {
      const next = steps[index + 1];
      if (next === undefined) place[step] = value;
      else place = (place[step] ??= /^\d+$/.test(next) ? [] : {}) as Record<string, unknown>;
    });
  }
  return result;
}
