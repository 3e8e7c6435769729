/** Has an account's names and belongings go to another. */

/**
 * Accounts merged into the source or transferred to it follow; one that gets its own back follows none.
 */
export const TRANSFER_ACCOUNT = `UPDATE account SET
         merged_into = CASE merged_into WHEN :source THEN :target ELSE merged_into END,
         transferred_to = CASE WHEN id = :target THEN NULL
           WHEN id = :source OR transferred_to = :source THEN :target ELSE transferred_to END,
         parent_merchant_account_id =
           CASE id WHEN :source THEN NULL ELSE parent_merchant_account_id END
       WHERE (id IN (:source, :target) OR merged_into = :source OR transferred_to = :source)
         AND +merchant_id = :merchant`;

/** Every name of `source` means `target`. With the plus sign a merchant's accounts are not all looked at. */
export const MERGE_ACCOUNT = `UPDATE account
  SET merged_into = :target, parent_merchant_account_id = NULL
  WHERE (id = :source OR merged_into = :source) AND +merchant_id = :merchant`;
