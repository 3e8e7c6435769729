/** Figures of an overview, in SQLite. */
import type {
  CountedEntitlements,
  CountedLines,
  EntitlementPlace,
  FigureReads,
  LineCount,
  LinePlace,
} from '../figures';
import { countLines } from '../rows/line-count';
import type { Prepare, Query } from './query';

type Count = Query<{ readonly count: number }>;

/** Every look-up of a connection, prepared once. */
export interface FigureStatements {
  readonly last: Query<{ readonly id: number }>;
  readonly between: Query<LineCount>;
  readonly end: Query<LinePlace>;
  readonly before: Query<LineCount>;
  readonly place: Query<EntitlementPlace>;
  readonly active: Count;
  readonly retrying: Count;
  readonly failing: Count;
  readonly size: Query<{ readonly bytes: number }>;
}

const KEY = 'account_id, merchant_entitlement_id, source, source_id';
const PLACE = '(:accountId, :merchantEntitlementId, :source, :sourceId)';

/** Before each entitlement. */
const FIRST = { accountId: 0, merchantEntitlementId: '', source: '', sourceId: '' };

/** SQLite's numbers are as they are. */
const whole = (sql: string) => sql;

/** Prepares them. */
export function prepareFigures(prepare: Prepare): FigureStatements {
  const within = '(at, position) < (:at, :id) AND at >= :from';
  return {
    last: prepare('SELECT max(id) AS id FROM ledger'),
    // The numbers of the lines of all merchants: so many are new at most.
    between: prepare(
      countLines('id', 'id > :after AND id <= :until AND +merchant_id = :merchant', whole),
    ),
    end: prepare(
      `SELECT at, position AS id FROM ledger WHERE merchant_id = :merchant AND ${within}
       ORDER BY at DESC, position DESC LIMIT 1 OFFSET :skipped`,
    ),
    before: prepare(
      countLines(
        'position',
        `merchant_id = :merchant AND ${within} ORDER BY at DESC, position DESC LIMIT :limit`,
        whole,
      ),
    ),
    place: prepare(
      `SELECT account_id AS accountId, merchant_entitlement_id AS merchantEntitlementId, source,
         source_id AS sourceId
       FROM entitlement WHERE (${KEY}) > ${PLACE} ORDER BY ${KEY} LIMIT 1 OFFSET :skipped`,
    ),
    active: prepare(
      `SELECT count(*) AS count FROM (SELECT merchant_id, start_at, end_at FROM entitlement
         WHERE (${KEY}) > ${PLACE} ORDER BY ${KEY} LIMIT :limit)
       WHERE merchant_id = :merchant AND start_at <= :now AND (end_at IS NULL OR end_at > :now)`,
    ),
    retrying: prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM auto_bill WHERE merchant_id = ?
         AND retry_since IS NOT NULL AND grace_until > ? LIMIT ?)`,
    ),
    failing: prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM customer_order WHERE merchant_id = ?
         AND state = 'active' AND failed_payments > 0 AND position > 0 LIMIT ?)`,
    ),
    size: prepare(
      'SELECT page_count * page_size AS bytes FROM pragma_page_count CROSS JOIN pragma_page_size',
    ),
  };
}

/** One merchant's figures on any connection. */
export class SqliteFigures implements FigureReads {
  constructor(
    private readonly statements: FigureStatements,
    private readonly merchant: number,
  ) {}

  lastLine(): number {
    return this.statements.last.get()?.id ?? 0;
  }

  countLinesBetween(after: number, until: number): LineCount[] {
    return this.statements.between.all({ merchant: this.merchant, after, until });
  }

  countLinesBefore(
    { at, id }: LinePlace,
    { from, until, limit }: { from: number; until: number; limit: number },
  ): CountedLines {
    const { merchant, statements } = this;
    const span = { merchant, at, id, from };
    const before = statements.end.get({ ...span, skipped: limit - 1 });
    return { counts: statements.before.all({ ...span, until, limit }), before };
  }

  countActive(
    now: number,
    after: EntitlementPlace | undefined,
    limit: number,
  ): CountedEntitlements {
    const { merchant, statements } = this;
    const start = after ?? FIRST;
    const last = statements.place.get({ ...start, skipped: limit - 1 });
    const counted = statements.active.get({ ...start, merchant, now, limit });
    return { active: counted?.count ?? 0, last };
  }

  countRetrying(now: number, limit: number): number {
    return this.statements.retrying.get(this.merchant, now, limit)?.count ?? 0;
  }

  countFailing(limit: number): number {
    return this.statements.failing.get(this.merchant, limit)?.count ?? 0;
  }

  size(): number {
    return this.statements.size.get()?.bytes ?? 0;
  }
}
