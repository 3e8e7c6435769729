/** What a tenant of a server under attack has, and how it calls: by SOAP with its password, by REST with a key. */
import { digestOf } from '../../src/access/authenticate-key';
import { escapeText } from '../../src/contract/escape';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store';
import type { UnitOfWork } from '../../src/store/store';
import { LOGIN, PASSWORD } from '../requests';
import type { Target } from './attack';
import { envelopeOf, post } from './sending';

/** Its API key. */
export const KEY = 'lk_key-of-the-attacker';

/** The rows that one unit of work fills a database with. */
const ROWS = 5000;

/** Adds to a database in units of work, and gives the tenant its key. @param add adds the row of that number */
export async function fill(
  database: string,
  count: number,
  add: (unit: UnitOfWork, number: number) => Promise<unknown>,
): Promise<void> {
  const store = openSqliteStore(database);
  const merchant = await store.findMerchant(LOGIN);
  const id = merchant?.id ?? 0;
  const key = { name: 'attacker', digest: digestOf(KEY), scope: 'admin', createdAt: 0 } as const;
  await store.transact(id, async ({ apiKeys }) => apiKeys.insert(key));
  for (let from = 0; from < count; from += ROWS) {
    await store.transact(id, async (unit) => {
      for (let n = from; n < Math.min(count, from + ROWS); n += 1) await add(unit, n);
    });
  }
  await store.close();
}

/** A VID that no other has. */
export function vidOf(prefix: string, number = 0): string {
  return `${prefix}${String(number).padStart(8, '0')}`.padStart(40, '0');
}

/** A call. @param parts after auth, as XML */
export function callOf(service: string, operation: string, parts: string): string {
  const auth = `<auth><version>22.0</version><login>${LOGIN}</login><password>${escapeText(PASSWORD)}</password></auth>`;
  const namespace = `http://soap.vindicia.com/v22_0/${service}`;
  return envelopeOf(`<v:${operation} xmlns:v="${namespace}">${auth}${parts}</v:${operation}>`);
}

/** Sends one. @returns its HTTP status */
export function call(
  { endpoint }: Target,
  ...[service, operation, parts]: Parameters<typeof callOf>
): Promise<number> {
  return post(endpoint, callOf(service, operation, parts));
}

/** Calls a path below /v1. @returns the status, and the body as it came */
export async function rest(
  { url }: Target,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'X-API-KEY': KEY, 'Content-Type': 'application/json' };
  try {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const reply = await fetch(`${url}/v1${path}`, { method, headers, ...sent });
    return { status: reply.status, text: await reply.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

/** How long unfinished work is waited for, in milliseconds. */
const PATIENCE = 180_000;

/** Waits until no work is unfinished. @returns in words how long it took */
export async function workDone(target: Target): Promise<string> {
  const started = performance.now();
  for (;;) {
    const { text } = await rest(target, 'GET', '/work');
    const seconds = (performance.now() - started) / 1000;
    if (text === '[]') return `all done after ${seconds.toFixed(0)} s`;
    if (seconds * 1000 > PATIENCE) return `not done after ${seconds.toFixed(0)} s`;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
