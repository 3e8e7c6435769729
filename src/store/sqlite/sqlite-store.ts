/** The store on SQLite: one writing connection, a read-only one beside it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import {
  type LedgerOptions,
  type ListOptions,
  type Reader,
  type Store,
  StoreError,
} from '../store';
import { type ClockReport, createClock } from '../../base/clock';
import type { Simulate } from '../../base/simulate';
import { SYSTEM_TIME, type Time } from '../../base/time';
import type { OnCommit } from '../observing';
import { createApiKeys } from './api-keys';
import { Checkpoints } from './checkpoints';
import { makeDatabaseFile, watchFile } from './database-file';
import { createDue } from './due';
import { isLocked } from './errors';
import { conditionOf } from './condition';
import { guarded } from './guarded';
import { createLeases } from './leases';
import type { LineNumbers } from './line-numbers';
import { createLongWork } from './long-work';
import { migrate } from './migrations';
import { Moments, SimulatedMoments } from './moments';
import { lastLedgerLine, listLedger } from './ledger-listing';
import { listAccounts, prepareMerchantReads } from './operator-reads';
import { createAnswers } from './old-answers';
import { createMerchants } from './merchants';
import { createMerchantStates } from './merchant-states';
import { requireOwn, requireOwnFile } from './own';
import type { PageCursors } from '../listing/page-cursors';
import { createPeople } from './people';
import { preparing } from './query';
import { prepareReads, SqliteReader } from './reader';
import { createErasures } from './erasures-of-all';
import { createFindSecret } from './secrets';
import { requireKind } from './simulated';
import { Snapshot } from './snapshot';
import { UnitQueue } from './unit-queue';
import { createWebhooks } from './webhook-reads';
import { SqliteUnitOfWork } from './unit-of-work';
import { prepareWrites } from './write-statements';

/** How long a unit of work waits for another process's lock, in milliseconds. */
const LOCK_TIMEOUT = 5000;

/** How often opening tries again while others open the same file, each time after SQLite's own waiting. */
const OPEN_ATTEMPTS = 1000;
const OPEN_PAUSE = 20;

/**
 * The same for a look-up, which holds up the whole process meanwhile. Writers don't
 * block readers; recovery of the write-ahead log and exclusive locks do.
 */
const READ_TIMEOUT = 100;

/**
 * The bytes that the write-ahead log keeps on the disk when it begins anew, twice what it grows to by
 * itself: one that grew while a reader held it up is cut back.
 */
const LOG_BYTES = 2 ** 25;

/** The path of a database that is kept nowhere. */
export const IN_MEMORY = ':memory:';

/**
 * Opens the database at a path, makes it where there is none, and brings its schema up to date.
 * @param path a file, or `:memory:`
 * @param time what units of work are dated by
 * @param onClock gets reports of jumps of the wall clock
 * @param simulate whether it is a simulation's
 * @param onCommit gets each commit
 * @throws Error when it cannot be opened, was written by a newer or by another program, or is of the
 *   other kind
 */
export function openSqliteStore(
  path: string,
  time: Time = SYSTEM_TIME,
  onClock?: (report: ClockReport) => void,
  simulate: Simulate = 'off',
  onCommit?: OnCommit,
): Store {
  const dating = { time, onClock, simulate, onCommit };
  if (path === IN_MEMORY) return createSqliteStore(new SqliteDatabase(IN_MEMORY), dating);
  makeDatabaseFile(path);
  whileLocked(() => requireOwnFile(path));
  const writer = new SqliteDatabase(path);
  const openReader = () => new SqliteDatabase(path, { readonly: true });
  try {
    return createSqliteStore(writer, { openReader, whyGone: watchFile(path), ...dating });
  } catch (error) {
    // Else its -wal and -shm would stay.
    writer.close();
    throw error;
  }
}

/** Options of a store beside its writing connection. */
export interface StoreOptions {
  /** Opens a read-only connection to the same data; default: the writer reads, too. */
  readonly openReader?: () => Database;
  /** How long a unit of work waits for another process's lock, in milliseconds. */
  readonly lockTimeout?: number;
  /** The clock that dates units of work. */
  readonly time?: Time;
  /** Gets reports of jumps of the wall clock. */
  readonly onClock?: ((report: ClockReport) => void) | undefined;
  /** Whether it is a simulation's; default: off. */
  readonly simulate?: Simulate;
  /** Gets each commit. */
  readonly onCommit?: OnCommit | undefined;
  /** What has become of the file, in words; undefined: it is there. */
  readonly whyGone?: () => string | undefined;
}

/**
 * Builds the store on open connections and takes them over: `close` closes both.
 * @param writer is configured and migrated here
 */
export function createSqliteStore(
  writer: Database,
  { openReader = () => writer, whyGone = () => undefined, ...options }: StoreOptions = {},
): Store {
  const { lockTimeout = LOCK_TIMEOUT, time = SYSTEM_TIME, onClock, simulate = 'off' } = options;
  const { onCommit } = options;
  whileLocked(() => configure(writer, simulate));
  const connection = openReader();
  // Where one does both, a unit of work is transaction enough.
  const snapshot = connection === writer ? undefined : new Snapshot(connection);
  const unitReads = prepareReads(writer);
  const writes = prepareWrites(writer);
  const reads = snapshot ? prepareReads(connection, snapshot) : unitReads;
  const prepare = preparing(connection, snapshot);
  const merchants = prepareMerchantReads(connection, snapshot);
  connection.pragma(`busy_timeout = ${READ_TIMEOUT}`);
  // Units of work wait in their queue, where nothing else is held up.
  writer.pragma('busy_timeout = 0');
  const clock = createClock(time, { report: onClock, onBack: () => moments.forget() });
  const MomentsOfKind = simulate === 'off' ? Moments : SimulatedMoments;
  const moments = new MomentsOfKind(writer, clock, time.merchantNow);
  const keeping = { moments, lines: writes.lines, cursors: unitReads.cursors, snapshot };
  const units = createUnits(writer, { lockTimeout, time, onCommit, ...keeping });
  const reader = (merchantId: number): Reader => new SqliteReader(reads, merchantId, moments);
  // A connection that does both would show a unit's changes to look-ups before it is committed.
  const paused = {
    mayPause: snapshot !== undefined,
    othersWait: () => units.othersWait,
    afterwards: reader,
  };
  const unitOf = (id: number) => new SqliteUnitOfWork(unitReads, writes, id, moments, paused);

  return {
    now: clock.now,
    dueUntil: () => Math.min(clock.now(), clock.latest()),
    transact: (id, work, spent) =>
      units.run(() => moments.run(unitOf(id), work), { owner: id, isOneOfMany: true, spent }),
    transactPatiently: (id, work) => units.runPatiently(() => moments.run(unitOf(id), work), id),
    reader,
    ...createMerchants(writer, units, merchants),
    apiKeys: createApiKeys(writer, connection, units),
    answers: createAnswers(writer, prepare, units),
    due: createDue(prepare),
    leases: createLeases(writer, units, clock.now),
    longWork: createLongWork(prepare),
    people: createPeople(writer, prepare, units),
    webhooks: createWebhooks(prepare),
    erasures: createErasures(writer, prepare, units),
    merchantStates: createMerchantStates(writer, units, { moments, reads: [unitReads, reads] }),
    findSecret: createFindSecret(prepare),
    listAccounts: (options: ListOptions) => listAccounts(connection, options),
    listLedger: (options: LedgerOptions) => listLedger(connection, options),
    lastLedgerLine: () => lastLedgerLine(connection),
    condition: () => conditionOf(writer, connection, units),
    ping: () => ping(connection, whyGone),
    close: async () => {
      await units.idle();
      snapshot?.end();
      connection.close();
      writer.close();
    },
  };
}

/** What the queue of units keeps in step with their transactions. */
interface UnitSurroundings
  extends Required<Pick<StoreOptions, 'lockTimeout' | 'time'>>, Pick<StoreOptions, 'onCommit'> {
  readonly moments: Moments;
  readonly lines: LineNumbers;
  /** Those of the writing connection. */
  readonly cursors: PageCursors;
  readonly snapshot: Snapshot | undefined;
}

function createUnits(writer: Database, surroundings: UnitSurroundings): UnitQueue {
  const { lockTimeout, time, onCommit, moments, lines, cursors, snapshot } = surroundings;
  const checkpoints = new Checkpoints(writer);
  return new UnitQueue(writer, {
    lockTimeout,
    time,
    onCommit,
    aroundCommit: (commit, open) => checkpoints.commit(commit, open),
    onBegin: () => {
      if (moments.refresh()) lines.ids.forget();
      lines.forget();
    },
    // A connection that does both would show what is not committed yet to look-ups.
    turn: snapshot && nextTurn,
    beforeCommit: () => {
      lines.number();
      snapshot?.end();
    },
    onSaved: () => lines.begin(),
    onUndone: () => lines.undone(),
    onLost: () => {
      lines.ids.forget();
      cursors.clear();
      moments.forget();
    },
  });
}

/** @throws StoreError when the file is gone, or doesn't answer */
function ping(connection: Database, whyGone: () => string | undefined): void {
  const gone = whyGone();
  if (gone !== undefined) throw new StoreError('unavailable', gone);
  guarded(() => connection.prepare('SELECT count(*) FROM merchant').get());
}

/**
 * Puts the writing connection in order and brings the schema up to date.
 * @throws SchemaError when it is a simulation's and none is wanted, or the other way round
 */
function configure(writer: Database, simulate: Simulate): void {
  writer.pragma(`busy_timeout = ${LOCK_TIMEOUT}`);
  requireOwn(writer);
  writer.pragma('journal_mode = WAL');
  // An answer that was given survives a loss of power.
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  // What is overwritten or removed shall not stay readable in the file's free space.
  writer.pragma('secure_delete = ON');
  writer.pragma(`journal_size_limit = ${LOG_BYTES}`);
  migrate(writer);
  requireKind(writer, simulate);
}

/**
 * Tries again while other processes that open the same new file have it locked: SQLite doesn't wait when two
 * want to turn it into WAL mode. Nothing is served yet that the pause could hold up.
 */
function whileLocked(run: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      run();
      return;
    } catch (error) {
      if (!isLocked(error) || attempt === OPEN_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, OPEN_PAUSE);
    }
  }
}
