/** The statements that change a merchant's accounts. */
import { ACCOUNT_FIELDS, ADDRESS_FIELDS } from '../accounts';
import { MUTABLE_FIELDS } from '../rows/account-row';
import { columnOf } from '../rows/columns';
import type { Change, PrepareChange } from './query';

/** The rows that are given to another account by one statement. */
export const MOVED = 500;

const columns = (fields: readonly string[]) => fields.map(columnOf).join(', ');
const marks = (count: number) => Array(count).fill('?').join(', ');

/** Sets the values of an address anew. */
const ADDRESS_VALUES = ADDRESS_FIELDS.map(columnOf)
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/** Every change, prepared once. */
export type AccountWriteStatements = Readonly<
  Record<
    | 'insertAccount'
    | 'updateAccount'
    | 'saveAddress'
    | 'saveNameValue'
    | 'deleteTaxExemptions'
    | 'insertTaxExemption'
    | 'setParent'
    | 'mergeAccount'
    | 'transferAccount'
    | 'moveTransferred'
    | 'moveMerged'
    | 'deleteNameValue',
    Change
  >
>;

/** Accounts that one column makes others of: some at a time. */
const move = (column: string) => `UPDATE account SET ${column} = :target
  WHERE merchant_id = :merchant AND id = ANY(ARRAY(SELECT id FROM account
    WHERE merchant_id = :merchant AND ${column} = :source LIMIT ${MOVED}))`;

/** Prepares them. */
export function prepareAccountWrites(change: PrepareChange): AccountWriteStatements {
  return {
    insertAccount: change(
      `INSERT INTO account (merchant_id, ${columns(ACCOUNT_FIELDS)}, created_at, modified_at)
       VALUES (${marks(ACCOUNT_FIELDS.length + 3)}) RETURNING id`,
    ),
    updateAccount: change(
      `UPDATE account SET ${MUTABLE_FIELDS.map(columnOf)
        .map((column) => `${column} = coalesce(?, ${column})`)
        .join(', ')}, modified_at = ?
       WHERE id = ? AND merchant_id = ?`,
    ),
    saveAddress: change(
      `INSERT INTO address (merchant_id, account_id, ${columns(ADDRESS_FIELDS)})
       VALUES (${marks(ADDRESS_FIELDS.length + 2)})
       ON CONFLICT (merchant_id, account_id) DO UPDATE SET ${ADDRESS_VALUES}`,
    ),
    saveNameValue: change(
      `INSERT INTO name_value (merchant_id, account_id, name, value) VALUES (?, ?, ?, ?)
       ON CONFLICT (merchant_id, account_id, md5(name)) DO UPDATE SET value = excluded.value`,
    ),
    deleteNameValue: change(
      `DELETE FROM name_value WHERE merchant_id = :merchant AND account_id = :account
         AND md5(name) = md5(:name) AND name = :name`,
    ),
    deleteTaxExemptions: change(
      'DELETE FROM tax_exemption WHERE merchant_id = ? AND account_id = ?',
    ),
    insertTaxExemption: change(
      `INSERT INTO tax_exemption (merchant_id, account_id, position, region, exemption_id, active)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    setParent: change(
      'UPDATE account SET parent_merchant_account_id = ? WHERE id = ? AND merchant_id = ?',
    ),
    // One that gets its own back follows none.
    transferAccount: change(
      `UPDATE account SET
         transferred_to = CASE id WHEN :target THEN NULL ELSE :target END,
         parent_merchant_account_id =
           CASE id WHEN :source THEN NULL ELSE parent_merchant_account_id END
       WHERE merchant_id = :merchant AND id IN (:source, :target)`,
    ),
    // Accounts transferred to the source follow.
    moveTransferred: change(move('transferred_to')),
    moveMerged: change(move('merged_into')),
    // Every name of the source means the target.
    mergeAccount: change(
      `UPDATE account SET merged_into = :target, parent_merchant_account_id = NULL
       WHERE merchant_id = :merchant AND (id = :source OR merged_into = :source)`,
    ),
  };
}
