/** What calls cost a process and the database: time of the processor, and bytes of the write-ahead log. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Client } from 'pg';

/** What was used until a moment. */
export interface Used {
  /** Of the servers' processes, in milliseconds. */
  readonly servers: number;
  /** Of all processes of the database, in milliseconds; NaN: it runs on another machine. */
  readonly database: number;
  /** The end of the write-ahead log, in bytes from its beginning. */
  readonly wal: number;
}

const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));

/** The numbers of /proc/PID/stat from the third on: a name in parentheses, which may hold anything, comes before them. */
function statOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

/** Where these stand there: see proc(5). */
const [PARENT, USER, CHILDREN, AFTER] = [1, 11, 13, 15];

const timeIn = (stat: readonly number[], until: number) =>
  (sum(stat.slice(USER, until)) * 1000) / TICKS;

/** The time of all processes of the database, in milliseconds. @param postmaster the parent of the others */
function databaseTime(postmaster: number): number {
  const times = readdirSync('/proc').map((name) => {
    if (!/^\d+$/.test(name)) return 0;
    try {
      const stat = statOf(Number(name));
      // The parent's has the time of those that have ended.
      if (Number(name) === postmaster) return timeIn(stat, AFTER);
      return stat[PARENT] === postmaster ? timeIn(stat, CHILDREN) : 0;
    } catch {
      // It has ended since the folder was read.
      return 0;
    }
  });
  return sum(times);
}

/** Watches a database, and servers that work with it. */
export class Meter {
  private constructor(
    private readonly client: Client,
    private readonly postmaster: number | undefined,
  ) {}

  static async of(client: Client): Promise<Meter> {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid ?? 0;
    try {
      const isHere = readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres');
      return new Meter(client, isHere ? statOf(pid)[PARENT] : undefined);
    } catch {
      return new Meter(client, undefined);
    }
  }

  /** @param servers the numbers of their processes */
  async read(servers: readonly number[]): Promise<Used> {
    const { rows } = await this.client.query<{ wal: string }>(
      "SELECT pg_current_wal_lsn() - '0/0' AS wal",
    );
    return {
      servers: sum(servers.map((pid) => timeIn(statOf(pid), CHILDREN))),
      database: this.postmaster === undefined ? NaN : databaseTime(this.postmaster),
      wal: Number(rows[0]?.wal),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
