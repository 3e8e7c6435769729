/** Walks over rows, by an index that has a subject's in their order. */
import type { Extent, Walk, WalkRange } from '../walk';
import type { Prepare, Query } from './query';

/** The look-ups of a walk, prepared once. */
export interface WalkStatements {
  readonly extent: Query<Extent>;
  readonly next: Query<{ readonly id: number }>;
}

/**
 * Prepares them.
 * @param table what the rows are found in, once each or several times
 * @param key the column of the subject @param row the column of the row's number @param condition a further one
 */
export function prepareWalk(
  prepare: Prepare,
  {
    table,
    key,
    row,
    condition = 'true',
  }: Readonly<Record<'table' | 'key' | 'row', string>> & {
    readonly condition?: string;
  },
): WalkStatements {
  const from = `FROM ${table} WHERE ${key} = :subject AND ${condition}`;
  return {
    extent: prepare(
      `SELECT count(*) AS total, coalesce(max(row), 0) AS last
       FROM (SELECT ${row} AS row ${from} AND ${row} > :after ORDER BY ${row} LIMIT :limit)`,
    ),
    next: prepare(
      `SELECT DISTINCT ${row} AS id ${from} AND ${row} > :after AND ${row} <= :until
       ORDER BY ${row} LIMIT :limit`,
    ),
  };
}

/** The same over an account's lines of the ledger, in the order of their moments. */
export function prepareLineWalk(prepare: Prepare): WalkStatements {
  const place = (row: string) => `(coalesce((SELECT at FROM ledger WHERE id = ${row}), 0), ${row})`;
  return {
    extent: prepare(
      `WITH part AS MATERIALIZED (SELECT at, position FROM ledger WHERE account_id = :subject
         AND (at, position) > ${place(':after')} ORDER BY at, position LIMIT :limit)
       SELECT count(*) AS total,
         coalesce((SELECT position FROM part ORDER BY at DESC, position DESC LIMIT 1), 0) AS last
       FROM part`,
    ),
    next: prepare(
      `SELECT position AS id FROM ledger WHERE account_id = :subject
         AND (at, position) > ${place(':after')} AND (at, position) <= ${place(':until')}
       ORDER BY at, position LIMIT :limit`,
    ),
  };
}

/** A walk through one connection's statements. @param of what its rows belong to; default: the subject */
export function walkThrough({ extent, next }: WalkStatements, of?: object): Walk {
  return {
    extent: (subject, part) => extent.get({ subject, ...of, ...part }) ?? { total: 0, last: 0 },
    next: (subject: number, range: WalkRange) =>
      next.all({ subject, ...of, ...range }).map(({ id }) => id),
  };
}
