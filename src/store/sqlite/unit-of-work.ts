/** Look-ups and changes within one unit of work, on the writing connection. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Address, TaxExemption } from '../../contract/types.generated';
import type { EntitlementState } from '../../entitlements/entitlement';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS, type AccountValues } from '../accounts';
import type { CatalogueWriter } from '../catalogue';
import type { DueEntitlement, EntitlementChange } from '../entitlements';
import type { Eventually } from '../eventually';
import type { OnEntry } from '../observing';
import { MUTABLE_FIELDS } from '../rows/account-row';
import type { Reader, UnitOfWork } from '../store';
import { SqliteAnswerWrites } from './answer-writes';
import { SqliteApiKeyWrites } from './api-keys';
import { SqliteAutoBillWrites } from './auto-bill-writes';
import { catalogueWriter } from './catalogue-writes';
import { listDueOf } from './due-of-account';
import { SqliteErasureWrites } from './erasures';
import { SqliteEventWrites } from './events';
import { guarded } from './guarded';
import { SqliteLongWorkWrites } from './long-work';
import type { Moments } from './moments';
import { SqliteOrderWrites } from './order-writes';
import { type ReadStatements, SqliteReader } from './reader';
import { recordDueBatch } from './record-due';
import { toColumn, toColumns } from './rows';
import type { Statement } from './statement';
import { SqliteUserWrites } from './user-writes';
import { SqliteWebhookWrites } from './webhook-writes';
import type { WriteStatements } from './write-statements';

const NOTHING: readonly never[] = [];

/** The rows that are given to another account by one statement. */
const MOVED = 500;

/** What a unit's surroundings are. */
export interface UnitOptions {
  /** Whether loops may be interrupted: others would see the unit's changes on its own connection. */
  readonly mayPause: boolean;
  /** Whether other units wait for this one; default: none does. */
  readonly othersWait?: () => boolean;
  /** Look-ups outside of units; default: it has none that go on when it is over. */
  readonly afterwards?: (merchantId: number) => Reader;
}

/** One unit's view of the store; its caller opens and closes the transaction. */
export class SqliteUnitOfWork extends SqliteReader implements UnitOfWork {
  /** When it happens; undefined: nothing has asked yet. */
  private moment: number | undefined;

  constructor(
    reads: ReadStatements,
    private readonly writes: WriteStatements,
    merchantId: number,
    protected override readonly moments: Pick<
      Moments,
      'nowOf' | 'unitNow' | 'latest' | 'nextDueOf' | 'keepNextDue' | 'noteDue'
    >,
    private readonly options: UnitOptions,
  ) {
    super(reads, merchantId, moments);
  }

  protected override turn(): Eventually<void> {
    return this.options.mayPause ? nextTurn() : undefined;
  }

  override get afterwards(): Reader {
    return this.options.afterwards?.(this.merchantId) ?? this;
  }

  changes = 0;

  onEntry: OnEntry | undefined = undefined;

  override now(): number {
    return (this.moment ??= this.moments.unitNow(this.merchantId));
  }

  /** Whether anything of the merchant is due; undefined: nothing has asked yet. */
  private anyDue: boolean | undefined;
  /** Accounts whose due entitlements were listed. */
  private readonly listed = new Set<number>();

  listDueOf(accountId: number, most = Infinity): Eventually<readonly DueEntitlement[]> {
    this.anyDue ??= this.isDueUntil(this.now());
    if (!this.anyDue || this.listed.has(accountId)) return NOTHING;
    this.listed.add(accountId);
    const due = { accountId, now: this.now(), most };
    return listDueOf(this.reads, due, (rows) => this.pause(rows));
  }

  private isDueUntil(moment: number): boolean {
    const { moments, reads, merchantId } = this;
    if ((moments.nextDueOf(merchantId) ?? 0) > moment) return false;
    const next = reads.nextDue.get(merchantId)?.at ?? Infinity;
    if (this.changes === 0) moments.keepNextDue(merchantId, next);
    return next <= moment;
  }

  dueUntil(): number {
    return Math.min(this.now(), this.moments.latest());
  }

  override get answers(): SqliteAnswerWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteAnswerWrites(reads.answers, writes.answers, merchantId);
  }

  override get apiKeys(): SqliteApiKeyWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteApiKeyWrites(reads.apiKeys, writes.apiKeys, merchantId);
  }

  override get users(): SqliteUserWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteUserWrites(reads.users, writes.users, merchantId);
  }

  override get webhooks(): SqliteWebhookWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteWebhookWrites(reads.webhooks, writes.webhooks, merchantId);
  }

  override get erasures(): SqliteErasureWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteErasureWrites(reads.erasures, writes.erasures, merchantId);
  }

  override get events(): SqliteEventWrites {
    const { reads, writes, merchantId } = this;
    // Lines that wait for their numbers come before what is written next, and are there for who reads.
    writes.lines.number();
    return new SqliteEventWrites(reads.events, writes.events, merchantId);
  }

  override get longWork(): SqliteLongWorkWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteLongWorkWrites(reads.longWork, writes.longWork, merchantId);
  }

  override get orders(): SqliteOrderWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteOrderWrites(reads.orders, writes.orders, merchantId);
  }

  override get autoBills(): SqliteAutoBillWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteAutoBillWrites(reads.autoBills, reads.cursors, writes.autoBills, merchantId);
  }

  override get catalogue(): CatalogueWriter {
    const { reads, writes, merchantId } = this;
    return catalogueWriter(reads.catalogue, reads.cursors, writes.catalogue, merchantId);
  }

  insertAccount(values: AccountValues & { VID: string }, createdAt: number): number {
    const { lastInsertRowid } = guarded(() =>
      this.writes.insertAccount.run(
        this.merchantId,
        ...toColumns(ACCOUNT_FIELDS, values),
        createdAt,
        createdAt,
      ),
    );
    return Number(lastInsertRowid);
  }

  updateAccount(accountId: number, values: AccountValues, modifiedAt: number): void {
    guarded(() =>
      this.writes.updateAccount.run(
        ...toColumns(MUTABLE_FIELDS, values),
        modifiedAt,
        accountId,
        this.merchantId,
      ),
    );
  }

  setParent(accountId: number, parentMerchantAccountId: string | undefined): void {
    const parent = toColumn(parentMerchantAccountId);
    guarded(() => this.writes.setParent.run(parent, accountId, this.merchantId));
  }

  async transferAccount(source: number, target: number): Promise<void> {
    const { transferAccount, moveTransferred, moveMerged } = this.writes;
    await this.join(transferAccount, source, target);
    const move = { source, target, limit: MOVED };
    for (const statement of [moveTransferred, moveMerged]) {
      while (guarded(() => statement.run(move)).changes === MOVED) await this.pause(MOVED);
    }
  }

  deleteNameValue(accountId: number, name: string): void {
    guarded(() => this.writes.deleteNameValue.run(accountId, name));
  }

  mergeAccount(source: number, target: number): Promise<void> {
    return this.join(this.writes.mergeAccount, source, target);
  }

  private async join(names: Statement, source: number, target: number): Promise<void> {
    guarded(() => names.run({ source, target, merchant: this.merchantId }));
    const move = { source, target, limit: MOVED };
    while (!this.orders.moveOrders(move)) await this.pause(MOVED);
    while (!this.autoBills.moveAutoBills(move)) await this.pause(MOVED);
  }

  saveAddress(accountId: number, address: Address): void {
    guarded(() => this.writes.saveAddress.run(accountId, ...toColumns(ADDRESS_FIELDS, address)));
  }

  saveNameValue(accountId: number, { name, value }: { name: string; value: string }): void {
    guarded(() => this.writes.saveNameValue.run(accountId, name, value));
  }

  replaceTaxExemptions(accountId: number, exemptions: readonly TaxExemption[]): void {
    guarded(() => {
      this.writes.deleteTaxExemptions.run(accountId);
      exemptions.forEach(({ region, exemptionId, active }, position) =>
        this.writes.insertTaxExemption.run(
          ...[accountId, position, region, exemptionId, active].map(toColumn),
        ),
      );
    });
  }

  recordChange(change: EntitlementChange): Eventually<void> {
    const key = [
      change.accountId,
      change.source,
      change.merchantEntitlementId,
      change.sourceId,
    ] as const;
    const { action, actor, note, reason, soapId, changesAccess, at, dueAt } = change;
    const after = stateColumns(change.after);
    guarded(() => {
      // Before the state is saved, for the ledger's line holds when it changed last.
      const { merchantId, writes } = this;
      const line = writes.lines.ids.next();
      writes.insertLedger.run(
        line,
        ...key,
        at,
        merchantId,
        ...[action, actor, note, reason, soapId, changesAccess].map(toColumn),
        ...stateColumns(change.before),
        ...after,
        ...key,
      );
      writes.lines.add(merchantId, line);
      const { billingPlan: plan } = change;
      if (plan !== undefined) {
        writes.lines.number();
        writes.events.namePlan.run({ plan, merchant: merchantId });
      }
      const moments = [dueAt, changesAccess ? at : undefined].map(toColumn);
      writes.saveEntitlement.run(...key, merchantId, ...after, ...moments);
    });
    if (dueAt !== undefined) this.moments.noteDue(this.merchantId, dueAt);
    this.changes += 1;
    this.onEntry?.(action, reason, 1);
    return this.pause();
  }

  async givesWay(): Promise<boolean> {
    await this.turn();
    return this.options.othersWait?.() ?? false;
  }

  recordDueBatch(until: number, limit: number): boolean {
    // A database that is read-only still answers where there is nothing to write down.
    if (!this.isDueUntil(until)) return true;
    this.writes.lines.number();
    const batch = { merchant: this.merchantId, until, limit };
    const { lines, all } = recordDueBatch(this.writes.due, batch, this.onEntry);
    this.writes.lines.ids.forget();
    this.changes += lines;
    return all;
  }
}

function stateColumns(state: EntitlementState | undefined): unknown[] {
  return [state?.start, state?.end, state?.description].map(toColumn);
}
