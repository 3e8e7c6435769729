/** The erasures of every merchant, as the background and the operator see them. Decided: docs/decisions/erasure.md */
import type { Database } from 'better-sqlite3';
import { ERASURE_WORK, type ErasuresOfAll } from '../erasures';
import { guarded } from './guarded';
import type { Prepare } from './query';
import type { UnitQueue } from './unit-queue';

/** @param prepare of the connection that is read on */
export function createErasures(
  writer: Database,
  prepare: Prepare,
  units: UnitQueue,
): ErasuresOfAll {
  const kinds = ERASURE_WORK.map((kind) => `'${kind}'`).join(', ');
  const next = prepare<{ id: number }>(
    `SELECT id FROM erasure WHERE finished_at IS NULL AND NOT EXISTS
       (SELECT 1 FROM work WHERE work.merchant_id = erasure.merchant_id AND kind IN (${kinds}))
     ORDER BY id LIMIT 1`,
  );
  const finish = writer.prepare('UPDATE erasure SET finished_at = ? WHERE id = ?');
  return {
    nextUnfinished: () => next.get()?.id,
    finish: (erasure, at) =>
      units.run(() => Promise.resolve(void guarded(() => finish.run(at, erasure)))),
    cleanFiles: () =>
      units.runAlone(() => {
        const [state] = writer.pragma('wal_checkpoint(TRUNCATE)') as Array<{ busy: number }>;
        return state?.busy === 0;
      }),
  };
}
