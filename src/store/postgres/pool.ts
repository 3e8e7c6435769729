/** Connections to the database: a bounded number, and a bounded wait for one. */
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { ConnectionSettings } from '../database';
import { Bundle } from './bundle';
import { Connection, type Limits } from './connection';
import { toStoreError } from './errors';
import type { Run } from './query';
import { TYPES } from './values';

/** The name by which the database knows connections of this program. */
export const APPLICATION = 'latchkey';

/** For how long a transaction may stand still, in milliseconds: then PostgreSQL ends it, and frees its merchant's lock. */
const STANDING = { idle_in_transaction_session_timeout: 60_000 };

/** How long an answer is waited for, in milliseconds: what holds up a network for longer has cut it. */
const ANSWER = 15_000;

/** For how long a connection is kept that nothing asks for, in milliseconds. */
const IDLE = 60_000;

/** Several connections of one kind. */
export class Connections {
  private readonly pool: Pool;
  private readonly known = new WeakMap<PoolClient, Connection>();
  private readonly isPooled: boolean;
  /** What each transaction sets for itself. */
  private readonly limits: Limits;

  /**
   * @param url where the database is
   * @param most how many connections
   * @param options.patient whether statements may take as long as they like
   */
  constructor(
    url: string,
    most: number,
    { databaseWait, databasePooler }: ConnectionSettings,
    { patient = false } = {},
  ) {
    this.isPooled = databasePooler === 'transaction';
    const limits = { lock_timeout: databaseWait, ...STANDING };
    // A pooler lets no such parameters through.
    this.limits = this.isPooled ? limits : {};
    const given = this.isPooled ? {} : limits;
    this.pool = new Pool({ ...configOf(url, most, databaseWait, patient), ...given });
    // One that breaks while nothing asks for it is replaced; on the others the statement under way fails.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Runs a statement on whichever connection is free. */
  readonly run: Run = async ({ name, text, values }) => {
    const client = await this.pool.connect();
    const bundle = new Bundle();
    let broken = true;
    try {
      const answer = bundle.add({ name: this.isPooled ? undefined : name, text, values });
      client.query(bundle);
      const answered = await answer;
      broken = false;
      return answered;
    } finally {
      client.release(broken);
    }
  };

  /**
   * A connection for the caller alone, who gives it back.
   * @throws StoreError `unavailable` when none is free in time, or the database cannot be reached
   */
  async acquire(): Promise<Connection> {
    try {
      const client = await this.pool.connect();
      const known = this.known.get(client) ?? new Connection(client, this.limits, this.isPooled);
      this.known.set(client, known);
      return known;
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /**
   * Lets something work with a connection.
   * @throws StoreError as `acquire`
   */
  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.acquire();
    let broken = true;
    try {
      const result = await work(connection);
      broken = false;
      return result;
    } finally {
      connection.release(broken);
    }
  }

  /** How many are in use, free, and waited for. */
  count(): { readonly busy: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  /** Closes them when they are given back. */
  close(): Promise<void> {
    return this.pool.end();
  }
}

function configOf(url: string, most: number, wait: number, patient: boolean): PoolConfig {
  return {
    connectionString: url,
    max: most,
    connectionTimeoutMillis: wait,
    idleTimeoutMillis: IDLE,
    application_name: APPLICATION,
    keepAlive: true,
    ...(patient ? {} : { query_timeout: ANSWER }),
    types: TYPES,
    pipeline: true,
  };
}
