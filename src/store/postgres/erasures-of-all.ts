/** The erasures of every merchant, as the background and the operator see them. Decided: docs/decisions/erasure.md */
import { ERASURE_WORK, type ErasuresOfAll } from '../erasures';
import type { Prepare, PrepareChange } from './query';

/** @param change of statements that are committed by themselves */
export function createErasures(prepare: Prepare, change: PrepareChange): ErasuresOfAll {
  const next = prepare<{ id: number }>(
    `SELECT id FROM erasure WHERE finished_at IS NULL AND NOT EXISTS
       (SELECT 1 FROM work WHERE work.merchant_id = erasure.merchant_id AND kind = ANY(?::text[]))
     ORDER BY id LIMIT 1`,
  );
  const finish = change('UPDATE erasure SET finished_at = ? WHERE id = ?');
  return {
    nextUnfinished: async () => (await next.get(ERASURE_WORK))?.id,
    finish: async (erasure, at) => {
      await finish.run(at, erasure);
    },
    // Rows that were replaced stay in the files until a vacuum, which is PostgreSQL's own business, as are its log and
    // its backups. Decided: docs/decisions/postgres.md
    cleanFiles: () => Promise.resolve(true),
  };
}
