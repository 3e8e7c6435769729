/**
 * A merchant that names what is another's, in every operation that is implemented: it gets the
 * answer that it would get if the other weren't there, and nothing of the other's changes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS } from '../../src/cashbox/operations';
import { loadContract } from '../../src/contract/contract';
import type { Operation } from '../../src/contract/model';
import type { Demo } from '../../src/demo';
import { envelope } from '../../src/soap/write-envelope';
import { type Given, minimalRequest } from '../contract/minimal-request';
import { MORE_ACCOUNTS, SUCCESSFUL } from '../contract/requests';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import type { Database } from '../store/sqlite/database';

const { services, version } = loadContract(join(ROOT, 'wsdl')).newest;
const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;

/** The second of them has what the first must not see. */
const STRANGER: Demo = { login: 'stranger', password: 'stranger', accounts: [] };
const OWNER: Demo = { ...DEMO, accounts: [...DEMO.accounts, ...MORE_ACCOUNTS] };
const NOBODY: Demo = { ...OWNER, accounts: [] };

const operations = Object.entries(OPERATIONS).flatMap(([service, handlers]) =>
  Object.keys(handlers).map((name): [string, Operation] => {
    const operation = services.get(service)?.operations.get(name);
    if (!operation) throw new Error(`${service}.${name} is not in the contract`);
    return [`${service}.${name}`, operation];
  }),
);

/** The name of an id of the merchant's own, and the table that has the VID with it. */
const NAMES = {
  merchantAccountId: ['account', 'merchant_account_id'],
  merchantBillingPlanId: ['billing_plan', 'merchant_offer_id'],
  merchantProductId: ['product', 'merchant_offer_id'],
} as const;

let shared: TestServer;
/** The same without anything of the owner's. */
let alone: TestServer;

beforeEach(async () => {
  shared = await startTestServer({ merchants: [STRANGER, OWNER] });
  alone = await startTestServer({ merchants: [STRANGER, NOBODY] });
  for (const name of ['BillingPlan.update', 'Product.update']) {
    const [, operation] = operations.find(([one]) => one === name) ?? [];
    if (!operation) throw new Error(`${name} is not implemented`);
    const reply = await call(shared, operation, OWNER, SUCCESSFUL[name]?.('') ?? {});
    expect(reply).toContain('<returnCode>200</returnCode>');
  }
});

afterEach(async () => {
  await shared.stop();
  await alone.stop();
});

async function call(
  { url }: TestServer,
  operation: Operation,
  { login, password }: Demo,
  given: Given,
): Promise<string> {
  const auth = { version, login, password };
  const response = await fetch(`${url}/soap.pl`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', SOAPAction: `"${operation.soapAction}"` },
    body: envelope('1.1', minimalRequest(operation, { ...given, auth })),
  });
  return response.text();
}

/** A VID of the owner's, by what the owner calls the thing. */
function vidOf(name: keyof typeof NAMES, id: string): string | undefined {
  const [table, column] = NAMES[name];
  const found = shared.database.prepare(`SELECT vid FROM ${table} WHERE ${column} = ?`).pluck();
  return found.get(id) as string | undefined;
}

/** The request with VIDs instead of the merchant's own ids, wherever an object has room for one. */
function byVid(given: Given): Given {
  const replaced = Object.entries(given).map(([name, value]): [string, string | Given] => {
    if (typeof value === 'string') return [name, value];
    const { merchantAccountId, merchantBillingPlanId, merchantProductId, ...rest } = value;
    const ids = { merchantAccountId, merchantBillingPlanId, merchantProductId };
    const vids = Object.entries(ids).flatMap(([kind, id]) =>
      typeof id === 'string' ? (vidOf(kind as keyof typeof NAMES, id) ?? []) : [],
    );
    const [VID] = vids;
    return [name, VID === undefined ? byVid(value) : { ...byVid(rest), VID }];
  });
  return Object.fromEntries<string | Given>(replaced);
}

/** The VID of the owner's that fits an operation which takes nothing else. */
function vidFor(service: string): string {
  const fitting = {
    BillingPlan: vidOf('merchantBillingPlanId', 'monthly'),
    Product: vidOf('merchantProductId', 'magazine'),
  }[service];
  return fitting ?? vidOf('merchantAccountId', 'xyz123') ?? '';
}

/** Every VID that the owner has. */
function vidsOfOwner(): string[] {
  return Object.values(NAMES).flatMap(
    ([table]) =>
      shared.database
        .prepare(
          `SELECT vid FROM ${table} WHERE merchant_id = (SELECT id FROM merchant WHERE login = ?)`,
        )
        .pluck()
        .all(OWNER.login) as string[],
  );
}

/** Every row that is not the stranger's, by table. */
function rowsOfOwner(database: Database): Record<string, unknown[]> {
  const stranger = database.prepare('SELECT id FROM merchant WHERE login = ?').pluck();
  const id = stranger.get(STRANGER.login);
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
  return Object.fromEntries(
    tables.map((table) => {
      const columns = database.pragma(`table_info(${table})`) as Array<{ name: string }>;
      const has = (name: string) => columns.some((column) => column.name === name);
      const condition = has('merchant_id')
        ? 'merchant_id <> ?'
        : has('account_id')
          ? 'account_id NOT IN (SELECT id FROM account WHERE merchant_id = ?)'
          : '? IS NOT NULL';
      return [table, database.prepare(`SELECT * FROM ${table} WHERE ${condition}`).all(id)];
    }),
  );
}

/** Ids count up in both servers, but the owner has used some: they are all masked. */
function masked(reply: string): string {
  return reply.replace(/\b[0-9a-f]{40}\b/g, 'ID');
}

describe.each(operations)('%s', (name, operation) => {
  test.each(['ids of the merchant', 'VIDs'])('with the %s of another merchant', async (kind) => {
    const vids = vidsOfOwner();
    expect(vids.length).toBeGreaterThan(OWNER.accounts.length);
    const vid = vidFor(operation.service);
    expect(vids).toContain(vid);
    const given = SUCCESSFUL[name]?.(vid) ?? {};
    const sent = kind === 'VIDs' ? byVid(given) : given;
    const before = rowsOfOwner(shared.database);

    const reply = await call(shared, operation, STRANGER, sent);

    expect(masked(reply)).toBe(masked(await call(alone, operation, STRANGER, sent)));
    const shown = vids.filter((one) => reply.includes(one) && !JSON.stringify(sent).includes(one));
    expect(shown).toEqual([]);
    const after = rowsOfOwner(shared.database);
    for (const table of Object.keys(before)) {
      // A table without a merchant column (a product's ids, say) may gain rows, and lose none.
      expect([table, after[table]]).toEqual([table, expect.arrayContaining(before[table] ?? [])]);
    }
    for (const table of ['account', 'entitlement', 'ledger', 'product', 'billing_plan']) {
      expect([table, after[table]]).toEqual([table, before[table]]);
    }
  });
});
