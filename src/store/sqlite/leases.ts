/** Leases in SQLite: a row each, which another process may take when it has expired. */
import type { Database } from 'better-sqlite3';
import type { Leases } from '../leases';
import { guarded } from './guarded';
import type { UnitQueue } from './unit-queue';

/** @param now the clock that leases expire by */
export function createLeases(writer: Database, units: UnitQueue, now: () => number): Leases {
  const held = writer.prepare('SELECT holder, expires_at AS expiresAt FROM lease WHERE name = ?');
  const save = writer.prepare(
    'INSERT OR REPLACE INTO lease (name, holder, expires_at) VALUES (?, ?, ?)',
  );
  const remove = writer.prepare('DELETE FROM lease WHERE name = ? AND holder = ?');
  const write = <T>(work: () => T) => units.run(() => Promise.resolve(guarded(work)));
  return {
    take: (name, holder, milliseconds) =>
      write(() => {
        const moment = now();
        const row = held.get(name) as { holder: string; expiresAt: number } | undefined;
        // One that ends later than any could be taken now is of a clock that was set back since.
        const stands = row && row.expiresAt > moment && row.expiresAt <= moment + milliseconds;
        if (stands && row.holder !== holder) return false;
        save.run(name, holder, moment + milliseconds);
        return true;
      }),
    release: (name, holder) => write(() => void remove.run(name, holder)),
  };
}
