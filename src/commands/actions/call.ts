/** The action of `latchkey call`. */
import { join } from 'node:path';
import type { Client } from 'soap';
import { PACKAGE_ROOT } from '../../base/package';
import { readSettings } from '../../config/settings';
import { ownUrl } from '../own-url';
import { printJson, printLine } from '../print';
import { type Elements, toArguments } from './call-arguments';
import { didYouMean } from '../../base/nearest';
import { createClient } from './soap-client';

/** Its options. */
export interface CallOptions {
  /** Undefined: this machine's server, as the settings place it. */
  readonly endpoint?: string;
  readonly version: string;
  readonly login: string;
  readonly srd?: string;
  readonly json?: boolean;
}

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
  const [, service = 'Account', operation = name] = /^([^.]*)\.(.*)$/s.exec(name) ?? [];
  const { version, login } = options;
  const base = readEndpoint(options.endpoint ?? ownUrl(readSettings({}, process.env)));
  const client = await openClient(base, service, version);
  client.setEndpoint(`${base}/soap.pl`);
  const operations = describedBy(client);
  const described = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  const run = methodsOf(client)[`${operation}Async`];
  if (!described || !run) {
    const end = didYouMean(operation, Object.keys(operations));
    throw new Error(`${service} ${version} has no operation ${operation}${end}`);
  }
  const password = passwordOf(login);
  const srd = options.srd === undefined ? [] : [`srd=${options.srd}`];
  const { auth, ...elements } = toArguments([...srd, ...pairs], described.input);
  requireNoCredentials(auth);
  const input = { auth: { version, login, password, ...auth }, ...elements };
  try {
    const [reply] = await run.call(client, input);
    return reply;
  } catch (error) {
    throw new Error(reasonOf(error, base), { cause: error });
  }
}

/** The login of the demo data, and its password. */
const DEMO = 'demo';

/** @throws Error when a login other than the demo data's comes without its password */
function passwordOf(login: string): string {
  const { LATCHKEY_PASSWORD: password = '' } = process.env;
  if (password !== '') return password;
  if (login === DEMO) return DEMO;
  throw new Error(`--login ${login}: put its password in LATCHKEY_PASSWORD`);
}

/** The places of the credentials: an argument beside them would count in their stead. */
const CREDENTIALS = { version: '--version', login: '--login', password: 'LATCHKEY_PASSWORD' };

/** @throws Error that says where it belongs when an argument gives one of the credentials */
function requireNoCredentials(auth: object | undefined): void {
  for (const [name, place] of Object.entries(CREDENTIALS)) {
    if (Object.hasOwn(auth ?? {}, name)) throw new Error(`auth.${name}: give it as ${place}`);
  }
}

/** Without what follows the place of WSDLs and soap.pl. */
function readEndpoint(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new Error(`--endpoint: "${text}" is not an http or https URL`);
  }
  return text.replace(/\/+$/, '').replace(/\/soap\.pl$/, '');
}

async function openClient(base: string, service: string, version: string): Promise<Client> {
  const url = `${base}/${encodeURIComponent(version)}/${encodeURIComponent(service)}.wsdl`;
  try {
    return await createClient(url);
  } catch (error) {
    // node-soap reports the status in its message alone.
    if (!/^\s*Code: 404$/m.test((error as Error).message))
      throw new Error(reasonOf(error, base), { cause: error });
    // Which classes and versions another endpoint has, nothing says: these are this program's.
    const { loadContract } = await import('../../contract/contract.js');
    const { versions, newest } = loadContract(join(PACKAGE_ROOT, 'wsdl'));
    const end = versions.includes(version)
      ? didYouMean(service, newest.services.keys())
      : didYouMean(version, versions);
    throw new Error(`${base} has no WSDL of ${service} ${version}${end}`, { cause: error });
  }
}

type Operations = Record<string, { readonly input: Elements }>;

/** The operations of the only service and port that such a WSDL has. */
function describedBy(client: Client): Operations {
  const [ports = {}] = Object.values(
    client.describe() as Record<string, Record<string, Operations>>,
  );
  return Object.values(ports)[0] ?? {};
}

type Method = (input: object) => Promise<[Reply, ...unknown[]]>;

function methodsOf(client: Client): Partial<Record<string, Method>> {
  return client;
}

const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED)$/;

/** The faultstring where there is a Fault, else what went wrong on the way, and what to do. */
function reasonOf(error: unknown, base: string): string {
  const { root, code = '' } = error as {
    root?: { Envelope?: { Body?: { Fault?: { faultstring?: string } } } };
    code?: string;
  };
  const fault = root?.Envelope?.Body?.Fault?.faultstring;
  if (fault !== undefined) return `Fault: ${fault}`;
  if (code === 'ECONNREFUSED') {
    return `nothing answers at ${base}; start it with latchkey serve, or name another with --endpoint`;
  }
  if (code === 'ENOTFOUND') return `there is no host as in ${base}; name another with --endpoint`;
  if (UNTRUSTED.test(code)) {
    return `the certificate of ${base} is not trusted; name its file in NODE_EXTRA_CA_CERTS`;
  }
  const [line = ''] = (error as Error).message.split('\n');
  return `${base}: ${line}`;
}
