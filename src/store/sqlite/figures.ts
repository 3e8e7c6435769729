/** Figures of an overview, in SQLite. */
import type {
  CountedEntitlements,
  CountedLines,
  EntitlementPlace,
  FigureReads,
  LineCount,
  LinePlace,
} from '../figures';
import { BEFORE_ALL } from '../rows/entitlement-row';
import { countLines } from '../rows/line-count';
import type { Prepare, Query } from './query';

type Count = Query<{ readonly count: number }>;

/** Every look-up of a connection, prepared once. */
export interface FigureStatements {
  readonly last: Query<{ readonly id: number }>;
  readonly between: Query<LineCount>;
  readonly end: Query<LinePlace>;
  readonly before: Query<LineCount>;
  readonly accounts: Query<{ readonly id: number }>;
  readonly place: Query<EntitlementPlace>;
  readonly active: Query<{ readonly looked: number; readonly active: number }>;
  readonly retrying: Count;
  readonly failing: Count;
  readonly size: Query<{ readonly bytes: number }>;
}

/** Those of an account after one of them. */
const KEY = 'merchant_entitlement_id, source, source_id';
const REST = `FROM entitlement WHERE account_id = :accountId
  AND (${KEY}) > (:merchantEntitlementId, :source, :sourceId) ORDER BY ${KEY}`;

const NONE = { looked: 0, active: 0 };

/** How many accounts are read at a time. */
const ACCOUNTS_AT_ONCE = 250;

/** SQLite's numbers are as they are. */
const whole = (sql: string) => sql;

/** Prepares them. */
export function prepareFigures(prepare: Prepare): FigureStatements {
  const within = '(at, position) < (:at, :id) AND at >= :from';
  return {
    last: prepare('SELECT max(id) AS id FROM ledger'),
    // The numbers of the lines of all merchants: as many are new at most.
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
    accounts: prepare(
      `SELECT id FROM account WHERE merchant_id = :merchant AND (created_at, position) >
         (coalesce((SELECT created_at FROM account WHERE id = :after), 0), :after)
       ORDER BY created_at, position LIMIT :limit`,
    ),
    place: prepare(
      `SELECT account_id AS accountId, merchant_entitlement_id AS merchantEntitlementId, source,
         source_id AS sourceId ${REST} LIMIT 1 OFFSET :skipped`,
    ),
    active: prepare(
      `SELECT count(*) AS looked,
         coalesce(sum(start_at <= :now AND (end_at IS NULL OR end_at > :now)), 0) AS active
       FROM (SELECT start_at, end_at ${REST} LIMIT :limit)`,
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
    let active = 0;
    let left = limit;
    let last = after;
    if (after) {
      const rest = this.countRest(after, now, left);
      active += rest.active;
      left -= rest.looked;
      last = rest.last;
    }
    while (left > 0) {
      const accounts = this.accountsAfter(last, Math.min(left, ACCOUNTS_AT_ONCE));
      if (accounts.length === 0) return { active, last: undefined };
      for (const { id } of accounts) {
        const rest = this.countRest({ accountId: id, ...BEFORE_ALL }, now, left);
        active += rest.active;
        // One without any counts as one that was looked at.
        left -= Math.max(1, rest.looked);
        last = rest.last;
        if (left <= 0) break;
      }
    }
    return { active, last };
  }

  /** The merchant's accounts in the order in which they were made. */
  private accountsAfter(last: EntitlementPlace | undefined, limit: number) {
    const { merchant, statements } = this;
    return statements.accounts.all({ merchant, after: last?.accountId ?? 0, limit });
  }

  /** Counts an account's entitlements after a place. */
  private countRest(after: EntitlementPlace, now: number, limit: number) {
    const { statements } = this;
    const { looked, active } = statements.active.get({ ...after, now, limit }) ?? NONE;
    // Where there may be more, the count goes on after the last one that was looked at.
    const isCut = looked === limit && looked > 0;
    const last = isCut ? statements.place.get({ ...after, skipped: looked - 1 }) : undefined;
    return { looked, active, last: last ?? after };
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
