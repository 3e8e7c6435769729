/** Look-ups and changes within one unit of work, on the connection of its transaction. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Address, TaxExemption } from '../../contract/types.generated';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS, type AccountValues } from '../accounts';
import type { CatalogueWriter } from '../catalogue';
import type { DueEntitlement, EntitlementChange } from '../entitlements';
import type { Eventually } from '../eventually';
import type { OnEntry } from '../observing';
import { MUTABLE_FIELDS } from '../rows/account-row';
import type { Reader, UnitOfWork } from '../store';
import { MOVED } from './account-writes';
import { PostgresAnswerWrites } from './answer-writes';
import { PostgresApiKeyWrites } from './api-keys';
import { PostgresAutoBillWrites } from './auto-bill-writes';
import { catalogueWriter } from './catalogue-writes';
import { PostgresErasureWrites } from './erasures';
import { PostgresEventWrites } from './events';
import { PostgresLongWorkWrites } from './long-work';
import { PostgresOrderWrites } from './order-writes';
import type { Change } from './query';
import { PostgresReader } from './reader';
import type { Transaction } from './transaction';
import { PostgresUserWrites } from './user-writes';
import { PostgresWebhookWrites } from './webhook-writes';
import type { WriteStatements } from './write-statements';

const NOTHING: readonly never[] = [];

/** What a unit's surroundings are. */
export interface UnitOptions {
  /** Whether other units wait for this one. */
  readonly othersWait: () => boolean;
  /** Look-ups outside of units. */
  readonly afterwards: (merchantId: number) => Reader;
}

/** One unit's view of the store; the queue opens and closes the transaction. */
export class PostgresUnitOfWork extends PostgresReader implements UnitOfWork {
  changes = 0;
  onEntry: OnEntry | undefined = undefined;
  /** The last moment that a change of this unit is dated by; undefined: it has dated none. */
  lastDated: number | undefined;
  private readonly moment: Transaction['moment'];
  private readonly writes: WriteStatements;
  /** Whether anything of the merchant is due; undefined: nothing has asked yet. */
  private anyDue: boolean | undefined;
  /** Accounts whose due entitlements were listed. */
  private readonly listed = new Set<number>();

  constructor(
    private readonly transaction: Transaction,
    private readonly options: UnitOptions,
  ) {
    super(transaction.statements.reads, transaction.merchantId, transaction.moments);
    this.moment = transaction.moment;
    this.writes = transaction.statements.writes;
  }

  protected override turn(): Eventually<void> {
    return nextTurn();
  }

  override get afterwards(): Reader {
    return this.options.afterwards(this.merchantId);
  }

  override now(): number {
    return this.moment.now;
  }

  dueUntil(): number {
    return Math.min(this.moment.now, this.moment.latest);
  }

  async listDueOf(accountId: number, most?: number): Promise<readonly DueEntitlement[]> {
    this.anyDue ??= await this.isDueUntil(this.now());
    if (!this.anyDue || this.listed.has(accountId)) return NOTHING;
    this.listed.add(accountId);
    const limit = most === undefined ? undefined : most + 1;
    return this.reads.dueOf.all(this.merchantId, accountId, this.now(), limit);
  }

  private async isDueUntil(moment: number): Promise<boolean> {
    const { dating } = this.transaction;
    if ((dating.due ?? 0) > moment) return false;
    const next = (await this.reads.nextDue.get(this.merchantId))?.at ?? Infinity;
    // What this unit has changed may be undone.
    if (this.changes === 0) dating.due = next;
    return next <= moment;
  }

  override get answers(): PostgresAnswerWrites {
    return new PostgresAnswerWrites(this.reads.answers, this.writes.answers, this.merchantId);
  }

  override get apiKeys(): PostgresApiKeyWrites {
    return new PostgresApiKeyWrites(this.reads.apiKeys, this.writes.apiKeys, this.merchantId);
  }

  override get users(): PostgresUserWrites {
    return new PostgresUserWrites(this.reads.users, this.writes.users, this.merchantId);
  }

  override get webhooks(): PostgresWebhookWrites {
    return new PostgresWebhookWrites(this.reads.webhooks, this.writes.webhooks, this.merchantId);
  }

  override get erasures(): PostgresErasureWrites {
    return new PostgresErasureWrites(this.reads.erasures, this.writes.erasures, this.merchantId);
  }

  override get events(): PostgresEventWrites {
    const { reads, transaction, writes } = this;
    return new PostgresEventWrites(reads.events, reads.shared, writes.events, transaction);
  }

  override get longWork(): PostgresLongWorkWrites {
    return new PostgresLongWorkWrites(this.reads.longWork, this.writes.longWork, this.merchantId);
  }

  override get orders(): PostgresOrderWrites {
    return new PostgresOrderWrites(this.reads.orders, this.writes.orders, this.merchantId);
  }

  override get autoBills(): PostgresAutoBillWrites {
    const { autoBills, cursors, shared } = this.reads;
    const { merchantId, writes } = this;
    return new PostgresAutoBillWrites(autoBills, cursors, shared, writes.autoBills, merchantId);
  }

  override get catalogue(): CatalogueWriter {
    const { merchantId, reads, writes } = this;
    return catalogueWriter(reads.catalogue, reads.cursors, writes.catalogue, merchantId);
  }

  insertAccount(values: AccountValues & { VID: string }, createdAt: number): Promise<number> {
    const columns = valuesOf(ACCOUNT_FIELDS, values);
    return this.writes.insertAccount.id(this.merchantId, ...columns, createdAt, createdAt);
  }

  async updateAccount(accountId: number, values: AccountValues, modifiedAt: number): Promise<void> {
    const columns = valuesOf(MUTABLE_FIELDS, values);
    await this.writes.updateAccount.run(...columns, modifiedAt, accountId, this.merchantId);
  }

  async setParent(accountId: number, parentMerchantAccountId: string | undefined): Promise<void> {
    await this.writes.setParent.run(parentMerchantAccountId, accountId, this.merchantId);
  }

  async transferAccount(source: number, target: number): Promise<void> {
    const { transferAccount, moveTransferred, moveMerged } = this.writes;
    await this.join(transferAccount, source, target);
    const values = { source, target, merchant: this.merchantId };
    for (const move of [moveTransferred, moveMerged]) {
      while ((await move.run(values)) === MOVED) await this.pause(MOVED);
    }
  }

  mergeAccount(source: number, target: number): Promise<void> {
    return this.join(this.writes.mergeAccount, source, target);
  }

  private async join(names: Change, source: number, target: number): Promise<void> {
    await names.run({ source, target, merchant: this.merchantId });
    const move = { source, target, limit: MOVED };
    while (!(await this.orders.moveOrders(move))) await this.pause(MOVED);
    while (!(await this.autoBills.moveAutoBills(move))) await this.pause(MOVED);
  }

  async deleteNameValue(account: number, name: string): Promise<void> {
    await this.writes.deleteNameValue.run({ account, name, merchant: this.merchantId });
  }

  async saveAddress(accountId: number, address: Address): Promise<void> {
    const columns = valuesOf(ADDRESS_FIELDS, address);
    await this.writes.saveAddress.run(this.merchantId, accountId, ...columns);
  }

  async saveNameValue(
    accountId: number,
    { name, value }: { name: string; value: string },
  ): Promise<void> {
    await this.writes.saveNameValue.run(this.merchantId, accountId, name, value);
  }

  async replaceTaxExemptions(
    accountId: number,
    exemptions: readonly TaxExemption[],
  ): Promise<void> {
    const { merchantId, writes } = this;
    await writes.deleteTaxExemptions.run(merchantId, accountId);
    for (const [position, { region, exemptionId, active }] of exemptions.entries()) {
      const values = [position, region, exemptionId, active];
      await writes.insertTaxExemption.run(merchantId, accountId, ...values);
    }
  }

  recordChange(change: EntitlementChange): Eventually<void> {
    const { transaction } = this;
    const { accountId, merchantEntitlementId, changesAccess, at, dueAt, before, after } = change;
    const { source, sourceId, action, actor, note, reason, soapId, billingPlan } = change;
    const values = {
      ...{ merchant: this.merchantId, account: accountId, id: merchantEntitlementId },
      ...{ source, sourceId, at, action, actor, note, reason, soapId, changesAccess },
      ...{ beforeStart: before?.start, beforeEnd: before?.end },
      ...{ beforeDescription: before?.description },
      ...{ start: after.start, end: after.end, description: after.description },
      ...{ dueAt, changedAt: changesAccess ? at : undefined },
      ...{ sequence: transaction.nextNumber(), plan: billingPlan },
    };
    transaction.send(this.writes.recordChange.run(values));
    this.dated(at);
    const { dating } = transaction;
    if (dueAt !== undefined && dating.due !== undefined) {
      dating.due = Math.min(dating.due, dueAt);
    }
    this.changes += 1;
    this.onEntry?.(action, reason, 1);
    return this.pause();
  }

  async givesWay(): Promise<boolean> {
    await this.turn();
    return this.options.othersWait();
  }

  async recordDueBatch(until: number, limit: number): Promise<boolean> {
    if (!(await this.isDueUntil(until))) return true;
    const { transaction, merchantId: merchant } = this;
    const sequence = transaction.sequence + 1;
    const values = { merchant, until, limit, sequence };
    const written = await this.writes.recordDue.get(values);
    const { lines = 0, filled = false, started = 0 } = written ?? {};
    transaction.sequence += lines;
    if (lines > 0) this.dated(until);
    this.changes += lines;
    if (started > 0) this.onEntry?.('start', undefined, started);
    if (lines > started) this.onEntry?.('expire', undefined, lines - started);
    return !filled;
  }

  private dated(at: number): void {
    this.lastDated = Math.max(at, this.lastDated ?? at);
  }
}

/** The values of those fields, in their order. */
function valuesOf(fields: readonly string[], values: object): unknown[] {
  return fields.map((field) => (values as Record<string, unknown>)[field]);
}
