/**
 * The moments of units of work: by the database's clock, or by one that is handed in, and never before what the merchant's
 * data has already. Decided: docs/decisions/postgres-units.md
 */
import { type Clock, type ClockReport, createClock } from '../../base/clock';
import type { Time } from '../../base/time';
import { CommitError } from '../store-error';
import { DatabaseClock, LOUD } from './clock';
import type { Prepare, Query } from './query';

/** What a transaction finds when it has the merchant's lock. */
export interface Begun {
  /** The database's clock, in UTC milliseconds. */
  readonly clock: number;
  /** The number of the last event of the merchant's feed. */
  readonly sequence: number;
}

/** The database's clock in whole milliseconds. */
export const CLOCK = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** @param prepare of the connection of the transaction */
export function prepareMoments(prepare: Prepare): MomentStatements {
  return {
    begun: prepare(
      `SELECT ${CLOCK} AS clock, coalesce((SELECT sequence FROM event WHERE merchant_id = ?
         ORDER BY sequence DESC LIMIT 1), 0) AS sequence`,
    ),
    last: prepare(
      `SELECT greatest(
         (SELECT at FROM ledger WHERE merchant_id = :merchant ORDER BY at DESC LIMIT 1),
         (SELECT at FROM auto_bill_event WHERE merchant_id = :merchant ORDER BY at DESC LIMIT 1),
         (SELECT created_at FROM account WHERE merchant_id = :merchant
          ORDER BY created_at DESC LIMIT 1), 0) AS last`,
    ),
  };
}

/** The questions, prepared once for a connection. */
export interface MomentStatements {
  readonly begun: Query<Begun>;
  readonly last: Query<{ readonly last: number }>;
}

/** When a unit happens. */
export interface UnitMoment {
  readonly now: number;
  /** What is dated later is denied. */
  readonly latest: number;
}

/** What this process knows of a merchant's data as long as no other has written: the number of its last event says so. */
interface Known {
  readonly sequence: number;
  /** The last moment of the data. */
  readonly floor: number;
  /** Before which nothing of the merchant's entitlements is due; undefined: not known. */
  readonly due: number | undefined;
}

/** What the units of a transaction are dated by. */
export interface TransactionMoments {
  /** The last moment of the merchant's data before the transaction. */
  readonly floor: number;
  /** The database's clock less the one that only counts: at most that. */
  readonly offset: number;
  /** Before which nothing is due; undefined: not known. */
  due: number | undefined;
}

/** Dates the units of all connections. */
export class Moments {
  private readonly clock: Clock;
  /** Undefined: a clock was handed in. */
  private readonly database: DatabaseClock | undefined;
  private readonly clockOf: (merchantId: number) => number;
  private readonly known = new Map<number, Known>();
  /** The clock goes back with each merchant's: nothing is known for long. */
  private readonly simulated: boolean;

  constructor(
    private readonly time: Time,
    options: {
      readonly simulated: boolean;
      readonly report?: ((report: ClockReport) => void) | undefined;
    },
  ) {
    this.simulated = options.simulated;
    if (time.uptime === undefined) {
      this.clock = createClock(time, { report: options.report });
    } else {
      this.database = new DatabaseClock(time);
      this.clock = this.database;
    }
    this.clockOf = time.merchantNow ?? this.clock.now;
  }

  readonly now = (): number => this.clock.now();

  /** What is dated later is denied. */
  readonly latest = (): number => this.clock.latest();

  /** Whether moments are those of the database's clock. */
  get ofDatabase(): boolean {
    return this.database !== undefined;
  }

  /** Takes an answer of the database. @param clock its clock @param asked when it was asked, by `elapsed` */
  setClock(clock: number, asked: number): void {
    this.database?.set(clock, asked);
  }

  /** For a look-up: at least as late as what this process has seen of the merchant. */
  nowOf(merchantId: number): number {
    return Math.max(this.clockOf(merchantId), this.known.get(merchantId)?.floor ?? 0);
  }

  /** To be asked when a transaction has the merchant's lock, and the database has answered. */
  async begin(
    merchantId: number,
    { clock, sequence }: Begun,
    { last }: MomentStatements,
  ): Promise<TransactionMoments> {
    const offset = clock - this.time.elapsed();
    const known = this.known.get(merchantId);
    const same = known?.sequence === sequence && !this.simulated;
    const floor = same ? known.floor : ((await last.get({ merchant: merchantId }))?.last ?? 0);
    const due = same ? known.due : undefined;
    this.known.set(merchantId, { sequence, floor, due });
    return { floor, offset, due };
  }

  /** The moment of a unit that begins now, and the last one that the clock bears out. */
  unitNow(merchantId: number, { floor, offset }: TransactionMoments): UnitMoment {
    if (!this.database) {
      return { now: Math.max(this.clockOf(merchantId), floor), latest: this.latest() };
    }
    const clock = Math.floor(this.time.elapsed() + offset);
    return { now: Math.max(clock, floor), latest: clock + LOUD };
  }

  /** To be called when a transaction was committed. @param last the moment of the last unit that wrote; undefined: none did */
  end(merchantId: number, sequence: number, due: number | undefined, last = 0): void {
    const floor = this.known.get(merchantId)?.floor ?? 0;
    const later = this.simulated ? floor : Math.max(floor, last);
    this.known.set(merchantId, { sequence, floor: later, due });
  }

  /** To be called when a transaction was undone, or a merchant's data were replaced. */
  forgetMerchant(merchantId: number): void {
    this.known.delete(merchantId);
  }
}

/** A change that is dated later than the clock bears out. */
export function denied(now: number, latest: number): CommitError {
  const seconds = Math.ceil((now - latest) / 1000) + 1;
  return new CommitError(
    'unavailable',
    `the clock of the database is ${seconds} s before the time of earlier changes`,
  );
}
