/** Thousands of ids: what is compared grows with their number, not with its square. */
import { planAccess } from '../../src/entitlements/order-access';
import { followAccess } from '../../src/entitlements/subscription-access';

const NOW = 1_000_000;

/** Ids that count how often they are looked at. */
function counting(count: number, looks: { count: number }) {
  return Array.from({ length: count }, (_, index) => ({
    get merchantEntitlementId() {
      looks.count += 1;
      return `id${index}`;
    },
    sourceId: 'x',
    start: 0,
    end: undefined,
    description: undefined,
  }));
}

test.each([
  [
    'an AutoBill',
    (held: ReturnType<typeof counting>) =>
      followAccess(held, [], { back: 'grant', notBefore: 0, now: NOW }),
  ],
  [
    'an order',
    (held: ReturnType<typeof counting>) =>
      planAccess(
        held,
        { merchantEntitlementIds: new Set(), restated: new Set(), back: 'grant' },
        NOW,
      ),
  ],
])(
  '%s: each is looked at a few times, and others have their turn between parts',
  (_name, change) => {
    const looks = { count: 0 };
    const count = 5000;
    let most = 0;
    let before = 0;
    let changes = 0;
    for (const one of change(counting(count, looks))) {
      if (one) {
        changes += 1;
      } else {
        most = Math.max(most, looks.count - before);
        before = looks.count;
      }
    }
    expect(changes).toBe(count);
    expect(looks.count).toBeLessThan(10 * count);
    expect(most).toBeLessThan(count);
  },
);
