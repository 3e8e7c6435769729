/**
 * Leases in PostgreSQL: a lock each, of a transaction on a connection of its own that is kept open as long as the lease is
 * kept. The database frees it when the connection is lost, or nothing was heard on it for too long.
 * Decided: docs/decisions/postgres-units.md
 */
import type { Cancel, Time } from '../../base/time';
import type { Leases } from '../leases';
import type { Connection } from './connection';
import { LEASE_LOCK } from './locks';
import type { Connections } from './pool';

/** How much later than the holder the database ends a lease that is not kept, in milliseconds. */
const LATER = 1000;

/** A lease that this process has. */
interface Held {
  readonly holder: string;
  readonly connection: Connection;
  /** By the clock of the units. */
  readonly until: number;
  /** Ends the timer that gives it up. */
  readonly cancel: Cancel;
}

/** The leases that a process has or asks for. */
export class PostgresLeases implements Leases {
  private readonly held = new Map<string, Held>();
  /** Each name's questions one after another. */
  private readonly asked = new Map<string, Promise<unknown>>();

  /** @param now the clock that leases expire by where another holder of this process asks */
  constructor(
    private readonly connections: Connections,
    private readonly time: Pick<Time, 'after'>,
    private readonly now: () => number,
  ) {}

  take(name: string, holder: string, milliseconds: number): Promise<boolean> {
    return this.alone(name, () => this.takeAlone(name, holder, milliseconds));
  }

  release(name: string, holder: string): Promise<void> {
    return this.alone(name, async () => {
      if (this.held.get(name)?.holder === holder) await this.giveUp(name);
    });
  }

  /** Gives all of them back. */
  async close(): Promise<void> {
    for (const name of [...this.held.keys()]) await this.alone(name, () => this.giveUp(name));
  }

  private async takeAlone(name: string, holder: string, milliseconds: number): Promise<boolean> {
    const held = this.held.get(name);
    if (held && held.holder !== holder && this.now() < held.until) return false;
    const connection = held ? await this.asking(name, held) : await this.lock(name, milliseconds);
    if (!connection) return false;
    const cancel = this.time.after(milliseconds, () => {
      if (this.held.get(name)?.cancel === cancel) void this.alone(name, () => this.giveUp(name));
    });
    this.held.set(name, { holder, connection, until: this.now() + milliseconds, cancel });
    return true;
  }

  /** Keeps one by saying something: the database counts from there. @returns undefined: it was lost */
  private async asking(
    name: string,
    { connection, cancel }: Held,
  ): Promise<Connection | undefined> {
    cancel();
    try {
      await connection.query('SELECT 1');
      return connection;
    } catch {
      this.held.delete(name);
      connection.release(true);
      return undefined;
    }
  }

  private async lock(name: string, milliseconds: number): Promise<Connection | undefined> {
    const connection = await this.connections.acquire();
    let has: boolean;
    try {
      const limit = `SET LOCAL idle_in_transaction_session_timeout = ${milliseconds + LATER}`;
      await connection.query(`BEGIN; ${limit}`);
      const [row] = await connection.query<{ has: boolean }>(
        `SELECT pg_try_advisory_xact_lock(${LEASE_LOCK}, hashtext(?)) AS has`,
        name,
      );
      has = row?.has === true;
      if (!has) await connection.query('ROLLBACK');
    } catch (error) {
      connection.release(true);
      throw error;
    }
    if (has) return connection;
    connection.release();
    return undefined;
  }

  private async giveUp(name: string): Promise<void> {
    const held = this.held.get(name);
    if (!held) return;
    this.held.delete(name);
    held.cancel();
    held.connection.release(!(await held.connection.rollback()));
  }

  private alone<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.asked.get(name) ?? Promise.resolve();
    const after = before.then(act, act);
    this.asked.set(
      name,
      after.catch(() => undefined),
    );
    return after;
  }
}
