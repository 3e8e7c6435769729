/** The servers of this program that a proxy has beside it: on the loopback, on a port of their own. */
import { CONTROL_PATH } from '../../base/simulate';
import { SYSTEM_TIME } from '../../base/time';
import type { Settings } from '../../config/settings';
import { type RunningServer, startServer } from '../../main';
import { NotKept } from '../../proxy/not-kept';
import { findDatabase } from '../../store/open';
import type { Store } from '../../store/store';
import { readBounded } from '../../base/bounded-file';
import { MOST_INPUT } from './read-input';
import { reasonOf } from '../reason';
import { type CopiedState, copyState } from './copied-state';

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
  /** Its ledger, where it is a copy of a database. */
  readonly ledger: Ledger | undefined;
  readonly stop: () => Promise<void>;
}

/** The part of a store that finds what a ledger gains. */
export type Ledger = Pick<Store, 'lastLedgerLine' | 'listLedger' | 'now'>;

/** The most merchants that are made to stand for others. */
const MOST_MERCHANTS = 100;

/** What is there at the beginning. */
export interface CopyOptions {
  /** A file: JSON of what each merchant has; undefined: nothing. */
  readonly seed?: string | undefined;
  /** The file of a database, of which a copy is taken; undefined: all is in memory. */
  readonly state?: string | undefined;
}

/**
 * Starts one.
 * @throws Error that names the option when the seed, or the database, cannot be used
 */
export async function startCopy(
  settings: Settings,
  { seed: seedFile, state }: CopyOptions,
): Promise<Copy> {
  const seed = seedFile === undefined ? undefined : readSeed(seedFile);
  const copied = state === undefined ? undefined : await copyState('--state', state, settings);
  const { url, ledger, stop } = await startSimulation(settings, copied);
  if (seed !== undefined) {
    await makeMerchant(url, {}, seed).catch(async (error: unknown) => {
      await stop();
      throw new Error(`--seed: ${seedFile}: ${(error as Error).message}`, { cause: error });
    });
  }
  const passwords = new Map<string, Promise<string>>();
  for (const [login, password] of copied?.passwords ?? []) {
    passwords.set(login, Promise.resolve(password));
  }
  const most = passwords.size + MOST_MERCHANTS;
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
    if (passwords.size >= most) throw new NotKept('too many logins');
    const made = make(login);
    passwords.set(login, made);
    return made;
  };
  return { url, passwordOf, ledger, stop };
}

async function startSimulation(
  settings: Settings,
  copied: CopiedState | undefined,
): Promise<Pick<Copy, 'url' | 'ledger' | 'stop'>> {
  const place = copied
    ? ({ database: copied.database, simulate: 'force' } as const)
    : ({ database: ':memory:', simulate: 'on' } as const);
  // A call that the upstream refuses is refused here, however many there are.
  const own = { ...place, logLevel: 'silent', maxFailedLogins: 0 } as const;
  try {
    const { url, load, stop } = await startServer({ ...settings, ...BESIDE, ...own });
    await load();
    const file = copied && findDatabase(copied.database, settings);
    const ledger = await file?.open(SYSTEM_TIME, undefined, 'force');
    const end = async () => {
      await ledger?.close();
      await stop();
    };
    return { url, ledger, stop: () => end().finally(copied?.remove) };
  } catch (error) {
    copied?.remove();
    throw error;
  }
}

function readSeed(file: string): string {
  let text: string;
  try {
    text = readBounded(file, MOST_INPUT).toString();
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
