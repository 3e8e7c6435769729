/** The statements that change a merchant's data, on the writing connection. */
import type { Database } from 'better-sqlite3';
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../accounts';
import { MUTABLE_FIELDS } from '../rows/account-row';
import { columnOf } from '../rows/columns';
import { type AnswerWriteStatements, prepareAnswerWrites } from './answer-writes';
import { type ApiKeyWriteStatements, prepareApiKeyWrites } from './api-keys';
import { type AutoBillWriteStatements, prepareAutoBillWrites } from './auto-bill-writes';
import { type CatalogueWrites, prepareCatalogueWrites } from './catalogue-writes';
import { type ErasureWriteStatements, prepareErasureWrites } from './erasures';
import { type EventWriteStatements, prepareEventWrites } from './events';
import { LineNumbers } from './line-numbers';
import { type LongWorkWriteStatements, prepareLongWorkWrites } from './long-work';
import { type OrderWriteStatements, prepareOrderWrites } from './order-writes';
import { type DueWriteStatements, prepareDueWrites } from './record-due';
import { MERGE_ACCOUNT, MOVE_MERGED, MOVE_TRANSFERRED, TRANSFER_ACCOUNT } from './transfer-account';
import { prepareUserWrites, type UserWriteStatements } from './user-writes';
import { prepareWebhookWrites, type WebhookWriteStatements } from './webhook-writes';
import { preparingStatements, type Statement } from './statement';

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
    | 'moveTransferred'
    | 'moveMerged'
    | 'deleteNameValue',
    Statement
  >
> {
  readonly answers: AnswerWriteStatements;
  readonly due: DueWriteStatements;
  readonly erasures: ErasureWriteStatements;
  readonly events: EventWriteStatements;
  readonly lines: LineNumbers;
  readonly apiKeys: ApiKeyWriteStatements;
  readonly longWork: LongWorkWriteStatements;
  readonly orders: OrderWriteStatements;
  readonly users: UserWriteStatements;
  readonly webhooks: WebhookWriteStatements;
  readonly autoBills: AutoBillWriteStatements;
  readonly catalogue: CatalogueWrites;
}

const columns = (fields: readonly string[]) => fields.map(columnOf).join(', ');
const marks = (count: number) => Array(count).fill('?').join(', ');

/** Prepares those that have a file of their own. */
function prepareParts(database: Database) {
  return {
    answers: prepareAnswerWrites(database),
    due: prepareDueWrites(database),
    erasures: prepareErasureWrites(database),
    events: prepareEventWrites(database),
    lines: new LineNumbers(database),
    apiKeys: prepareApiKeyWrites(database),
    longWork: prepareLongWorkWrites(database),
    orders: prepareOrderWrites(database),
    users: prepareUserWrites(database),
    webhooks: prepareWebhookWrites(database),
    autoBills: prepareAutoBillWrites(database),
    catalogue: prepareCatalogueWrites(database),
  };
}

/** Prepares the statements that change data. */
export function prepareWrites(database: Database): WriteStatements {
  const prepare = preparingStatements(database);
  return {
    ...prepareParts(database),
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
      `INSERT INTO ledger (id, account_id, source, merchant_entitlement_id, source_id,
         at, merchant_id, action, actor, note, reason, soap_id, changes_access,
         before_start_at, before_end_at, before_description,
         after_start_at, after_end_at, after_description, previous_at)
       VALUES (${marks(19)}, (SELECT changed_at FROM entitlement WHERE account_id = ? AND source = ?
         AND merchant_entitlement_id = ? AND source_id = ?))`,
    ),
    setParent: prepare(
      'UPDATE account SET parent_merchant_account_id = ? WHERE id = ? AND merchant_id = ?',
    ),
    transferAccount: prepare(TRANSFER_ACCOUNT),
    moveTransferred: prepare(MOVE_TRANSFERRED),
    moveMerged: prepare(MOVE_MERGED),
    deleteNameValue: prepare('DELETE FROM name_value WHERE account_id = ? AND name = ?'),
    mergeAccount: prepare(MERGE_ACCOUNT),
  };
}
