/** `latchkey call`: calls an operation of this server or of any CashBox-compatible endpoint. */
import { createRequire } from 'node:module';
import { Command } from 'commander';
import type { Client } from 'soap';
import { readSettings } from '../config/settings';
import { printJson } from './print';

interface Options {
  readonly endpoint: string;
  readonly version: string;
  readonly login: string;
  readonly srd?: string;
  readonly json?: boolean;
}

/** Exit codes: 1 for a Fault or no answer (thrown), this for a Return other than 200. */
const EXIT_REFUSED = 2;

type Reply = Record<string, unknown> & { return?: { returnCode?: unknown } };

export function callCommand(): Command {
  const { host, port } = readSettings({}, {});
  return new Command('call')
    .description(
      'Call an operation through a SOAP client that reads the WSDL of the endpoint, and print ' +
        'the Return and the reply. Exit code 2 when it is refused.',
    )
    .argument('<operation>', 'revokeEntitlement, or with its class: Account.revokeEntitlement')
    .argument('[name=value...]', 'e.g. account.merchantAccountId=xyz123 nameValues[0].name=tier')
    .option('--endpoint <url>', 'where the API lives', `http://${host}:${port}`)
    .option('--version <X.Y>', 'API version', '22.0')
    .option(
      '--login <login>',
      'merchant login; the password is read from LATCHKEY_PASSWORD',
      'demo',
    )
    .option('--srd <json>', 'which elements the reply should hold')
    .option('--json', 'print JSON')
    .action(async (name: string, pairs: string[], options: Options) => {
      const reply = await call(name, pairs, options);
      if (options.json) printJson(reply);
      else console.log(JSON.stringify(reply, null, 2));
      if (Number(reply.return?.returnCode) !== 200) process.exitCode = EXIT_REFUSED;
    });
}

/** Only when it is needed: a server that carries the client along has 10 MB more resident. */
function loadSoap(): typeof import('soap') {
  return createRequire(__filename)('soap') as typeof import('soap');
}

async function call(name: string, pairs: string[], options: Options): Promise<Reply> {
  const [service, operation] = name.includes('.')
    ? (name.split('.', 2) as [string, string])
    : ['Account', name];
  const base = options.endpoint.replace(/\/+$/, '');
  const { createClientAsync } = loadSoap();
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
