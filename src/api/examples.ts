/** Answers that the examples of several calls show, of one user who bought one offer. */
import type { z } from 'zod';
import type { Order, User } from './schemas';

/** The VID of the user's Account. */
export const USER_ID = '2f6a1c0e9b3d4857a6c1e0f2b4d6987015c3e7a9';

/** When the order came. */
export const CREATED = '2026-01-31T23:00:00.000Z';

/** From when on its access counts: decided in docs/decisions/at-once.md. */
export const START = '2026-01-31T22:59:59.000Z';

/** The line of the ledger that gave the access. */
export const AUDIT_LINE = {
  id: '5',
  at: CREATED,
  actor: 'shop',
  action: 'grant',
  requestId: '7d1f3b5907c2e4a6881b3d5f7092a4c6e8f0b1d3',
  source: 'Order' as const,
  orderId: 'A1',
  userId: USER_ID,
  merchantAccountId: 'ada@example.com',
  merchantEntitlementId: 'lessons',
  after: { start: START },
};

const held = (merchantEntitlementId: string) => ({
  merchantEntitlementId,
  active: true,
  start: START,
});

/** The order once it is granted. */
export const ACTIVE_ORDER: z.input<typeof Order> = {
  orderId: 'A1',
  email: 'ada@example.com',
  userId: USER_ID,
  active: true,
  state: 'active',
  failedPayments: 0,
  createdAt: CREATED,
  changedAt: CREATED,
  offers: [{ id: 'course-a', name: 'Course A', state: 'active' }],
  entitlements: [held('lessons'), held('videos')],
};

/** The same when it is revoked. @param reason why */
export function revokedOrder(reason: 'refunded' | 'other'): z.input<typeof Order> {
  const offers = ACTIVE_ORDER.offers.map((offer) => ({
    ...offer,
    state: 'revoked' as const,
    reason,
  }));
  const entitlements = ACTIVE_ORDER.entitlements.map((entitlement) => ({
    ...entitlement,
    active: false,
    end: START,
  }));
  return { ...ACTIVE_ORDER, active: false, state: 'revoked', offers, entitlements };
}

/** The user who has the order. */
export const BUYER: z.input<typeof User> = {
  id: USER_ID,
  email: 'ada@example.com',
  firstname: 'Ada',
  name: 'Lovelace',
  active: true,
  createdAt: CREATED,
  offers: [{ id: 'course-a', name: 'Course A', active: true }],
};
