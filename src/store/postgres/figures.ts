/** Figures of an overview, in PostgreSQL. */
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

/** Every look-up, prepared once. */
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
const PLACE = '(:accountId::bigint, :merchantEntitlementId::text, :source::text, :sourceId::text)';

/** Before each entitlement. */
const FIRST = { accountId: 0, merchantEntitlementId: '', source: '', sourceId: '' };

const whole = (sql: string) => `(${sql})::int`;

/** Prepares them. */
export function prepareFigures(prepare: Prepare): FigureStatements {
  const within = '(at, id) < (:at::bigint, :id::bigint) AND at >= :from::bigint';
  return {
    last: prepare('SELECT id AS "id" FROM ledger WHERE merchant_id = ? ORDER BY id DESC LIMIT 1'),
    between: prepare(
      countLines('id', 'merchant_id = :merchant AND id > :after AND id <= :until', whole),
    ),
    end: prepare(
      `SELECT at AS "at", id AS "id" FROM ledger WHERE merchant_id = :merchant AND ${within}
       ORDER BY at DESC, id DESC LIMIT 1 OFFSET :skipped`,
    ),
    before: prepare(
      countLines(
        'id',
        `merchant_id = :merchant AND ${within} ORDER BY at DESC, id DESC LIMIT :limit`,
        whole,
      ),
    ),
    place: prepare(
      `SELECT account_id AS "accountId", merchant_entitlement_id AS "merchantEntitlementId",
         source AS "source", source_id AS "sourceId"
       FROM entitlement WHERE merchant_id = :merchant AND (${KEY}) > ${PLACE}
       ORDER BY ${KEY} LIMIT 1 OFFSET :skipped`,
    ),
    active: prepare(
      `SELECT count(*)::int AS "count" FROM (SELECT start_at, end_at FROM entitlement
         WHERE merchant_id = :merchant AND (${KEY}) > ${PLACE} ORDER BY ${KEY} LIMIT :limit) AS part
       WHERE start_at <= :now AND (end_at IS NULL OR end_at > :now)`,
    ),
    retrying: prepare(
      `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM auto_bill WHERE merchant_id = ?
         AND retry_since IS NOT NULL AND grace_until > ? LIMIT ?) AS found`,
    ),
    failing: prepare(
      `SELECT count(*)::int AS "count" FROM (SELECT 1 FROM customer_order WHERE merchant_id = ?
         AND state = 'active' AND failed_payments > 0 LIMIT ?) AS found`,
    ),
    size: prepare('SELECT pg_database_size(current_database()) AS "bytes"'),
  };
}

/** One merchant's figures. */
export class PostgresFigures implements FigureReads {
  constructor(
    private readonly statements: FigureStatements,
    private readonly merchant: number,
  ) {}

  /** Changes of one merchant have its lock, so their numbers grow as they are committed. */
  async lastLine(): Promise<number> {
    return (await this.statements.last.get(this.merchant))?.id ?? 0;
  }

  countLinesBetween(after: number, until: number): Promise<LineCount[]> {
    return this.statements.between.all({ merchant: this.merchant, after, until });
  }

  async countLinesBefore(
    { at, id }: LinePlace,
    { from, until, limit }: { from: number; until: number; limit: number },
  ): Promise<CountedLines> {
    const { merchant, statements } = this;
    const span = { merchant, at, id, from };
    const before = await statements.end.get({ ...span, skipped: limit - 1 });
    return { counts: await statements.before.all({ ...span, until, limit }), before };
  }

  async countActive(
    now: number,
    after: EntitlementPlace | undefined,
    limit: number,
  ): Promise<CountedEntitlements> {
    const { merchant, statements } = this;
    const start = { ...(after ?? FIRST), merchant };
    const last = await statements.place.get({ ...start, skipped: limit - 1 });
    const counted = await statements.active.get({ ...start, now, limit });
    return { active: counted?.count ?? 0, last };
  }

  async countRetrying(now: number, limit: number): Promise<number> {
    return (await this.statements.retrying.get(this.merchant, now, limit))?.count ?? 0;
  }

  async countFailing(limit: number): Promise<number> {
    return (await this.statements.failing.get(this.merchant, limit))?.count ?? 0;
  }

  async size(): Promise<number> {
    return (await this.statements.size.get())?.bytes ?? 0;
  }
}
