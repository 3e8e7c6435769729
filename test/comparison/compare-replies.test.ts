/** What counts as a difference between two replies, and what doesn't. */
import { IGNORED_TYPES } from '../../src/cashbox/ignored-types';
import { compareExactly, compareReplies } from '../../src/comparison/compare-replies';
import { describeDifference } from '../../src/comparison/difference';
import { Ids } from '../../src/comparison/ids';
import { readRule, type Rule } from '../../src/comparison/rules';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { parseXml } from '../../src/soap/parser';
import { contract } from '../proxy/proxy';

const VID = (digit: string) => digit.repeat(40);

const REPLY = `<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<r xmlns="http://soap.vindicia.com/v22_0/Account" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><return xmlns="">
<returnCode>200</returnCode><returnString>OK ${VID('a')}</returnString><soapId>${VID('1')}</soapId></return>
<account xmlns=""><VID>${VID('a')}</VID><merchantAccountId>ada</merchantAccountId><name>Ada</name>
<warnBeforeAutobilling>1</warnBeforeAutobilling>
<paymentMethods><VID>${VID('b')}</VID></paymentMethods>
<entitlements><merchantEntitlementId>x</merchantEntitlementId><endTimestamp>2024-06-01T05:00:00-07:00</endTimestamp></entitlements>
<entitlements><merchantEntitlementId>y</merchantEntitlementId><active>1</active></entitlements>
</account></r></s:Body></s:Envelope>`.replaceAll(/(<\/?)r(?=[ >])/g, '$1fetchByVidResponse');

interface Circumstances {
  readonly status?: number;
  readonly rules?: readonly string[];
  readonly tolerance?: number;
  readonly shift?: number;
  readonly ids?: Ids;
}

/** The sentences about a reply that is changed from the one above. */
function differences(change: (text: string) => string, options: Circumstances = {}): string[] {
  const { status = 200, rules = [], tolerance = 0, shift = 0, ids = new Ids() } = options;
  const found = compareReplies(
    { status: 200, contentType: 'text/xml; charset=utf-8', text: REPLY },
    { status, contentType: 'text/xml', text: change(REPLY) },
    {
      contract,
      ignoredTypes: IGNORED_TYPES,
      dateTime: createDateTimeFormat('UTC'),
      rules: rules.map((rule) => readRule(rule) as Rule),
      ids,
      moments: { tolerance, shift },
    },
  );
  return found.differences.map(describeDifference);
}

const swap = (one: string, other: string) => (text: string) =>
  text.replace(one, '§').replace(other, one).replace('§', other);

const put = (before: string, after: string) => (text: string) => {
  const changed = text.replace(before, after);
  if (changed === text) throw new Error(`${before} is not there`);
  return changed;
};

test.each<[string, (text: string) => string]>([
  ['nothing', (text) => text],
  ['white space between elements', (text) => text.replaceAll('\n', ' ')],
  ['prefixes', (text) => text.replace(/(<\/?)s:/g, '$1soap:').replace('xmlns:s=', 'xmlns:soap=')],
  [
    'ids that the server made',
    (text) => text.replaceAll(VID('a'), VID('c')).replaceAll(VID('1'), VID('2')),
  ],
  [
    'payment data',
    put(
      `<paymentMethods><VID>${VID('b')}</VID></paymentMethods>`,
      '<paymentMethods>***</paymentMethods>',
    ),
  ],
  ['no payment data', put(`<paymentMethods><VID>${VID('b')}</VID></paymentMethods>`, '')],
  ['what was hidden', put('<name>Ada', '<name>***')],
  [
    'types that one of them says',
    put('<active>', '<active xsi:type="xsd:boolean" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'),
  ],
])('the same: %s', (_name, change) => {
  expect(differences(change)).toEqual([]);
});

test.each<[string, (text: string) => string, string[]]>([
  ['another value', put('<name>Ada', '<name>Bob'), ['account.name is "Bob"; expected "Ada"']],
  [
    'a value of a list',
    put('<active>1', '<active>0'),
    ['account.entitlements[1].active is "0"; expected "1"'],
  ],
  [
    'a wrong type',
    put('<active>1', '<active>yes'),
    ['account.entitlements[1].active has the type of "yes"; expected one like "1"'],
  ],
  [
    'a value in place of elements',
    put('<merchantEntitlementId>y</merchantEntitlementId><active>1</active>', 'y'),
    ['account.entitlements[1] has the type of "y"; expected one like "<…>"'],
  ],
  ['a missing element', put('<name>Ada</name>', ''), ['account.name is missing']],
  [
    'a missing object',
    put('<return xmlns="">', '<return xmlns=""><x/>'),
    ['return.x is unexpected'],
  ],
  [
    'an object more',
    put(
      '</account>',
      '<entitlements><merchantEntitlementId>z</merchantEntitlementId></entitlements></account>',
    ),
    ['account.entitlements[2] is unexpected'],
  ],
  [
    'one of a list less',
    (text) => text.replace(/<entitlements><merchantEntitlementId>x.*?<\/entitlements>/s, ''),
    ['account.entitlements[0] is missing'],
  ],
  [
    'another order',
    swap('<name>Ada</name>', '<merchantAccountId>ada</merchantAccountId>'),
    [
      'account has the order VID, name, merchantAccountId, warnBeforeAutobilling, entitlements; expected VID, merchantAccountId, name, warnBeforeAutobilling, entitlements',
    ],
  ],
  [
    'another order of a list',
    swap(
      '<merchantEntitlementId>x</merchantEntitlementId><endTimestamp>2024-06-01T05:00:00-07:00</endTimestamp>',
      '<merchantEntitlementId>y</merchantEntitlementId><active>1</active>',
    ),
    ['account.entitlements[1] has the order another place; expected its place'],
  ],
  [
    'another code, and what follows of it',
    (text) =>
      put(
        '>200<',
        '>404<',
      )(text)
        .replace(/<account.*<\/account>/s, '')
        .replace(`OK ${VID('a')}`, 'None'),
    [
      'return.returnCode is "404"; expected "200"',
      `return.returnString is "None"; expected "OK ${VID('a')}"`,
    ],
  ],
  [
    'a boolean written otherwise',
    put('<active>1', '<active>true'),
    ['account.entitlements[1].active is written "true"; expected "1"'],
  ],
  [
    'a moment written otherwise',
    put('2024-06-01T05:00:00-07:00', '2024-06-01T12:00:00Z'),
    [
      'account.entitlements[0].endTimestamp is written "2024-06-01T12:00:00Z"; expected "2024-06-01T05:00:00-07:00"',
    ],
  ],
  [
    'a moment a second later',
    put('05:00:00-07:00', '05:00:01-07:00'),
    [
      'account.entitlements[0].endTimestamp is "2024-06-01T05:00:01-07:00"; expected "2024-06-01T05:00:00-07:00"',
    ],
  ],
  [
    'another namespace',
    put('v22_0', 'v21_0'),
    [
      'the reply is "{http://soap.vindicia.com/v21_0/Account}fetchByVidResponse"; expected "{http://soap.vindicia.com/v22_0/Account}fetchByVidResponse"',
    ],
  ],
  [
    'a qualified element',
    put('<account xmlns="">', '<account>'),
    ['account is "{http://soap.vindicia.com/v22_0/Account}account"; expected "account"'],
  ],
  ['no SOAP', () => '<p/>', ['the reply is "no SOAP envelope"; expected "a SOAP envelope"']],
  ['no XML', () => 'oops', ['the reply is "no SOAP envelope"; expected "a SOAP envelope"']],
])('different: %s', (_name, change, expected) => {
  expect(differences(change)).toEqual(expected);
});

test('HTTP’s status', () => {
  expect(differences((text) => text, { status: 500 })).toEqual(['status is "500"; expected "200"']);
});

test('an id belongs to one other, in replies of later, too', () => {
  const ids = new Ids();
  const other = (digit: string) => (text: string) => text.replaceAll(VID('a'), VID(digit));
  expect(differences(other('c'), { ids })).toEqual([]);
  expect(ids.translate(`<VID>${VID('a')}</VID>`)).toBe(`<VID>${VID('c')}</VID>`);
  expect(differences(other('d'), { ids })).toEqual([
    `return.returnString is "OK ${VID('d')}"; expected "OK ${VID('a')}"`,
    `account.VID is "${VID('d')}"; expected "${VID('a')}"`,
  ]);
});

describe('moments', () => {
  const later = (seconds: number) => (text: string) =>
    text.replace('05:00:00-07:00', `05:00:${String(seconds).padStart(2, '0')}-07:00`);
  test.each([
    ['within the tolerance', later(5), { tolerance: 5000 }, 0],
    ['beyond it', later(6), { tolerance: 5000 }, 1],
    ['moved with the call', later(40), { tolerance: 1000, shift: 40_500 }, 0],
    ['not moved with the call', later(0), { tolerance: 1000, shift: 40_500 }, 0],
    ['moved half as far', later(20), { tolerance: 1000, shift: 40_500 }, 1],
  ])('%s', (_name, change, options, number) => {
    expect(differences(change, options)).toHaveLength(number);
  });
});

describe('rules', () => {
  const both = (text: string) =>
    put('<active>1', '<active>true')(put('<name>Ada', '<name>Bob')(text));
  test.each([
    ['account.name', ['account.entitlements[1].active']],
    ['account', []],
    ['account.*', []],
    ['account.entitlements.active', ['account.name']],
    ['account.entitlements[1]', ['account.name']],
    ['account.entitlements[0]', ['account.name', 'account.entitlements[1].active']],
    ['form:account', ['account.name']],
    ['value:*', ['account.entitlements[1].active']],
    ['acc', ['account.name', 'account.entitlements[1].active']],
  ])('%s', (rule, left) => {
    const paths = differences(both, { rules: [rule] }).map((text) => text.split(' ')[0]);
    expect(paths).toEqual(left);
  });

  test.each(['', 'colour:account', 'a b', ':x', 'value:'])('%j is none', (text) => {
    expect(readRule(text)).toBeUndefined();
  });
});

describe('exactly', () => {
  const exactly = (change: (text: string) => string) =>
    compareExactly(parseXml(REPLY), parseXml(change(REPLY))).differences.map(({ kind }) => kind);

  test.each<[string, (text: string) => string, string[]]>([
    ['nothing', (text) => text, []],
    [
      'prefixes',
      (text) => text.replace(/(<\/?)s:/g, '$1soap:').replace('xmlns:s=', 'xmlns:soap='),
      [],
    ],
    ['an id', put(VID('1'), VID('2')), ['value']],
    ['payment data', put(VID('b'), VID('c')), ['value']],
    ['a space in a text', put('<name>Ada', '<name>Ada '), ['value']],
    ['an attribute', put('<name>', '<name a="b">'), ['value']],
    ['a type', put('<name>', '<name xsi:type="x">'), ['type']],
    ['an element more', put('<name>', '<x/><name>'), ['unexpected']],
    [
      'elements in other runs',
      (text) =>
        put(
          '</entitlements>',
          '</entitlements><name>Ada</name>',
        )(put('<name>Ada</name>', '')(text)),
      ['order'],
    ],
    [
      'a list in other runs',
      (text) =>
        put('<VID>', '<entitlements/><VID>')(put('</account>', '<entitlements/></account>')(text)),
      ['order'],
    ],
  ])('%s', (_name, change, kinds) => {
    const found = exactly(change);
    expect(kinds.every((kind) => found.includes(kind as never))).toBe(true);
    expect(found.length === 0).toBe(kinds.length === 0);
  });
});
