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
import { COPY_TABLES } from '../../src/store/copy-tables';
import type { Row } from '../harness/postgres';
import { ROOT, startTestServer, type TestServer } from '../harness/server';

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
  merchantBillingPlanId: ['billing_plan', 'merchant_item_id'],
  merchantProductId: ['product', 'merchant_item_id'],
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

/** What the owner has of a kind: its VIDs, by what the owner calls them. */
type Owned = Readonly<Record<keyof typeof NAMES, ReadonlyMap<unknown, string>>>;

async function listOwned(): Promise<Owned> {
  const kinds = Object.entries(NAMES).map(async ([kind, [table, column]]) => {
    const sql = `SELECT vid, ${column} AS name FROM ${table}
      WHERE merchant_id = (SELECT id FROM merchant WHERE login = ?)`;
    const rows = await shared.ask(sql, OWNER.login);
    return [kind, new Map(rows.map(({ vid, name }) => [name, vid]))] as const;
  });
  return Object.fromEntries(await Promise.all(kinds)) as unknown as Owned;
}

/** The request with VIDs instead of the merchant's own ids, wherever an object has room for one. */
function byVid(owned: Owned, given: Given): Given {
  const replaced = Object.entries(given).map(([name, value]): [string, string | Given] => {
    if (typeof value === 'string') return [name, value];
    const { merchantAccountId, merchantBillingPlanId, merchantProductId, ...rest } = value;
    const ids = { merchantAccountId, merchantBillingPlanId, merchantProductId };
    const vids = Object.entries(ids).flatMap(([kind, id]) =>
      typeof id === 'string' ? (owned[kind as keyof typeof NAMES].get(id) ?? []) : [],
    );
    const [VID] = vids;
    return [name, VID === undefined ? byVid(owned, value) : { ...byVid(owned, rest), VID }];
  });
  return Object.fromEntries<string | Given>(replaced);
}

/** The VID of the owner's that fits an operation which takes nothing else. */
function vidFor(owned: Owned, service: string): string {
  const fitting = {
    BillingPlan: owned.merchantBillingPlanId.get('monthly'),
    Product: owned.merchantProductId.get('magazine'),
  }[service];
  return fitting ?? owned.merchantAccountId.get('xyz123') ?? '';
}

/** Every row that is not the stranger's, by table. */
async function rowsOfOwner(): Promise<Record<string, Row[]>> {
  const [stranger] = await shared.ask('SELECT id FROM merchant WHERE login = ?', STRANGER.login);
  const own = await shared.ask('SELECT id FROM account WHERE merchant_id = ?', stranger?.id);
  const accounts = new Set(own.map(({ id }) => id));
  const isOthers = ({ merchant_id: merchant, account_id: account }: Row) =>
    merchant === undefined ? !accounts.has(account) : merchant !== stranger?.id;
  const tables = COPY_TABLES.map(async ({ name, order }) => {
    const rows = await shared.ask(`SELECT * FROM ${name} ORDER BY ${order.join(', ')}`);
    return [name, rows.filter(isOthers)] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** Ids count up in both servers, but the owner has used some: they are all masked. */
function masked(reply: string): string {
  return reply.replace(/\b[0-9a-f]{40}\b/g, 'ID');
}

describe.each(operations)('%s', (name, operation) => {
  test.each(['ids of the merchant', 'VIDs'])('with the %s of another merchant', async (kind) => {
    const owned = await listOwned();
    const vids = Object.values(owned).flatMap((kind) => [...kind.values()]);
    expect(vids.length).toBeGreaterThan(OWNER.accounts.length);
    const vid = vidFor(owned, operation.service);
    expect(vids).toContain(vid);
    const given = SUCCESSFUL[name]?.(vid) ?? {};
    const sent = kind === 'VIDs' ? byVid(owned, given) : given;
    const before = await rowsOfOwner();

    const reply = await call(shared, operation, STRANGER, sent);

    expect(masked(reply)).toBe(masked(await call(alone, operation, STRANGER, sent)));
    const shown = vids.filter((one) => reply.includes(one) && !JSON.stringify(sent).includes(one));
    expect(shown).toEqual([]);
    const after = await rowsOfOwner();
    for (const table of Object.keys(before)) {
      // A table without a merchant column (a product's ids, say) may gain rows, and lose none.
      expect([table, after[table]]).toEqual([table, expect.arrayContaining(before[table] ?? [])]);
    }
    for (const table of ['account', 'entitlement', 'ledger', 'product', 'billing_plan']) {
      expect([table, after[table]]).toEqual([table, before[table]]);
    }
  });
});
