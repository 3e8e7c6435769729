/** Strict validation: breaches of the WSDL, their places, and the expected form. */
import { AUTH, NAMESPACE, problemsOf, problemsOfBody, update } from './strict-problems';

describe('valid', () => {
  test.each([
    ['nothing but what is required', ''],
    ['white space between elements', '\n\t <VID>1</VID>\r\n '],
    ['comments and CDATA', '<!-- c --><name><![CDATA[<n>]]></name>'],
    ['repeated elements, beside one another', nameValues(3)],
    ['an empty string', '<VID/><name></name>'],
    ['white space around a value', '<warnBeforeAutobilling> 1\n</warnBeforeAutobilling>'],
    [
      'xsi:type of the declared type',
      '<VID i:type="x:string">1</VID><shippingAddress i:type="vin:Address"/>',
    ],
    ['xsi:type of a type derived from it', '<name i:type="vin:EmailPreference">html</name>'],
    [
      'xsi:schemaLocation',
      '<VID i:schemaLocation="urn:x x.xsd" i:noNamespaceSchemaLocation="y">1</VID>',
    ],
    ['a namespace that is only declared', '<VID xmlns:unused="urn:x">1</VID>'],
  ])('%s', (_title, account) => expect(problemsOf(account)).toEqual([]));

  test('without srd, where the version has none', () => {
    const before = AUTH.replace('22.0', '4.3');
    expect(problemsOf('', { before, version: 'v4_3' })).toEqual([]);
    expect(problemsOf('', { before })).toEqual([
      '/update/srd: missing element; expected before account.',
    ]);
  });
});

function nameValues(count: number): string {
  return '<nameValues><name>n</name><value>v</value></nameValues>'.repeat(count);
}

const EMAIL_PREFERENCE = '<emailTypePreference>text</emailTypePreference>';

describe('one problem', () => {
  test.each([
    [
      'an unknown element',
      '<VID>1</VID><merchantAcountId>1</merchantAcountId>',
      '/merchantAcountId: unknown element; expected merchantAccountId, externalId, ' +
        'parentMerchantAccountId, defaultCurrency, emailAddress, … or the end of account.',
    ],
    [
      'an unknown element after one that may be repeated',
      `${nameValues(1)}<x/>`,
      '/x: unknown element; expected nameValues, taxExemptions, tokenBalances, credit, ' +
        'entitlements, … or the end of account.',
    ],
    [
      'an unknown element before one that is required',
      '<taxExemptions><x/><active>1</active></taxExemptions>',
      '/taxExemptions[1]/x: unknown element; expected region, exemptionId or active.',
    ],
    [
      'a missing element',
      '<taxExemptions/>',
      '/taxExemptions[1]/active: missing element; expected before the end of taxExemptions.',
    ],
    [
      'a misplaced element',
      '<name>n</name><VID>1</VID>',
      '/VID: misplaced element; expected before name.',
    ],
    [
      'a misplaced element of many',
      `${nameValues(1)}<taxExemptions><active>1</active></taxExemptions>${nameValues(1)}`,
      '/nameValues[2]: misplaced element; expected beside the other nameValues.',
    ],
    ['an element too many', '<VID>1</VID><VID>1</VID>', '/VID: given more than once.'],
    [
      'an element too many, further down',
      '<VID>1</VID><name>n</name><VID>1</VID>',
      '/VID: given more than once.',
    ],
    [
      'a bad value',
      '<warnBeforeAutobilling>no</warnBeforeAutobilling>',
      '/warnBeforeAutobilling: "no" is not a boolean (true, false, 1 or 0).',
    ],
    [
      'an empty value',
      '<warnBeforeAutobilling/>',
      '/warnBeforeAutobilling: "" is not a boolean (true, false, 1 or 0).',
    ],
    [
      'white space that XML has not',
      '<warnBeforeAutobilling>\u00a01</warnBeforeAutobilling>',
      '/warnBeforeAutobilling: "\u00a01" is not a boolean',
    ],
    [
      'a value outside the enumeration',
      EMAIL_PREFERENCE,
      '/emailTypePreference: "text" is not one of plaintext, html, multipart.',
    ],
    [
      'white space around a string of an enumeration',
      EMAIL_PREFERENCE.replace('text', ' html'),
      '/emailTypePreference: " html" is not one of',
    ],
    [
      'a value of a derived xsi:type',
      '<name i:type="vin:EmailPreference">n</name>',
      '/name: "n" is not one of plaintext, html, multipart.',
    ],
    [
      'an element where a value is expected',
      '<VID><b/></VID>',
      '/VID: a value is expected, not the element b.',
    ],
    ['text where only elements may be', ' x <VID>1</VID>', ': text where only elements may be.'],
    [
      'a qualified child',
      '<v:VID xmlns:v="urn:v">1</v:VID>',
      '/VID: qualified with the namespace "urn:v"; expected without one.',
    ],
    ['an unknown attribute', '<VID id="1">1</VID>', '/VID: unknown attribute id; expected none.'],
    [
      'xsi:nil',
      '<VID i:nil="true"/>',
      '/VID: xsi:nil on an element that is not nillable; expected a value.',
    ],
    [
      'xsi:nil, even if false',
      '<VID i:nil="0">1</VID>',
      '/VID: xsi:nil on an element that is not nillable; expected a value.',
    ],
    [
      'another xsi:type',
      '<VID i:type="x:int">1</VID>',
      '/VID: wrong xsi:type {http://www.w3.org/2001/XMLSchema}int; expected {http://www.w3.org/2001/XMLSchema}string.',
    ],
    [
      'another xsi:type of an object',
      '<shippingAddress i:type="vin:Account"/>',
      '/shippingAddress: wrong xsi:type {http://soap.vindicia.com/v22_0/Vindicia}Account; expected {http://soap.vindicia.com/v22_0/Vindicia}Address.',
    ],
    [
      'an xsi:type without a namespace',
      '<VID i:type="string">1</VID>',
      '/VID: wrong xsi:type {}string; expected',
    ],
    [
      'a reference',
      '<shippingAddress href="#a"/>',
      '/shippingAddress: SOAP encoding (a reference); expected literal XML.',
    ],
    [
      'a Map',
      '<shippingAddress i:type="a:Map"><item/></shippingAddress>',
      '/shippingAddress: SOAP encoding (a Map); expected literal XML.',
    ],
    [
      'an array',
      '<nameValues i:type="enc:Array"><item/></nameValues>',
      '/nameValues[1]: SOAP encoding (an array); expected literal XML.',
    ],
    [
      'the second of many',
      `${nameValues(1)}<nameValues><name>n</name><value/><x/></nameValues>`,
      '/nameValues[2]/x: unknown element; expected the end of nameValues.',
    ],
  ])('%s', (_title, account, problem) => {
    const found = problemsOf(account);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`/update/account${problem}`);
  });

  const unexpected = `unexpected in the Body; expected update of "${NAMESPACE}".`;

  test.each([
    ['no wrapper', `<auth/><account/>`, `/auth: ${unexpected}`],
    [
      'a wrapper without a namespace',
      update('')
        .replace(/v:|:v(?==)/g, '')
        .replace(/ xmlns="[^"]*"/, ''),
      `/update: without a namespace; expected "${NAMESPACE}".`,
    ],
    [
      'an xsi:type of the wrapper',
      update('').replace('<v:update ', '<v:update i:type="vin:update" '),
      '/update: wrong xsi:type {http://soap.vindicia.com/v22_0/Vindicia}update; expected none.',
    ],
    [
      'elements beside the message',
      `${update('')}<multiRef id="1" enc:root="0"/>`,
      `/multiRef: ${unexpected}`,
    ],
    [
      'a message that is not even there',
      '<v:update xmlns:v="http://soap.vindicia.com/v4_3/Account"/>',
      '/update/auth: missing element; expected before the end of update.',
    ],
  ])('%s', (_title, body, problem) => expect(problemsOfBody(body)[0]).toBe(problem));

  test.each([
    [
      'the envelope',
      'e:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"',
      ['/Envelope: SOAP encoding; expected literal XML.'],
    ],
    ['the envelope, though none', 'e:encodingStyle=""', []],
  ])('encodingStyle of %s', (_title, attributes, problems) =>
    expect(problemsOfBody(update(''), attributes)).toEqual(problems),
  );
});

describe('several problems', () => {
  test('stand in document order', () => {
    const before =
      '<auth><login>l</login><password>p</password><version>1</version></auth><srd i:nil="1"/>';
    const account = '<b/>t<VID>1</VID><warnBeforeAutobilling>x</warnBeforeAutobilling><a/><VID/>';
    expect(problemsOf(account, { before, on: ' c="1"' }).map((each) => each.split(';')[0])).toEqual(
      [
        '/update/auth/version: misplaced element',
        '/update/srd: xsi:nil on an element that is not nillable',
        '/update/account: unknown attribute c',
        '/update/account: text where only elements may be.',
        '/update/account/b: unknown element',
        '/update/account/warnBeforeAutobilling: "x" is not a boolean (true, false, 1 or 0).',
        '/update/account/a: unknown element',
        '/update/account/VID: given more than once.',
      ],
    );
  });

  test('end after the tenth', () => {
    expect(problemsOf('<a/>'.repeat(10))).toHaveLength(10);
    const found = problemsOf('<a/>'.repeat(11));
    expect(found).toHaveLength(11);
    expect(found.at(-1)).toBe('There is more.');
  });
});
