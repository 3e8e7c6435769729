/** Walks over rows, by an index that has a subject's in their order. */
import type { Extent, Walk } from '../walk';
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
  const from = `FROM ${table} WHERE merchant_id = :merchant AND ${key} = :subject AND ${condition}`;
  return {
    extent: prepare(
      `SELECT count(*) AS total, coalesce(max(number), 0) AS last
       FROM (SELECT ${row} AS number ${from} AND ${row} > :after ORDER BY ${row} LIMIT :limit) AS part`,
    ),
    next: prepare(
      `SELECT DISTINCT ${row} AS id ${from} AND ${row} > :after AND ${row} <= :until
       ORDER BY ${row} LIMIT :limit`,
    ),
  };
}

/** The same over an account's lines of the ledger, in the order of their moments. */
export function prepareLineWalk(prepare: Prepare): WalkStatements {
  const from = 'FROM ledger WHERE merchant_id = :merchant AND account_id = :subject';
  const place = (row: string) =>
    `(coalesce((SELECT at FROM ledger WHERE merchant_id = :merchant AND id = ${row}), 0), ${row})`;
  return {
    extent: prepare(
      `WITH part AS MATERIALIZED (SELECT at, id ${from} AND (at, id) > ${place(':after')}
         ORDER BY at, id LIMIT :limit)
       SELECT count(*) AS total,
         coalesce((SELECT id FROM part ORDER BY at DESC, id DESC LIMIT 1), 0) AS last FROM part`,
    ),
    next: prepare(
      `SELECT id ${from} AND (at, id) > ${place(':after')} AND (at, id) <= ${place(':until')}
       ORDER BY at, id LIMIT :limit`,
    ),
  };
}

/** A walk over a merchant's rows. @param of what they belong to; default: the subject */
export function walkThrough({ extent, next }: WalkStatements, merchant: number, of?: object): Walk {
  return {
    extent: async (subject, part) =>
      (await extent.get({ merchant, subject, ...of, ...part })) ?? { total: 0, last: 0 },
    next: async (subject, range) =>
      (await next.all({ merchant, subject, ...of, ...range })).map(({ id }) => id),
  };
}
