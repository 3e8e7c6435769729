/** Look-ups in one merchant's ledger, on any connection. */
import { PAGE, turnForRows } from '../../base/pages';
import type { AuditFilter, AuditReads, LastFilter, Searched, SearchedLine } from '../audit';
import type { LedgerRow } from '../ledger';
import { byMoment, toLedgerRow } from '../rows/ledger-row';
import { LEDGER_SELECT, ofCall } from './ledger-select';
import type { Prepare, Query } from './query';
import type { Shared } from './shared';

/** Every look-up of a connection, prepared once. */
export interface AuditStatements extends Readonly<
  Record<
    | 'byIds'
    | 'ofAll'
    | 'ofCall'
    | 'ofOrder'
    | 'ofAccount'
    | 'lastOfAll'
    | 'lastOfOrder'
    | 'lastOfAccount',
    Query<object>
  >
> {
  readonly moment: Query<{ readonly at: number }>;
  readonly merged: Query<{ readonly id: number }>;
  readonly back: Query<SearchedLine>;
}

/** Prepares them. */
export function prepareAuditReads(prepare: Prepare): AuditStatements {
  const within = '(ledger.at, ledger.id) > (:at, :after) AND ledger.at < :until';
  const ofOneCall = '(:soapId::text IS NULL OR ledger.soap_id = :soapId)';
  const inOrder = 'ORDER BY ledger.at, ledger.id LIMIT :limit';
  const before = `(ledger.at, ledger.id) < (:at, :before) AND ledger.at >= :from
    ORDER BY ledger.at DESC, ledger.id DESC LIMIT :limit`;
  return {
    moment: prepare('SELECT at FROM ledger WHERE merchant_id = ? AND id = ?'),
    byIds: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = ? AND ledger.id = ANY(?::bigint[])`,
    ),
    ofAll: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ${within} ${inOrder}`,
    ),
    // A call's lines are few: found by their own index, and sorted.
    ofCall: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ${ofCall(':soapId')}
       AND ledger.id > :after AND ledger.at >= :from AND ledger.at < :until
       ORDER BY ledger.id LIMIT :limit`,
    ),
    ofOrder: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
       AND ledger.source_id = :orderId AND ${within} AND ${ofOneCall} ${inOrder}`,
    ),
    ofAccount: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.account_id = :accountId
       AND ${within} AND ${ofOneCall} ${inOrder}`,
    ),
    lastOfAll: prepare(`${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ${before}`),
    lastOfOrder: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.source = 'Order'
       AND ledger.source_id = :orderId AND ${before}`,
    ),
    lastOfAccount: prepare(
      `${LEDGER_SELECT} WHERE ledger.merchant_id = :merchant AND ledger.account_id = :accountId
       AND ${before}`,
    ),
    back: prepare(
      `SELECT id, merchant_entitlement_id AS "merchantEntitlementId", soap_id AS "soapId"
       FROM ledger WHERE merchant_id = :merchant
       AND (at, id) < (:at, :before) ORDER BY at DESC, id DESC LIMIT :count`,
    ),
    merged: prepare(
      `SELECT id FROM account WHERE merchant_id = ? AND merged_into = ? AND id > ?
       ORDER BY id LIMIT ?`,
    ),
  };
}

/** A merchant's view of its ledger through one connection's statements. */
export class PostgresAuditReads implements AuditReads {
  constructor(
    private readonly reads: AuditStatements,
    private readonly shared: Shared,
    private readonly merchantId: number,
  ) {}

  async listLines({
    orderId,
    soapId,
    accountIds,
    after = 0,
    ...place
  }: AuditFilter): Promise<LedgerRow[] | undefined> {
    const { merchantId: merchant, reads } = this;
    await this.shared(merchant, place.until);
    const last = after === 0 ? undefined : await reads.moment.get(merchant, after);
    if (after !== 0 && !last) return undefined;
    const { from } = place;
    const start = !last || last.at < from ? { at: from, after: 0 } : { at: last.at, after };
    const values = { ...place, ...start, soapId, merchant };
    if (accountIds && orderId === undefined) return this.listOfAccounts(accountIds, values);
    const rows =
      orderId !== undefined
        ? await reads.ofOrder.all({ ...values, orderId })
        : soapId !== undefined
          ? await reads.ofCall.all({ ...values, after })
          : await reads.ofAll.all(values);
    return rows.map(toLedgerRow);
  }

  async listLast({
    orderId,
    accountIds,
    before,
    ...span
  }: LastFilter): Promise<LedgerRow[] | undefined> {
    const { merchantId: merchant, reads } = this;
    const { from, until, limit } = span;
    await this.shared(merchant, until);
    const last = before === undefined ? undefined : await reads.moment.get(merchant, before);
    if (before !== undefined && !last) return undefined;
    const place = last && last.at < until ? { at: last.at, before } : { at: until, before: 0 };
    const values = { merchant, from, limit, ...place };
    if (accountIds && orderId === undefined) return this.lastOfAccounts(accountIds, values);
    const rows =
      orderId === undefined
        ? await reads.lastOfAll.all(values)
        : await reads.lastOfOrder.all({ ...values, orderId });
    return rows.map(toLedgerRow);
  }

  /** Looks at one account after another, and keeps the last lines of those so far. */
  private async lastOfAccounts(
    accountIds: readonly number[],
    values: { readonly from: number; readonly limit: number },
  ): Promise<LedgerRow[]> {
    let last: LedgerRow[] = [];
    let { from } = values;
    for await (const accountId of this.withMerged(accountIds)) {
      const rows = await this.reads.lastOfAccount.all({ ...values, from, accountId });
      if (rows.length > 0) {
        last = [...last, ...rows.map(toLedgerRow)]
          .sort((one, other) => byMoment(other, one))
          .slice(0, values.limit);
      }
      // None that comes before all of these is wanted any more.
      if (last.length === values.limit) from = Math.max(from, last.at(-1)?.at ?? 0);
      await turnForRows(1 + rows.length);
    }
    return last;
  }

  async searchBack(
    isWanted: (line: SearchedLine) => boolean,
    before: number | undefined,
    count: number,
  ): Promise<Searched> {
    const { merchantId: merchant, reads } = this;
    const most = Number.MAX_SAFE_INTEGER;
    const at = before === undefined ? most : (await reads.moment.get(merchant, before))?.at;
    const rows = await reads.back.all({ merchant, count, at, before: before ?? most });
    return {
      lines: rows.filter(isWanted),
      before: rows.length < count ? undefined : rows.at(-1)?.id,
    };
  }

  async findLines(ids: readonly number[]): Promise<Map<number, LedgerRow>> {
    const rows = await this.reads.byIds.all(this.merchantId, ids);
    return new Map(rows.map(toLedgerRow).map((row) => [row.id, row]));
  }

  /** Looks at one account after another, and keeps the first lines of those so far. */
  private async listOfAccounts(
    accountIds: readonly number[],
    values: Pick<AuditFilter, 'limit' | 'until'>,
  ): Promise<LedgerRow[]> {
    let first: LedgerRow[] = [];
    let { until } = values;
    for await (const accountId of this.withMerged(accountIds)) {
      const rows = await this.reads.ofAccount.all({ ...values, until, accountId });
      if (rows.length > 0) {
        first = [...first, ...rows.map(toLedgerRow)].sort(byMoment).slice(0, values.limit);
      }
      // None that comes after all of these is wanted any more.
      if (first.length === values.limit) until = Math.min(until, (first.at(-1)?.at ?? 0) + 1);
      await turnForRows(1 + rows.length);
    }
    return first;
  }

  /** Accounts, each followed by those that were merged into it. */
  private async *withMerged(accountIds: readonly number[]): AsyncGenerator<number> {
    for (const accountId of accountIds) {
      yield accountId;
      for (let last = 0; ;) {
        const merged = await this.reads.merged.all(this.merchantId, accountId, last, PAGE);
        for (const { id } of merged) yield id;
        last = merged.at(-1)?.id ?? 0;
        if (merged.length < PAGE) break;
      }
    }
  }
}
