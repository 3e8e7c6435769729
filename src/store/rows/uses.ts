/** Uses of the catalogue as both drivers count them. */
import type { Uses } from '../uses';

/** A use. */
export interface UseRow {
  /** The account; undefined: it is over. */
  readonly accountId: number | undefined;
}

/** Whether an AutoBill may entitle at a moment `:now` or later, as far as its row says. */
export const MAY_ENTITLE = `failed_at IS NULL
  AND (ends_at IS NULL OR ends_at > :now) AND (grace_until IS NULL OR grace_until > :now)
  AND (cancelled_at IS NULL OR ends_at IS NOT NULL)`;

/** Counts accounts among uses of which one more was asked for than the limit. */
export function countUses(rows: readonly UseRow[], limit: number): Uses {
  const accounts = new Set<number>();
  for (const { accountId } of rows.slice(0, limit)) {
    if (accountId !== undefined) accounts.add(accountId);
  }
  return { accounts: accounts.size, isCut: rows.length > limit };
}
