/** The settings of connections to PostgreSQL; with SQLite they have no meaning. */
import type { Setting } from './setting';

export interface PostgresSettings {
  /** The most connections for changes; each is one merchant's at a time. */
  readonly databaseWriters: number;
  /** The most connections for look-ups. */
  readonly databaseReaders: number;
  /** How long a call waits for a connection, or for another server's changes of its merchant, in milliseconds. */
  readonly databaseWait: number;
  /** Whether a pooler stands before it that gives a connection away after each transaction. */
  readonly databasePooler: DatabasePooler;
}

/** What stands between the servers and PostgreSQL: nothing, or PgBouncer and its like in transaction mode. */
export type DatabasePooler = (typeof POOLERS)[number];

const POOLERS = ['off', 'transaction'] as const;

const MOST_CONNECTIONS = 1000;

const connections = (text: string) => {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= MOST_CONNECTIONS ? value : undefined;
};

export const POSTGRES_SETTINGS: {
  readonly [Name in keyof PostgresSettings]: Setting<PostgresSettings[Name]>;
} = {
  databaseWriters: {
    variable: 'LATCHKEY_DATABASE_WRITERS',
    flag: '--database-writers <number>',
    description: 'PostgreSQL: the most connections for changes, of as many merchants at once',
    default: '8',
    parse: connections,
    expected: `a number from 1 to ${MOST_CONNECTIONS}`,
  },
  databaseReaders: {
    variable: 'LATCHKEY_DATABASE_READERS',
    flag: '--database-readers <number>',
    description: 'PostgreSQL: the most connections for look-ups',
    default: '8',
    parse: connections,
    expected: `a number from 1 to ${MOST_CONNECTIONS}`,
  },
  databaseWait: {
    variable: 'LATCHKEY_DATABASE_WAIT',
    flag: '--database-wait <milliseconds>',
    description:
      'PostgreSQL: how long a call waits for a connection, or for a merchant that another server changes',
    default: '5000',
    parse: (text) => (/^\d{3,5}$/.test(text) && Number(text) <= 60_000 ? Number(text) : undefined),
    expected: 'a number of milliseconds from 100 to 60000',
  },
  databasePooler: {
    variable: 'LATCHKEY_DATABASE_POOLER',
    flag: '--database-pooler <off|transaction>',
    description:
      'PostgreSQL: whether a pooler such as PgBouncer gives connections away after each transaction',
    default: 'off',
    parse: (text) => POOLERS.find((pooler) => pooler === text),
    expected: 'off or transaction',
  },
};
