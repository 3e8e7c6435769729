/** Which texts may be kept, by a table of characters, and what is written of those that may not. */
import { findUnfit } from '../../src/base/text';
import { escapeAttribute, escapeText } from '../../src/contract/escape';
import { parseXml } from '../../src/soap/parser';

const FIT = [
  '',
  'plain',
  '\t\n\r ',
  '\x7f\x85',
  '\ud7ff\ue000\ufffd',
  '😀',
  '\u{10ffff}',
  'a\u0301',
];

const UNFIT: ReadonlyArray<[text: string, problem: string]> = [
  ['\0', 'character 1 is U+0000, which XML 1.0 lacks'],
  ['ab\x0b', 'character 3 is U+000B, which XML 1.0 lacks'],
  ['\x1f', 'character 1 is U+001F, which XML 1.0 lacks'],
  ['😀😀\x08', 'character 3 is U+0008, which XML 1.0 lacks'],
  ['\ud800', 'character 1 is U+D800, half of a surrogate pair'],
  ['a\udfff', 'character 2 is U+DFFF, half of a surrogate pair'],
  ['\udc00\ud800', 'character 1 is U+DC00, half of a surrogate pair'],
  ['\ufffe', 'character 1 is U+FFFE, which XML 1.0 lacks'],
  ['x\uffff', 'character 2 is U+FFFF, which XML 1.0 lacks'],
];

test.each(FIT)('fit: %j', (text) => {
  expect(findUnfit(text)).toBeUndefined();
  expect(parseXml(`<a>${escapeText(text)}</a>`).text).toBe(text);
  expect(parseXml(`<a b="${escapeAttribute(text)}"/>`).attributes[0]?.value).toBe(text);
});

test.each(UNFIT)('unfit: %j', (text, problem) => {
  expect(findUnfit(text)).toBe(problem);
  const written = text
    .toWellFormed()
    .replace(/[^ -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  expect(parseXml(`<a>${escapeText(text)}</a>`).text).toBe(written);
  expect(parseXml(`<a b="${escapeAttribute(text)}"/>`).attributes[0]?.value).toBe(written);
});
