/** The condition of a SQLite store: its two connections, and the write-ahead log beside the file. */
import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Condition } from '../observing';
import type { UnitQueue } from './unit-queue';

/**
 * Look-ups are over within the turn that asks, so their connection is idle whenever this is asked.
 * @param reader the connection that is read on: perhaps the writer itself
 */
export function conditionOf(
  writer: Database,
  reader: Database,
  units: Pick<UnitQueue, 'isBusy' | 'length'>,
): Condition {
  const busy = units.isBusy ? 1 : 0;
  const all = reader === writer ? 1 : 2;
  return {
    connections: { busy, idle: all - busy, waiting: units.length },
    // SQLite removes the log when the last connection closes it in order.
    walBytes: writer.memory
      ? undefined
      : (statSync(`${writer.name}-wal`, { throwIfNoEntry: false })?.size ?? 0),
  };
}
