/**
 * The floor of servers on PostgreSQL: node:http and `pg`, the statements of a call in one transaction a request, each asked
 * when the one before is answered. It knows nothing of SOAP but where in a request the ids stand.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool, type PoolClient } from 'pg';
import type { StoredAccount } from '../../src/store/accounts';
import { MERCHANT_LOCK } from '../../src/store/postgres/locks';
import { createMerchants } from '../../src/store/postgres/merchants';
import { prepareMoments } from '../../src/store/postgres/moments';
import { preparing, preparingChanges, type Run } from '../../src/store/postgres/query';
import { prepareReads } from '../../src/store/postgres/reader';
import { HELD } from '../../src/store/postgres/shared';
import { TYPES } from '../../src/store/postgres/values';
import { prepareWrites } from '../../src/store/postgres/write-statements';
import { LOGIN } from '../requests';
import { announce } from '../servers/announce';

const [, , url = '', connections = '16'] = process.argv;
const pool = new Pool({ connectionString: url, max: Number(connections), types: TYPES });

const runOn =
  (client: PoolClient): Run =>
  ({ name, text: sql, values }) =>
    client.query({ name, text: sql, values, rowMode: 'array' });

function prepareAll(run: Run) {
  const prepare = preparing(run);
  return {
    reads: prepareReads(prepare, HELD),
    writes: prepareWrites(preparingChanges(run)),
    moments: prepareMoments(prepare),
    lock: prepare(`SELECT pg_advisory_xact_lock(${MERCHANT_LOCK}, ?)`),
  };
}

const PREPARED = new WeakMap<PoolClient, ReturnType<typeof prepareAll>>();
const runFree: Run = ({ name, text: sql, values }) =>
  pool.query({ name, text: sql, values, rowMode: 'array' });
const shared = prepareAll(runFree);
const merchants = createMerchants(preparing(runFree), preparingChanges(runFree));

function preparedOn(client: PoolClient) {
  const known = PREPARED.get(client) ?? prepareAll(runOn(client));
  PREPARED.set(client, known);
  return known;
}

/** What a request names. */
interface Named {
  readonly merchant: number;
  readonly account: string;
  readonly entitlement: string;
}

async function change(kind: 'grant' | 'revoke', named: Named): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await changeWithin(preparedOn(client), kind, named);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

async function changeWithin(
  { reads, writes, moments, lock }: ReturnType<typeof prepareAll>,
  action: 'grant' | 'revoke',
  { merchant, account: name, entitlement: id }: Named,
): Promise<void> {
  await lock.get(merchant);
  const { clock: at = 0, sequence = 0 } = (await moments.begun.get(merchant)) ?? {};
  const account = (await reads.accountByMerchantAccountId.get({ name, merchant })) as StoredAccount;
  const before = await reads.entitlement.get(merchant, account.id, 'Account', id, '');
  const start = action === 'grant' ? at : (before?.start ?? at);
  await writes.recordChange.run({
    ...{ merchant, account: account.id, id, source: 'Account', sourceId: '', at, action },
    ...{ actor: LOGIN, note: 'side by side', changesAccess: true, changedAt: at },
    ...{ beforeStart: before?.start, beforeEnd: before?.end },
    ...{ start, end: action === 'grant' ? undefined : at, sequence: sequence + 1 },
  });
  await reads.address.get(merchant, account.id);
  await reads.nameValues.all(merchant, account.id);
  await reads.taxExemptions.all(merchant, account.id);
  await reads.entitlements.all(merchant, account.id, 64);
}

async function lookUp({ merchant, account: name, entitlement }: Named): Promise<void> {
  const found = await shared.reads.accountByMerchantAccountId.get({ name, merchant });
  if (found) await shared.reads.entitlementsOfId.all(merchant, found.id, entitlement, 64);
}

function within(body: string, element: string): string {
  return new RegExp(`<${element}>([^<]*)`).exec(body)?.[1] ?? '';
}

async function answer(body: string): Promise<void> {
  const { id: merchant = 0 } = (await merchants.findMerchant(within(body, 'login'))) ?? {};
  const account = within(body, 'merchantAccountId');
  const named = { merchant, account, entitlement: within(body, 'merchantEntitlementId') };
  const [, operation = ''] = /<ns1:(\w+)/.exec(body) ?? [];
  if (operation === 'isEntitled') await lookUp(named);
  else await change(operation === 'grantEntitlement' ? 'grant' : 'revoke', named);
}

const server = createServer((request, response) => {
  text(request)
    .then(answer)
    .then(
      () => response.end('<returnCode>200</returnCode>'),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
});
server.listen(0, '127.0.0.1', () => announce(server));
