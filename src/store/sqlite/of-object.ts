/** Finds the entitlements that one object of a source gave. */

/**
 * The condition of those of one object of a source. The third term names the index; a slash is followed by a zero.
 * @param after the condition that says where they begin
 */
export const ofObject = (after: string) => `account_id = :account AND +source = :source
  AND source <> 'Account' AND source_id < :from || '0'
  AND (source_id = :from OR source_id >= :from || '/') AND ${after}
  ORDER BY source_id, merchant_entitlement_id LIMIT :limit`;
