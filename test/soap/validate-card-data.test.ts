/** Strict validation looks at payment data, and never shows what is in it. */
import { problemsOf } from './strict-problems';

describe('card data', () => {
  const card = '<creditCard><account>4111111111111111</account></creditCard>';
  const method = (content: string) => problemsOf(`<paymentMethods>${content}</paymentMethods>`);

  test('is looked at', () => {
    expect(method(card)).toEqual([]);
    expect(method('<creditCard><acount>1</acount></creditCard>')[0]).toContain(
      '/update/account/paymentMethods[1]/creditCard/acount: unknown element; expected ',
    );
  });

  test.each([
    ['as a bad value', '<active>4111111111111111</active>'],
    ['as a value outside the enumeration', '<type>4111111111111111</type>'],
    ['as text', '4111111111111111'],
    ['as an xsi:type', '<VID i:type="n4111111111111111">1</VID>'],
    ['as an attribute', '<VID number="4111111111111111">1</VID>'],
    ['in an unknown element', '<creditCard><cardNumber>4111111111111111</cardNumber></creditCard>'],
    ['in an element too many', `${card}${card}`],
    ['in a nil element', '<creditCard i:nil="1"><account>4111111111111111</account></creditCard>'],
    ['as a reference', '<creditCard href="#4111111111111111"/>'],
  ])('is not quoted: %s', (_title, content) => {
    const found = method(content);
    expect(found).not.toEqual([]);
    expect(found.join(' ')).not.toContain('4111');
  });
});
