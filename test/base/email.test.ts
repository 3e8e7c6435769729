/** E-mail addresses with letters of any script. */
import { keptAddress, spellingsOf, toAsciiAddress } from '../../src/base/email';

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['user@exämple.de', 'user@xn--exmple-cua.de'],
  ['jürgen@example.de', 'jxrgen@example.de'],
  ['用户@例え.jp', 'xx@xn--r8jz45g.jp'],
  ['a\u200bb@example.de', undefined],
  ['a😀@example.de', undefined],
  ['user@exä mple.de', undefined],
  ['user@ä..de', 'user@xn--4ca..de'],
])('%j in ASCII: %s', (address, ascii) => {
  expect(toAsciiAddress(address)).toBe(ascii);
});

test.each([
  ['Ada@Example.COM', 'Ada@Example.COM'],
  ['user@EXÄMPLE.de', 'user@exämple.de'],
  ['u\u0308@exa\u0308mple.de', 'ü@exämple.de'],
  ['user@xn--exmple-cua.de', 'user@xn--exmple-cua.de'],
])('%j is kept as %s', (address, kept) => {
  expect(keptAddress(address)).toBe(kept);
});

test.each([
  ['Ada@Example.com', ['Ada@Example.com']],
  ['no address', ['no address']],
  ['u\u0308@example.de', ['u\u0308@example.de', 'ü@example.de']],
  ['user@exämple.de', ['user@exämple.de', 'user@xn--exmple-cua.de']],
  ['user@xn--exmple-cua.de', ['user@xn--exmple-cua.de', 'user@exämple.de']],
  ['user@EXÄMPLE.de', ['user@EXÄMPLE.de', 'user@exämple.de', 'user@xn--exmple-cua.de']],
])('%j may be kept as %j', (address, spellings) => {
  expect(spellingsOf(address)).toEqual(spellings);
});
