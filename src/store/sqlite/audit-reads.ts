/** Look-ups in one merchant's ledger, on any connection. */
import type { Database } from 'better-sqlite3';
import { PAGE, turnForRows } from '../../base/pages';
import type { AuditFilter, AuditReads, LastFilter, Searched, SearchedLine } from '../audit';
import type { Eventually } from '../eventually';
import type { LedgerRow } from '../ledger';
import { byMoment, toLedgerRow } from '../rows/ledger-row';
import { guarded } from './guarded';
import { LEDGER_SELECT, ofCall } from './ledger-select';
import { AMONG } from './many';
import { plannedOnce } from './query';
import { Statement } from './statement';

/** Every look-up of a connection, prepared once. */
export type AuditStatements = Readonly<
  Record<
    | 'moment'
    | 'byId'
    | 'ofAll'
    | 'ofCall'
    | 'ofOrder'
    | 'ofAccount'
    | 'merged'
    | 'back'
    | 'lastOfAll'
    | 'lastOfOrder'
    | 'lastOfAccount',
    Statement
  >
>;

/** Prepares them. */
export function prepareAuditReads(database: Database): AuditStatements {
  const prepare = (sql: string): Statement => new Statement(database, plannedOnce(sql));
  const span = '+ledger.at >= :from AND +ledger.at < :until';
  const within = `(ledger.at, ledger.position) > (:at, :after) AND +ledger.at < :until
    AND (:soapId IS NULL OR ledger.soap_id = :soapId)`;
  const before = `(ledger.at, ledger.position) < (:at, :before) AND ledger.at >= :from
    ORDER BY ledger.at DESC, ledger.position DESC LIMIT :limit`;
  return {
    moment: prepare('SELECT at FROM ledger WHERE id = ? AND +merchant_id = ?').pluck(),
    byId: prepare(`${LEDGER_SELECT} WHERE ledger.id ${AMONG} AND +ledger.merchant_id = ?`),
    ofAll: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant
       AND (ledger.at, ledger.position) > (:at, :after) AND ledger.at < :until
       ORDER BY ledger.at, ledger.position LIMIT :limit`,
    ),
    ofCall: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ${ofCall(':soapId')}
       AND ledger.position > :after AND ${span} ORDER BY ledger.position LIMIT :limit`,
    ),
    ofOrder: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
       AND ledger.source_id = :orderId AND ${within}
       ORDER BY ledger.at, ledger.position LIMIT :limit`,
    ),
    ofAccount: prepare(
      `${LEDGER_SELECT} WHERE ledger.account_id = :accountId AND +ledger.merchant_id = :merchant
       AND ${within} ORDER BY ledger.at, ledger.position LIMIT :limit`,
    ),
    lastOfAll: prepare(`${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ${before}`),
    lastOfOrder: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
       AND ledger.source_id = :orderId AND ${before}`,
    ),
    lastOfAccount: prepare(
      `${LEDGER_SELECT} WHERE ledger.account_id = :accountId AND +ledger.merchant_id = :merchant
       AND ${before}`,
    ),
    back: prepare(
      `SELECT position, merchant_entitlement_id, soap_id FROM ledger WHERE merchant_id = :merchant
       AND (at, position) < (:at, :before) ORDER BY at DESC, position DESC LIMIT :count`,
    ).raw(),
    merged: prepare(
      'SELECT id FROM account WHERE merged_into = ? AND id > ? ORDER BY id LIMIT ?',
    ).pluck(),
  };
}

/** A merchant's view of its ledger through one connection's statements. */
export class SqliteAuditReads implements AuditReads {
  constructor(
    private readonly reads: AuditStatements,
    private readonly merchantId: number,
  ) {}

  listLines({
    orderId,
    soapId,
    accountIds,
    after = 0,
    ...place
  }: AuditFilter): Eventually<LedgerRow[] | undefined> {
    return guarded(() => {
      const at = after === 0 ? undefined : this.reads.moment.get(after, this.merchantId);
      if (after !== 0 && at === undefined) return undefined;
      const { from } = place;
      const start =
        at === undefined || (at as number) < from ? { at: from, after: 0 } : { at, after };
      const merchant = this.merchantId;
      const values = { ...place, ...start, soapId: soapId ?? null, merchant };
      if (orderId !== undefined) {
        return this.reads.ofOrder.all({ ...values, orderId }).map(toLedgerRow);
      }
      if (accountIds) return this.listOfAccounts(accountIds, values);
      if (soapId !== undefined) return this.reads.ofCall.all({ ...values, after }).map(toLedgerRow);
      return this.reads.ofAll.all(values).map(toLedgerRow);
    });
  }

  listLast({
    orderId,
    accountIds,
    before,
    ...span
  }: LastFilter): Eventually<LedgerRow[] | undefined> {
    return guarded(() => {
      const { merchantId: merchant, reads } = this;
      const at = before === undefined ? undefined : reads.moment.get(before, merchant);
      if (before !== undefined && at === undefined) return undefined;
      const { from, until, limit } = span;
      const isWithin = at !== undefined && (at as number) < until;
      const place = isWithin ? { at, before } : { at: until, before: 0 };
      const values = { merchant, from, limit, ...place };
      if (orderId !== undefined) {
        return reads.lastOfOrder.all({ ...values, orderId }).map(toLedgerRow);
      }
      if (accountIds) return this.lastOfAccounts(accountIds, values);
      return reads.lastOfAll.all(values).map(toLedgerRow);
    });
  }

  /** Looks at one account after another, and keeps the last lines of those so far. */
  private async lastOfAccounts(
    accountIds: readonly number[],
    values: { readonly from: number; readonly limit: number },
  ): Promise<LedgerRow[]> {
    let last: LedgerRow[] = [];
    let { from } = values;
    for (const accountId of this.withMerged(accountIds)) {
      const wanted = { ...values, from, accountId };
      const found = guarded(() => this.reads.lastOfAccount.all(wanted)).map(toLedgerRow);
      if (found.length > 0) {
        last = [...last, ...found]
          .sort((one, other) => byMoment(other, one))
          .slice(0, values.limit);
      }
      // None that comes before all of these is wanted any more.
      if (last.length === values.limit) from = Math.max(from, last.at(-1)?.at ?? 0);
      await turnForRows(1 + found.length);
    }
    return last;
  }

  searchBack(
    isWanted: (line: SearchedLine) => boolean,
    before: number | undefined,
    count: number,
  ): Searched {
    const merchant = this.merchantId;
    return guarded(() => {
      const most = Number.MAX_SAFE_INTEGER;
      const at = before === undefined ? most : this.reads.moment.get(before, merchant);
      const place = { at, before: before ?? most };
      const rows = this.reads.back.all({ merchant, count, ...place }) as Array<
        [number, string, string | null]
      >;
      return {
        lines: rows
          .map(([id, merchantEntitlementId, soapId]) => {
            return { id, merchantEntitlementId, soapId: soapId ?? undefined };
          })
          .filter(isWanted),
        before: rows.length < count ? undefined : rows.at(-1)?.[0],
      };
    });
  }

  findLines(ids: readonly number[]): Map<number, LedgerRow> {
    const rows = guarded(() => this.reads.byId.all(JSON.stringify(ids), this.merchantId));
    return new Map(rows.map(toLedgerRow).map((row) => [row.id, row]));
  }

  /** Looks at one account after another, and keeps the first lines of those so far. */
  private async listOfAccounts(
    accountIds: readonly number[],
    values: Pick<AuditFilter, 'limit' | 'until'>,
  ): Promise<LedgerRow[]> {
    let first: LedgerRow[] = [];
    let { until } = values;
    for (const accountId of this.withMerged(accountIds)) {
      const wanted = { ...values, until, accountId };
      const found = guarded(() => this.reads.ofAccount.all(wanted)).map(toLedgerRow);
      if (found.length > 0) {
        first = [...first, ...found].sort(byMoment).slice(0, values.limit);
      }
      // None that comes after all of these is wanted any more.
      if (first.length === values.limit) until = Math.min(until, (first.at(-1)?.at ?? 0) + 1);
      await turnForRows(1 + found.length);
    }
    return first;
  }

  /** Accounts, each followed by those that were merged into it. */
  private *withMerged(accountIds: readonly number[]): Generator<number> {
    for (const accountId of accountIds) {
      yield accountId;
      for (let last = 0; ;) {
        const merged = guarded(() => this.reads.merged.all(accountId, last, PAGE)) as number[];
        yield* merged;
        last = merged.at(-1) ?? 0;
        if (merged.length < PAGE) break;
      }
    }
  }
}
