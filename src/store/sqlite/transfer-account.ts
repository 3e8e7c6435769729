/** Has an account's names and belongings go to another. */

/** One that gets its own back follows none. */
export const TRANSFER_ACCOUNT = `UPDATE account SET
         transferred_to = CASE id WHEN :target THEN NULL ELSE :target END,
         parent_merchant_account_id =
           CASE id WHEN :source THEN NULL ELSE parent_merchant_account_id END
       WHERE id IN (:source, :target) AND +merchant_id = :merchant`;

/** Accounts transferred to the source follow, and those merged into it by an earlier version; some at a time. */
export const MOVE_TRANSFERRED = `UPDATE account SET transferred_to = :target
  WHERE id IN (SELECT id FROM account WHERE transferred_to = :source LIMIT +:limit)`;
export const MOVE_MERGED = `UPDATE account SET merged_into = :target
  WHERE id IN (SELECT id FROM account WHERE merged_into = :source LIMIT +:limit)`;

/** Every name of `source` means `target`. With the plus sign a merchant's accounts are not all looked at. */
export const MERGE_ACCOUNT = `UPDATE account
  SET merged_into = :target, parent_merchant_account_id = NULL
  WHERE (id = :source OR merged_into = :source) AND +merchant_id = :merchant`;
