/** Fills an empty database with the demo merchant, by the same handlers that serve its calls. */
import { readFileSync } from 'node:fs';
import { grantEntitlement } from './cashbox/account/grant-entitlement';
import { update } from './cashbox/account/update';
import type { Surroundings } from './cashbox/call';
import { type Cost, hashPassword, verifyPassword } from './access/password';
import type { Account, Entitlement } from './contract/types.generated';
import { digestOf } from './access/authenticate-key';
import { OPERATOR } from './base/work';
import { addOffer } from './orders/change-offer';
import { type Merchant, type Store, StoreError } from './store/store';

/** The demo merchant's API key: as well known as its password. */
export const DEMO_KEY = 'lk_demo';

/** A merchant with its accounts. Moments are UTC milliseconds. */
export interface Demo {
  readonly login: string;
  readonly password: string;
  readonly accounts: ReadonlyArray<{
    readonly account: Account;
    readonly entitlements: readonly Entitlement[];
  }>;
  readonly offers?: ReadonlyArray<Parameters<typeof addOffer>[2]>;
}

/**
 * @param file JSON of the form above
 * @param cost of the password's hash; default: that of every password
 * @returns whether it was loaded: false when the database holds a merchant already
 */
export async function loadDemo(
  file: string,
  surroundings: Surroundings,
  cost?: Cost,
): Promise<boolean> {
  if ((await surroundings.store.listMerchants()).length > 0) return false;
  const demo = JSON.parse(readFileSync(file, 'utf8')) as Demo;
  const { store } = surroundings;
  const passwordHash = await hashPassword(demo.password, cost);
  const createdAt = store.now();
  const merchant = await insertUnlessThere(store, { login: demo.login, passwordHash, createdAt });
  if (!merchant) return false;
  await fill(merchant, demo, surroundings);
  const key = { name: demo.login, digest: digestOf(DEMO_KEY), scope: 'write' as const, createdAt };
  await store.transact(merchant.id, async ({ apiKeys }) => apiKeys.insert(key));
  await addDemoPerson(store, passwordHash, createdAt);
  return true;
}

/** Whoever tries the server signs in to the console as the merchant does to SOAP, unless somebody is there already. */
async function addDemoPerson(store: Store, passwordHash: string, createdAt: number): Promise<void> {
  if ((await store.people.list()).length > 0) return;
  const rights = { role: 'admin' as const, merchantIds: undefined };
  await store.people.insert({
    name: DEMO_LOGIN,
    passwordHash,
    createdAt,
    createdBy: OPERATOR,
    ...rights,
  });
}

/** Makes the merchant with its accounts and offers, and grants the accounts their entitlements. */
export async function loadMerchant(
  demo: Demo,
  passwordHash: string,
  surroundings: Surroundings,
): Promise<Merchant> {
  const { store } = surroundings;
  const { login } = demo;
  const merchant = await store.insertMerchant({ login, passwordHash, createdAt: store.now() });
  await fill(merchant, demo, surroundings);
  return merchant;
}

/** The log's part that is needed. Named here, so that the package's types need none of pino's. */
interface DemoLog {
  info(text: string): void;
  warn(fields: object, text: string): void;
}

/**
 * Has an application write a year of demo data once it has loaded all else: the server answers already. Simulations
 * have none, for tests count with the few data of the file.
 */
export function withDemoYear<Loading extends { readonly load: () => Promise<void> }>(
  app: Loading,
  surroundings: Pick<Surroundings, 'store' | 'timeZone'>,
  logger: DemoLog,
): Loading {
  const write = async () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only a first start needs it
    const { writeYear } = require('./demo-year') as typeof import('./demo-year');
    await writeYear(DEMO_LOGIN, surroundings);
    logger.info('a year of demo data was written');
  };
  const load = async () => {
    await app.load();
    await write().catch((error: unknown) => {
      logger.warn({ err: error }, 'the year of demo data could not be written');
    });
  };
  return { ...app, load };
}

/** @returns undefined where another server that started at the same moment was first */
async function insertUnlessThere(
  store: Store,
  merchant: Omit<Merchant, 'id'>,
): Promise<Merchant | undefined> {
  try {
    return await store.insertMerchant(merchant);
  } catch (error) {
    if (error instanceof StoreError && error.kind === 'refused') return undefined;
    throw error;
  }
}

async function fill(
  merchant: Merchant,
  { login, accounts, offers = [] }: Demo,
  surroundings: Surroundings,
): Promise<void> {
  const { store, newId, timeZone } = surroundings;
  const call = <Input>(input: Input) => ({
    ...surroundings,
    merchant,
    soapId: newId(),
    selection: new Map(),
    input,
  });
  for (const { account, entitlements } of accounts) {
    await update(call({ account }));
    for (const entitlement of entitlements) {
      await grantEntitlement(call({ account, entitlement, note: 'Demo data' }));
    }
  }
  await store.transact(merchant.id, async (unit) => {
    const work = { actor: login, callId: undefined, now: unit.now(), timeZone, newId };
    for (const offer of offers) await addOffer(unit, work, offer);
  });
}

/** The demo merchant's login, which is its password, too. */
export const DEMO_LOGIN = 'demo';

/** How to try a server with the demo merchant; an undefined value wouldn't work. */
export interface DemoAccess {
  readonly login: string | undefined;
  readonly password: string | undefined;
  readonly apiKey: string | undefined;
}

/** Looks up which of the demo merchant's credentials a database has: they may have been changed. */
export async function findDemoAccess(store: Store): Promise<DemoAccess> {
  const merchant = await store.findMerchant(DEMO_LOGIN);
  const known = merchant && (await verifyPassword(DEMO_LOGIN, merchant.passwordHash));
  const key = await store.apiKeys.find(digestOf(DEMO_KEY));
  return {
    login: known ? DEMO_LOGIN : undefined,
    password: known ? DEMO_LOGIN : undefined,
    apiKey: key ? DEMO_KEY : undefined,
  };
}
