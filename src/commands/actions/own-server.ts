/** The servers of this program that a proxy has beside it: on the loopback, on a port of their own. */
import { readFileSync } from 'node:fs';
import { CONTROL_PATH } from '../../base/simulate';
import type { Settings } from '../../config/settings';
import { type RunningServer, startServer } from '../../main';
import { NotKept } from '../../proxy/not-kept';
import { reasonOf } from '../reason';

const BESIDE = { host: '127.0.0.1', port: 0, tlsCert: undefined, tlsKey: undefined };

/** One that answers in the upstream's stead, with the database that the settings name. */
export async function startOwn(settings: Settings): Promise<RunningServer> {
  // Failed logins count by the clients' addresses, which the proxy names.
  const trustedProxies = [...settings.trustedProxies, 'loopback'];
  const server = await startServer({ ...settings, ...BESIDE, trustedProxies });
  await server.load();
  return server;
}

/** A simulation whose merchants stand for the upstream's. */
export interface Copy {
  readonly url: string;
  /** Makes the merchant of that login where it isn't there, with the seed's data. @throws NotKept */
  readonly passwordOf: (login: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** The most merchants of a simulation that stand for others. */
const MOST_MERCHANTS = 100;

/**
 * Starts one in memory.
 * @param seedFile JSON of what each merchant has at the beginning; undefined: nothing
 * @throws Error that names the option when the seed cannot be used
 */
export async function startCopy(settings: Settings, seedFile: string | undefined): Promise<Copy> {
  const seed = seedFile === undefined ? undefined : readSeed(seedFile);
  const memory = { database: ':memory:', simulate: 'on', logLevel: 'silent' } as const;
  // A call that the upstream refuses is refused here, however many there are.
  const server = await startServer({ ...settings, ...BESIDE, ...memory, maxFailedLogins: 0 });
  await server.load();
  const { url, stop } = server;
  if (seed !== undefined) {
    await makeMerchant(url, {}, seed).catch(async (error: unknown) => {
      await stop();
      throw new Error(`--seed: ${seedFile}: ${(error as Error).message}`, { cause: error });
    });
  }
  const passwords = new Map<string, Promise<string>>();
  const make = async (login: string) => {
    try {
      return await makeMerchant(url, { login }, seed);
    } catch (error) {
      if (error instanceof NotKept) throw error;
      throw new NotKept('its merchant cannot be made here');
    }
  };
  const passwordOf = (login: string) => {
    const known = passwords.get(login);
    if (known) return known;
    if (passwords.size >= MOST_MERCHANTS) throw new NotKept('too many logins');
    const made = make(login);
    passwords.set(login, made);
    return made;
  };
  return { url, passwordOf, stop };
}

function readSeed(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`--seed: ${file} cannot be read: ${reasonOf(error as Error)}`, {
      cause: error,
    });
  }
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(`--seed: ${file} is no JSON`, { cause: error });
  }
  return text;
}

/** @returns the password */
async function makeMerchant(url: string, body: object, seed: string | undefined): Promise<string> {
  const merchants = `${url}${CONTROL_PATH}/merchants`;
  const { control, password } = await send('POST', merchants, JSON.stringify(body));
  if (seed !== undefined) await send('PUT', `${control}/seed`, seed);
  return password;
}

interface Made {
  readonly control: string;
  readonly password: string;
}

async function send(method: string, url: string, body: string): Promise<Made> {
  const headers = { 'Content-Type': 'application/json' };
  const reply = await fetch(url, { method, body, headers });
  const answer = (await reply.json()) as Made & { readonly message?: string };
  if (!reply.ok) throw new Error(answer.message);
  return answer;
}
