/** Batches of entitlements over the wire, and what the ledger says of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo';
import { ROOT } from '../harness/server';
import { collect } from '../harness/collect';
import { KEY, type RestServer } from '../orders/rest';

export const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;
export const NOW = Date.parse('2026-01-31T23:00:00Z');

export type Result = Record<string, unknown> & { readonly line: number; readonly status: number };

interface BatchCall {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A line that grants. */
export const granting = (merchantEntitlementId: string, fields: object = {}) => {
  return { action: 'grant', merchantAccountId: 'xyz123', merchantEntitlementId, ...fields };
};

/** Sends lines, those that are no text as JSON. @returns the results */
export async function sendBatch(
  server: RestServer,
  lines: readonly unknown[],
  { query = '', headers = {} }: BatchCall = {},
): Promise<Result[]> {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const reply = await fetch(`${server.url}/v1/entitlements:batch${query}`, {
    method: 'POST',
    headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/x-ndjson', ...headers },
    body: texts.join('\n'),
  });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8');
  return toResults(await reply.text());
}

/** The lines of an answer. */
export function toResults(text: string): Result[] {
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as Result);
}

/** The lines of the ledger that calls with a key have written, in words. */
export async function ledgerOf({ store }: RestServer): Promise<string[]> {
  const rows = await collect(store.listLedger({}));
  return rows
    .filter(({ actor }) => actor === 'shop')
    .map(({ action, merchantAccountId, merchantEntitlementId: id, reason, note }) =>
      [action, merchantAccountId, id, reason, note].filter((part) => part !== undefined).join(' '),
    );
}
