/** An account of which much has ended at once: brought up to date before a call, in units between which others come. */
import { MOST_OF_CALL } from '../../src/ledger/record-due';
import { NOW } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { KEY } from '../orders/rest';
import { type Shop, startShop } from '../orders/shop';
import { grantOf, vidOf } from '../store-suite/subject';

const MANY = 3 * MOST_OF_CALL;
const END = NOW + 60_000;

/** The most that a unit writes down of what is due. */
const MOST_OF_UNIT = 300;

let server: Shop;
let account: number;

/** An account whose entitlements all end at once. */
async function startEnding(count: number): Promise<void> {
  server = await startShop();
  account = await server.operate(async (unit) => {
    const id = await unit.insertAccount({ VID: vidOf('a'), merchantAccountId: 'many' }, NOW);
    for (let number = 0; number < count; number += 1) {
      const after = { start: NOW - 1000, end: END, description: undefined };
      const more = { at: NOW, after, dueAt: END, actor: 'acme_soap' };
      await unit.recordChange(grantOf(id, `id${number}`, more));
    }
    return id;
  });
  server.setNow(END + 1000);
  server.statements.length = 0;
}

const grantNew = () =>
  callAccount(
    server.url,
    'grantEntitlement',
    '<account><merchantAccountId>many</merchantAccountId></account>' +
      '<entitlement><merchantEntitlementId>new</merchantEntitlementId></entitlement>',
  );

const commits = () => server.statements.filter((sql) => sql.startsWith('COMMIT')).length;

/** The lines after the grants, in their order; lines of a kind that follow each other are one. */
async function laterLines(): Promise<string[]> {
  const sql = 'SELECT action FROM ledger WHERE account_id = ? ORDER BY id';
  const lines = await server.ask(sql, account);
  const later = lines.slice(MANY).map(({ action }) => String(action));
  const kinds: string[] = [];
  let count = 0;
  for (const [index, action] of later.entries()) {
    count += 1;
    if (later[index + 1] === action) continue;
    kinds.push(`${count} ${action}`);
    count = 0;
  }
  return kinds;
}

test('much that is due is written down in units of its own, and then comes the call', async () => {
  await startEnding(MANY);
  expect((await grantNew()).returnCode).toBe('200');
  expect(commits()).toBeGreaterThanOrEqual(MANY / MOST_OF_UNIT + 1);
  expect(await laterLines()).toEqual([`${MANY} expire`, '1 grant']);
});

test('what a call may do itself is done in its own unit', async () => {
  await startEnding(MOST_OF_CALL);
  expect((await grantNew()).returnCode).toBe('200');
  expect(commits()).toBe(1);
});

test('a batch is told the same, and each of its lines has its answer', async () => {
  await startEnding(MANY);
  const lines = [0, 1].map((number) =>
    JSON.stringify({
      action: 'grant',
      merchantAccountId: 'many',
      merchantEntitlementId: `id${number}`,
    }),
  );
  const response = await fetch(`${server.url}/v1/entitlements:batch`, {
    method: 'POST',
    headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  });
  const statuses = (await response.text())
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { status: number }).status);
  expect(statuses).toEqual([200, 200]);
  expect(commits()).toBeGreaterThanOrEqual(MANY / MOST_OF_UNIT);
});
