/** Look-ups and changes within one unit of work, on the writing connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { Address, TaxExemption } from '../../contract/types.generated';
import type { EntitlementState } from '../../entitlements/entitlement';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS, type AccountValues } from '../accounts';
import type { CatalogueWriter } from '../catalogue';
import type { DueEntitlement, EntitlementChange } from '../entitlements';
import type { Eventually } from '../eventually';
import type { UnitOfWork } from '../store';
import {
  type AnswerWriteStatements,
  prepareAnswerWrites,
  SqliteAnswerWrites,
} from './answer-writes';
import {
  type AutoBillWriteStatements,
  prepareAutoBillWrites,
  SqliteAutoBillWrites,
} from './auto-bill-writes';
import { catalogueWriter, type CatalogueWrites, prepareCatalogueWrites } from './catalogue-writes';
import { type ErasureWriteStatements, prepareErasureWrites, SqliteErasureWrites } from './erasures';
import { guarded } from './guarded';
import {
  type LongWorkWriteStatements,
  prepareLongWorkWrites,
  SqliteLongWorkWrites,
} from './long-work';
import type { Moments } from './moments';
import { type OrderWriteStatements, prepareOrderWrites, SqliteOrderWrites } from './order-writes';
import { type ReadStatements, SqliteReader } from './reader';
import { columnOf, toColumn, toColumns } from './rows';
import { MERGE_ACCOUNT, TRANSFER_ACCOUNT } from './transfer-account';
import { prepareUserWrites, SqliteUserWrites, type UserWriteStatements } from './user-writes';

/** Every change, prepared once. */
export interface WriteStatements extends Readonly<
  Record<
    | 'insertAccount'
    | 'updateAccount'
    | 'saveAddress'
    | 'saveNameValue'
    | 'deleteTaxExemptions'
    | 'insertTaxExemption'
    | 'saveEntitlement'
    | 'insertLedger'
    | 'setParent'
    | 'mergeAccount'
    | 'transferAccount'
    | 'deleteNameValue',
    Statement
  >
> {
  readonly answers: AnswerWriteStatements;
  readonly erasures: ErasureWriteStatements;
  readonly longWork: LongWorkWriteStatements;
  readonly orders: OrderWriteStatements;
  readonly users: UserWriteStatements;
  readonly autoBills: AutoBillWriteStatements;
  readonly catalogue: CatalogueWrites;
}

const MUTABLE_FIELDS = ACCOUNT_FIELDS.filter((field) => field !== 'VID');

const columns = (fields: readonly string[]) => fields.map(columnOf).join(', ');
const marks = (count: number) => Array(count).fill('?').join(', ');

/** Prepares the statements that change data. */
export function prepareWrites(database: Database): WriteStatements {
  const prepare = (sql: string): Statement => database.prepare(sql);
  return {
    answers: prepareAnswerWrites(database),
    erasures: prepareErasureWrites(database),
    longWork: prepareLongWorkWrites(database),
    orders: prepareOrderWrites(database),
    users: prepareUserWrites(database),
    autoBills: prepareAutoBillWrites(database),
    catalogue: prepareCatalogueWrites(database),
    insertAccount: prepare(
      `INSERT INTO account (merchant_id, ${columns(ACCOUNT_FIELDS)}, created_at, modified_at)
       VALUES (${marks(ACCOUNT_FIELDS.length + 3)})`,
    ),
    updateAccount: prepare(
      `UPDATE account
       SET ${MUTABLE_FIELDS.map(columnOf)
         .map((column) => `${column} = coalesce(?, ${column})`)
         .join(', ')}, modified_at = ?
       WHERE id = ? AND merchant_id = ?`,
    ),
    saveAddress: prepare(
      `INSERT OR REPLACE INTO address (account_id, ${columns(ADDRESS_FIELDS)})
       VALUES (${marks(ADDRESS_FIELDS.length + 1)})`,
    ),
    saveNameValue: prepare(
      'INSERT OR REPLACE INTO name_value (account_id, name, value) VALUES (?, ?, ?)',
    ),
    deleteTaxExemptions: prepare('DELETE FROM tax_exemption WHERE account_id = ?'),
    insertTaxExemption: prepare(
      `INSERT INTO tax_exemption (account_id, position, region, exemption_id, active)
       VALUES (?, ?, ?, ?, ?)`,
    ),
    saveEntitlement: prepare(
      `INSERT INTO entitlement (account_id, source, merchant_entitlement_id, source_id,
         merchant_id, start_at, end_at, description, due_at, changed_at)
       VALUES (${marks(10)})
       ON CONFLICT DO UPDATE SET start_at = excluded.start_at, end_at = excluded.end_at,
         description = excluded.description, due_at = excluded.due_at,
         changed_at = max(changed_at, coalesce(excluded.changed_at, changed_at))`,
    ),
    insertLedger: prepare(
      `INSERT INTO ledger (account_id, source, merchant_entitlement_id, source_id,
         at, merchant_id, action, actor, note, reason, soap_id, changes_access,
         before_start_at, before_end_at, before_description,
         after_start_at, after_end_at, after_description, previous_at)
       VALUES (${marks(18)}, (SELECT changed_at FROM entitlement WHERE account_id = ? AND source = ?
         AND merchant_entitlement_id = ? AND source_id = ?))`,
    ),
    setParent: prepare(
      'UPDATE account SET parent_merchant_account_id = ? WHERE id = ? AND merchant_id = ?',
    ),
    transferAccount: prepare(TRANSFER_ACCOUNT),
    deleteNameValue: prepare('DELETE FROM name_value WHERE account_id = ? AND name = ?'),
    mergeAccount: prepare(MERGE_ACCOUNT),
  };
}

const NOTHING: readonly never[] = [];

/** One unit's view of the store; its caller opens and closes the transaction. */
export class SqliteUnitOfWork extends SqliteReader implements UnitOfWork {
  /** When it happens; undefined: nothing has asked yet. */
  private moment: number | undefined;

  constructor(
    reads: ReadStatements,
    private readonly writes: WriteStatements,
    merchantId: number,
    moments: Pick<Moments, 'nowOf' | 'unitNow' | 'latest'>,
    mayPause: boolean,
  ) {
    super(reads, merchantId, moments, mayPause);
  }

  changes = 0;

  override now(): number {
    return (this.moment ??= this.moments.unitNow(this.merchantId));
  }

  /** Whether anything of the merchant is due; undefined: nothing has asked yet. */
  private anyDue: boolean | undefined;
  /** Accounts whose due entitlements were listed. */
  private readonly listed = new Set<number>();

  listDueOf(accountId: number): readonly DueEntitlement[] {
    const { reads, merchantId } = this;
    this.anyDue ??= reads.anyDue.get(merchantId, this.now()) !== undefined;
    if (!this.anyDue || this.listed.has(accountId)) return NOTHING;
    this.listed.add(accountId);
    return reads.dueOf.all(accountId, this.now()).sort((one, other) => one.dueAt - other.dueAt);
  }

  dueUntil(): number {
    return Math.min(this.now(), this.moments.latest());
  }

  override get answers(): SqliteAnswerWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteAnswerWrites(reads.answers, writes.answers, merchantId);
  }

  override get users(): SqliteUserWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteUserWrites(reads.users, writes.users, merchantId);
  }

  override get erasures(): SqliteErasureWrites {
    const { reads, writes, merchantId } = this;
    return new SqliteErasureWrites(reads.erasures, writes.erasures, merchantId);
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

  transferAccount(source: number, target: number): void {
    guarded(() => this.writes.transferAccount.run({ source, target, merchant: this.merchantId }));
    this.orders.moveOrders(source, target);
    this.autoBills.moveAutoBills(source, target);
  }

  deleteNameValue(accountId: number, name: string): void {
    guarded(() => this.writes.deleteNameValue.run(accountId, name));
  }

  mergeAccount(source: number, target: number): void {
    guarded(() => this.writes.mergeAccount.run({ source, target, merchant: this.merchantId }));
    this.orders.moveOrders(source, target);
    this.autoBills.moveAutoBills(source, target);
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
      this.writes.insertLedger.run(
        ...key,
        at,
        this.merchantId,
        ...[action, actor, note, reason, soapId, changesAccess].map(toColumn),
        ...stateColumns(change.before),
        ...after,
        ...key,
      );
      const moments = [dueAt, changesAccess ? at : undefined].map(toColumn);
      this.writes.saveEntitlement.run(...key, this.merchantId, ...after, ...moments);
    });
    this.changes += 1;
    return this.pause();
  }
}

function stateColumns(state: EntitlementState | undefined): unknown[] {
  return [state?.start, state?.end, state?.description].map(toColumn);
}
