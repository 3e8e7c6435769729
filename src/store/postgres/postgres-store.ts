/** The store on PostgreSQL: connections for units of work, and others for look-ups. */
import { randomUUID } from 'node:crypto';
import type { ClockReport } from '../../base/clock';
import type { Simulate } from '../../base/simulate';
import { SYSTEM_TIME, type Time } from '../../base/time';
import type { ConnectionSettings } from '../database';
import type { Condition, OnCommit } from '../observing';
import type { LedgerOptions, ListOptions, Reader, Store, UnitOfWork } from '../store';
import { createApiKeys } from './api-keys';
import type { Connection } from './connection';
import { createDue } from './due';
import { createErasures } from './erasures-of-all';
import { PostgresLeases } from './leases';
import { listLedger, prepareLastLedgerLine } from './ledger-listing';
import { createLongWork } from './long-work';
import { keepUp } from './maintenance';
import { createMerchantStates } from './merchant-states';
import { createMerchants } from './merchants';
import { migrate } from './migrations';
import { CLOCK, denied, Moments } from './moments';
import { createAnswers } from './old-answers';
import { listAccounts } from './operator-reads';
import { createPeople } from './people';
import { Connections } from './pool';
import { type Prepare, type PrepareChange, preparing, preparingChanges } from './query';
import { PostgresReader, prepareReads } from './reader';
import { createFindSecret } from './secrets';
import { HELD, prepareShared } from './shared';
import { requireKind } from './simulated';
import type { Transaction } from './transaction';
import { PostgresUnitOfWork } from './unit-of-work';
import { UnitQueue } from './unit-queue';
import { createWebhooks } from './webhook-reads';
import { prepareWrites } from './write-statements';

/** The connections for leases: there are few, and each is used while it is held. */
const LEASES = 4;

/** How a store is opened. */
export interface OpenOptions {
  /** What units of work are dated by; with `uptime`: the database's clock, which all servers share. */
  readonly time?: Time | undefined;
  readonly onClock?: ((report: ClockReport) => void) | undefined;
  readonly simulate?: Simulate | undefined;
  readonly onCommit?: OnCommit | undefined;
}

/**
 * Opens the database at a URL, and brings its schema up to date.
 * @throws StoreError when it cannot be reached
 * @throws SchemaError when it was written by a newer or by another program, or is of the other kind
 */
export async function openPostgresStore(
  url: string,
  settings: ConnectionSettings,
  { time = SYSTEM_TIME, onClock, simulate = 'off', onCommit }: OpenOptions = {},
): Promise<Store> {
  const { databaseReaders, databaseWriters } = settings;
  const writers = new Connections(url, databaseWriters, settings);
  const readers = new Connections(url, databaseReaders, settings);
  const leasers = new Connections(url, LEASES, settings);
  const pools = { writers, readers, leasers };
  try {
    const moments = new Moments(time, { simulated: simulate !== 'off', report: onClock });
    await withConnection(url, settings, async (connection) => {
      await migrate(connection);
      await requireKind(connection, simulate);
      await setClock(connection, moments, time);
    });
    return createStore(pools, { settings, time, moments, onCommit });
  } catch (error) {
    await Promise.all(Object.values(pools).map((pool) => pool.close()));
    throw error;
  }
}

/**
 * Lets something work with a connection of its own, for as long as that takes.
 * @throws StoreError when the database cannot be reached
 */
export async function withConnection<T>(
  url: string,
  settings: ConnectionSettings,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connections = new Connections(url, 1, settings, { patient: true });
  try {
    return await connections.use(work);
  } finally {
    await connections.close();
  }
}

async function setClock(connection: Connection, moments: Moments, time: Time): Promise<void> {
  const asked = time.elapsed();
  const [row] = await connection.query<{ clock: number }>(`SELECT ${CLOCK} AS clock`);
  if (row) moments.setClock(row.clock, asked);
}

/** The pools of a store. */
interface Pools {
  readonly writers: Connections;
  readonly readers: Connections;
  readonly leasers: Connections;
}

/** What the store is made of beside its connections. */
interface Parts {
  readonly settings: ConnectionSettings;
  readonly time: Time;
  readonly moments: Moments;
  readonly onCommit: OnCommit | undefined;
}

function createStore(pools: Pools, parts: Parts): Store {
  const { time, moments } = parts;
  const { writers, readers, leasers } = pools;
  const prepare = preparing(readers.run);
  const change = preparingChanges(writers.run);
  const reads = prepareReads(prepare, prepareShared(prepare, moments.ofDatabase));
  const units = createUnits(writers, parts);
  const reader = (merchantId: number): Reader => new PostgresReader(reads, merchantId, moments);
  const surroundings = (merchantId: number) => ({
    othersWait: () => units.waiting(merchantId) > 0 || writers.count().waiting > 0,
    afterwards: reader,
  });
  const transact: Store['transact'] = (id, work, spent) =>
    units.run(id, (transaction) => runDated(transaction, surroundings(id), work), spent);
  const leases = new PostgresLeases(leasers, time, moments.now);
  const maintain = keepUp(change, { time, now: moments.now });
  const close = async () => {
    await units.idle();
    await leases.close();
    await Promise.all([writers.close(), readers.close(), leasers.close()]);
  };
  let closing: Promise<void> | undefined;
  return {
    now: moments.now,
    dueUntil: () => Math.min(moments.now(), moments.latest()),
    transact,
    // Units that wait anyway share a transaction already.
    transactPatiently: transact,
    reader,
    ...createPartsOfAll(prepare, change),
    leases: {
      take: async (...lease) => {
        const taken = await leases.take(...lease);
        if (taken) maintain();
        return taken;
      },
      release: (name, holder) => leases.release(name, holder),
    },
    merchantStates: createMerchantStates(units, {
      onReplaced: (merchantId) => {
        moments.forgetMerchant(merchantId);
        reads.cursors.clear();
      },
    }),
    condition: () => conditionOf(pools, units),
    ping: preparePing(prepare, moments, time),
    close: () => (closing ??= close()),
  };
}

/** What is asked and changed of every merchant, outside of units. */
function createPartsOfAll(prepare: Prepare, change: PrepareChange) {
  const lastLedgerLine = prepareLastLedgerLine(prepare);
  return {
    ...createMerchants(prepare, change),
    apiKeys: createApiKeys(prepare, change),
    answers: createAnswers(prepare, change),
    due: createDue(prepare),
    longWork: createLongWork(prepare),
    people: createPeople(prepare, change),
    webhooks: createWebhooks(prepare),
    erasures: createErasures(prepare, change),
    findSecret: createFindSecret(prepare),
    listAccounts: (options: ListOptions) => listAccounts(prepare, options),
    listLedger: (options: LedgerOptions) => listLedger(prepare, lastLedgerLine, options),
    lastLedgerLine,
  };
}

function conditionOf({ writers, readers }: Pools, units: UnitQueue): Condition {
  const [changing, asking] = [writers.count(), readers.count()];
  const connections = {
    busy: changing.busy + asking.busy,
    idle: changing.idle + asking.idle,
    waiting: changing.waiting + asking.waiting + units.waiting(),
  };
  return { connections, walBytes: undefined };
}

/** Asks the database for its clock: an answer is worth more where it says something. */
function preparePing(prepare: Prepare, moments: Moments, time: Time): () => Promise<void> {
  const asked = prepare<{ readonly clock: number }>(`SELECT ${CLOCK} AS clock`);
  return async () => {
    const elapsed = time.elapsed();
    const row = await asked.get();
    if (row) moments.setClock(row.clock, elapsed);
  };
}

function createUnits(connections: Connections, parts: Parts): UnitQueue {
  const { settings, time, moments, onCommit } = parts;
  let batches = 0;
  return new UnitQueue({
    connections,
    time,
    moments,
    onCommit,
    wait: settings.databaseWait,
    server: randomUUID(),
    nextBatch: () => (batches += 1),
    prepare: ({ prepare, change }) => ({
      reads: prepareReads(prepare, HELD),
      writes: prepareWrites(change),
    }),
  });
}

/**
 * Runs a unit. One whose moment the clock denies may read, and write down what was due before.
 * @throws CommitError when such a one has written anything else
 */
async function runDated<T>(
  transaction: Transaction,
  options: ConstructorParameters<typeof PostgresUnitOfWork>[1],
  work: (unit: UnitOfWork) => Promise<T>,
): Promise<T> {
  const { connection, moment } = transaction;
  const unit = new PostgresUnitOfWork(transaction, options);
  const before = connection.written;
  const result = await work(unit);
  const { now, latest } = moment;
  if (now <= latest || connection.written === before) return result;
  if (unit.lastDated !== undefined && unit.lastDated <= latest) return result;
  throw denied(now, latest);
}
