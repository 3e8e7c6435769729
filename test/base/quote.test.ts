/** Texts of a request, as messages show them. */
import { cut, MAX_QUOTED, quote } from '../../src/base/quote';

test('a quoted text is cut between characters, never within one', () => {
  expect(quote('😀'.repeat(MAX_QUOTED))).toBe(`"${'😀'.repeat(MAX_QUOTED)}"`);
  expect(quote('😀'.repeat(MAX_QUOTED + 1))).toBe(`"${'😀'.repeat(MAX_QUOTED)}…"`);
  const odd = cut(`a${'😀'.repeat(1000)}`);
  expect(odd).toBe(`a${'😀'.repeat(MAX_QUOTED - 1)}…`);
  expect(odd.isWellFormed()).toBe(true);
});

test('a text of the limit stays whole', () => {
  expect(cut('x'.repeat(MAX_QUOTED))).toBe('x'.repeat(MAX_QUOTED));
  expect(cut('x'.repeat(MAX_QUOTED + 1))).toBe(`${'x'.repeat(MAX_QUOTED)}…`);
});
