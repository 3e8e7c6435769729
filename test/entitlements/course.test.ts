/** The effect on access of a change, of time alone, and of two entitlements together. */
import { changesAccess, join, nextChange } from '../../src/entitlements/course';
import type { EntitlementState } from '../../src/entitlements/entitlement';

const NOW = 100;
const state = (start: number, end?: number, description?: string): EntitlementState => ({
  start,
  end,
  description,
});

describe('changesAccess at 100', () => {
  test.each([
    ['a new one, even one that is over', undefined, state(1, 2), true],
    ['another end', state(1, 200), state(1, 300), true],
    ['an end', state(1), state(1, 300), true],
    ['no end any more', state(1, 300), state(1), true],
    ['a start moved past now', state(1), state(200), true],
    ['a start moved before now', state(200), state(1), true],
    ['a start that moves within the past', state(1), state(2), false],
    ['a start that moves within the future', state(200), state(300), false],
    ['a description', state(1, 200, 'a'), state(1, 200, 'b'), false],
    ['nothing', state(1, 200), state(1, 200), false],
  ])('%s', (_title, before, after, expected) => {
    expect(changesAccess(before, after, NOW)).toBe(expected);
  });
});

describe('nextChange at 100', () => {
  test.each([
    ['still to come', state(200, 300), { action: 'start', at: 200 }],
    ['still to come, without end', state(200), { action: 'start', at: 200 }],
    ['begins now', state(100, 300), { action: 'expire', at: 300 }],
    ['in force', state(1, 300), { action: 'expire', at: 300 }],
    ['in force, without end', state(1), undefined],
    ['ends now', state(1, 100), undefined],
    ['over', state(1, 2), undefined],
    ['withdrawn before it began', state(200, 200), undefined],
  ])('%s', (_title, of, expected) => {
    expect(nextChange(of, NOW)).toEqual(expected);
  });
});

describe('join at 100', () => {
  test.each([
    ['nothing', undefined, state(1, 2), state(1, 2)],
    ['both in force: from the earlier start', state(5, 200), state(1, 150), state(1, 200)],
    ['to the later end', state(1, 150), state(5, 200), state(1, 200)],
    ['without end where one has none', state(1, 150), state(5), state(1)],
    ['a gap is closed', state(1, 150), state(170, 200), state(1, 200)],
    ['the first is over: the other', state(1, 50), state(60, 200, 'b'), state(60, 200, 'b')],
    ['the other is over: the first', state(60, 200, 'a'), state(1, 50), state(60, 200, 'a')],
    ['both are over: the first', state(1, 60), state(1, 50), state(1, 60)],
    ['both are over, the first before: it all the same', state(1, 50), state(1, 60), state(1, 50)],
    ['the first description', state(1, 200, 'a'), state(1, 200, 'b'), state(1, 200, 'a')],
    ['the other description', state(1, 200), state(1, 200, 'b'), state(1, 200, 'b')],
  ])('%s', (_title, one, other, expected) => {
    expect(join(one, other, NOW)).toEqual(expected);
  });
});
