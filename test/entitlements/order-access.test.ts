import {
  type Line,
  planAccess,
  removeLine,
  restoreLine,
  revokeLine,
  stateOf,
} from '../../src/entitlements/order-access';

const NOW = Date.parse('2024-06-01T12:00:00.500Z');
/** The last completed second. */
const ENDED = Date.parse('2024-06-01T11:59:59Z');

const ACTIVE: Line = { state: 'active', reason: undefined };
const REMOVED: Line = { state: 'removed', reason: undefined };
const revoked = (reason: Line['reason']): Line => ({ state: 'revoked', reason });

describe('stateOf: an order is', () => {
  test.each([
    ['active', [REMOVED, revoked('other'), ACTIVE]],
    ['revoked', [REMOVED, revoked('other')]],
    ['removed', [REMOVED, REMOVED]],
    ['removed', []],
  ])('%s', (state, lines) => {
    expect(stateOf(lines)).toBe(state);
  });
});

describe('revokeLine: the reason that counts', () => {
  test.each([
    [ACTIVE, 'refunded', 'refunded'],
    [revoked('payment_failed'), 'refunded', 'refunded'],
    [revoked('payment_failed'), 'other', 'other'],
    [revoked('other'), 'payment_failed', 'other'],
    [revoked('other'), 'policy_violation', 'policy_violation'],
    [revoked('refunded'), 'payment_failed', 'refunded'],
    [revoked('refunded'), 'other', 'refunded'],
    [revoked('refunded'), 'policy_violation', 'policy_violation'],
  ] as const)('%j, then %s: %s', (line, reason, counts) => {
    expect(revokeLine(line, reason)).toEqual(revoked(counts));
  });

  test('what was removed stays so', () => {
    expect(revokeLine(REMOVED, 'refunded')).toBe(REMOVED);
  });

  test('what does not change is the same object', () => {
    const line = revoked('refunded');
    expect(revokeLine(line, 'refunded')).toBe(line);
    expect(revokeLine(line, 'payment_failed')).toBe(line);
  });
});

describe('restoreLine', () => {
  test('restores what was revoked, whatever for', () => {
    expect(restoreLine(revoked('policy_violation'))).toEqual(ACTIVE);
  });

  test('with a reason, restores nothing else', () => {
    const refunded = revoked('refunded');
    expect(restoreLine(refunded, 'payment_failed')).toBe(refunded);
    expect(restoreLine(revoked('payment_failed'), 'payment_failed')).toEqual(ACTIVE);
  });

  test.each([[ACTIVE], [REMOVED]])('%j stays as it is', (line) => {
    expect(restoreLine(line)).toBe(line);
  });
});

test('removeLine forgets the reason, and does nothing the second time', () => {
  expect(removeLine(revoked('refunded'))).toEqual(REMOVED);
  expect(removeLine(REMOVED)).toBe(REMOVED);
});

describe('planAccess', () => {
  const held = (id: string, start: number, end?: number) => ({
    merchantEntitlementId: id,
    start,
    end,
    description: undefined,
  });
  const plan = (
    wanted: readonly string[],
    holding: ReturnType<typeof held>[],
    { restated = [], back = 'grant' }: { restated?: string[]; back?: 'grant' | 'restore' } = {},
  ) =>
    [
      ...planAccess(
        holding,
        { merchantEntitlementIds: new Set(wanted), restated: new Set(restated), back },
        NOW,
      ),
    ].map((change) => [
      change?.action,
      change?.merchantEntitlementId,
      change?.after.start,
      change?.after.end,
    ]);

  test('gives what is missing from the last completed second on, ordered by id', () => {
    expect(plan(['b', 'a'], [])).toEqual([
      ['grant', 'a', ENDED, undefined],
      ['grant', 'b', ENDED, undefined],
    ]);
  });

  test('leaves alone what is as it should be', () => {
    expect(plan(['a'], [held('a', 5), held('b', 5, 9)])).toEqual([]);
  });

  test('takes what is no longer wanted, as of the last completed second', () => {
    expect(plan([], [held('a', 5)])).toEqual([['revoke', 'a', 5, ENDED]]);
  });

  test('restores what has ended with the start that it had, or grants it anew', () => {
    expect(plan(['a'], [held('a', 5, 9)], { back: 'restore' })).toEqual([
      ['restore', 'a', 5, undefined],
    ]);
    expect(plan(['a'], [held('a', 5, 9)])).toEqual([['grant', 'a', ENDED, undefined]]);
  });

  test('writes a line of an earlier revocation, where its reason is another', () => {
    const holding = [held('a', 5, 9), held('b', 5, 9)];
    expect(plan([], holding, { restated: ['a'] })).toEqual([['revoke', 'a', 5, 9]]);
  });
});
