/**
 * The moments of units of work: by the clock, and never before what the merchant's data has already.
 * Decided: docs/decisions/clock.md
 */
import type { Database, Statement } from 'better-sqlite3';
import type { Clock } from '../../base/clock';
import { CommitError, type UnitOfWork } from '../store';
import { plannedOnce } from './query';

/**
 * The last moment of a merchant's data, each part by one look into an index: the range says that it ends
 * with a moment.
 */
const LAST = plannedOnce(`SELECT max(
  coalesce((SELECT max(at) FROM ledger WHERE merchant_id = :merchant AND at > 0), 0),
  coalesce((SELECT max(at) FROM auto_bill_event WHERE merchant_id = :merchant AND at > 0), 0),
  coalesce((SELECT max(created_at) FROM account
    WHERE merchant_id = :merchant AND created_at > 0), 0))`);

/** All that is written with a date of its own, in numbers: what is older than a unit, and what is not. */
const WRITTEN = `SELECT total_changes() AS changes,
  coalesce((SELECT max(id) FROM ledger), 0) AS line,
  coalesce((SELECT max(id) FROM auto_bill_event), 0) AS event`;
const WRITTEN_SINCE = `SELECT count(*) AS count, max(at) AS last FROM (
  SELECT at FROM ledger WHERE id > :line UNION ALL SELECT at FROM auto_bill_event WHERE id > :event)`;

interface Written {
  readonly changes: number;
  readonly line: number;
  readonly event: number;
}

/** Dates the units of a writing connection. */
export class Moments {
  private readonly version: Statement;
  private readonly last: Statement;
  private readonly written: Statement;
  private readonly writtenSince: Statement;
  private seenVersion: unknown;
  /** The last moment of each merchant's data, as other processes left it. */
  private readonly floors = new Map<number, number>();
  /** Before which nothing of a merchant's entitlements is due. */
  private readonly dues = new Map<number, number>();

  /** @param clockOf the clock of a merchant's data, by its row; default: all have the one clock */
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly clockOf: (merchantId: number) => number = clock.now,
  ) {
    this.version = database.prepare('PRAGMA data_version').pluck();
    this.last = database.prepare(LAST).pluck();
    this.written = database.prepare(WRITTEN);
    this.writtenSince = database.prepare(WRITTEN_SINCE);
  }

  /**
   * To be called when a transaction has begun.
   * @returns whether other processes have written since the last one
   */
  refresh(): boolean {
    const version: unknown = this.version.get();
    if (version === this.seenVersion) return false;
    this.seenVersion = version;
    this.forget();
    return true;
  }

  /** To be called when the clock has gone back, or units are undone that had been done. */
  forget(): void {
    this.floors.clear();
    this.dues.clear();
  }

  /** To be called when a merchant's data were replaced. */
  forgetMerchant(merchantId: number): void {
    this.floors.delete(merchantId);
    this.dues.delete(merchantId);
  }

  /** A moment before which nothing of the merchant's entitlements is due; undefined: none is known. */
  nextDueOf(merchantId: number): number | undefined {
    return this.dues.get(merchantId);
  }

  /** Keeps it, as a unit found it that has changed nothing yet: what that changes may be undone. */
  keepNextDue(merchantId: number, at: number): void {
    this.dues.set(merchantId, at);
  }

  /** To be called when something becomes due at a moment. */
  noteDue(merchantId: number, at: number): void {
    const next = this.dues.get(merchantId);
    if (next !== undefined && at < next) this.dues.set(merchantId, at);
  }

  /** For a look-up: at least as late as what this process has seen of the merchant. */
  nowOf(merchantId: number): number {
    return Math.max(this.clockOf(merchantId), this.floors.get(merchantId) ?? 0);
  }

  /** For a unit of work, within its transaction. */
  unitNow(merchantId: number): number {
    // First: a clock that has gone back forgets the floors.
    const now = this.clockOf(merchantId);
    let floor = this.floors.get(merchantId);
    if (floor === undefined) {
      floor = this.last.get({ merchant: merchantId }) as number;
      this.floors.set(merchantId, floor);
    }
    return Math.max(now, floor);
  }

  /** Until when the wall clock bears a date out. */
  latest(): number {
    return this.clock.latest();
  }

  /**
   * Runs a unit. One whose moment the wall clock denies may read, and write down what was due before.
   * @throws CommitError when such a one has written anything else
   */
  run<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    return unit.now() <= this.latest() ? work(unit) : this.runDenied(unit, work);
  }

  private async runDenied<T>(unit: UnitOfWork, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    const before = this.written.get() as Written;
    const result = await work(unit);
    const { changes } = this.written.get() as Written;
    if (changes === before.changes) return result;
    const { line, event } = before;
    const { count, last } = this.writtenSince.get({ line, event }) as {
      count: number;
      last: number | null;
    };
    if (count > 0 && (last ?? 0) <= this.latest()) return result;
    const seconds = Math.ceil((unit.now() - this.latest()) / 1000) + 1;
    throw new CommitError(
      'unavailable',
      `the clock of this machine is ${seconds} s before the time of earlier changes`,
    );
  }
}

/** The same in a simulation, whose clocks go back: what the data have is looked up with every unit. */
export class SimulatedMoments extends Moments {
  override unitNow(merchantId: number): number {
    this.forgetMerchant(merchantId);
    return super.unitNow(merchantId);
  }
}
