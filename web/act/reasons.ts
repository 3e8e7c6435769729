/** Why something is revoked, as the ledger keeps it. */
import type { Body } from '../api/request';

export type Reason = NonNullable<Body<'revokeOrder'>>['reason'];

const WORDS: Readonly<Record<Reason, string>> = {
  subscription_cancelled: 'Subscription cancelled',
  refunded: 'Refunded',
  payment_failed: 'Payment failed',
  policy_violation: 'Policy violation',
  other: 'Other',
};

/** All of them, with their words. */
export const REASONS = Object.entries(WORDS) as ReadonlyArray<readonly [Reason, string]>;
