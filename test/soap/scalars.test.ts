/** The texts that are values of the scalar types. */
import { BUILTIN_NAMES, type BuiltinName } from '../../src/contract/model';
import { createDateTimeFormat } from '../../src/soap/date-time';
import { describeScalar, readScalar, type ScalarType } from '../../src/soap/scalars';

const dateTime = createDateTimeFormat('UTC');
const builtin = (name: BuiltinName) => ({ kind: 'builtin', name }) as const;
const enumeration = (base: BuiltinName, ...values: string[]): ScalarType => ({
  kind: 'simple',
  name: 'Test',
  base: builtin(base),
  values: new Set(values),
});

describe('a value', () => {
  test.each<[BuiltinName, string, unknown]>([
    ['string', ' a ', ' a '],
    ['anyURI', 'a?b#c', 'a?b#c'],
    ['boolean', 'true', true],
    ['boolean', '0', false],
    ['int', '-2147483648', -2147483648],
    ['int', '+007', 7],
    ['integer', '+9223372036854775808', 9223372036854775808n],
    ['decimal', '-.50', '-.50'],
    ['decimal', '1.', '1.'],
    ['float', '-1.5E+10', '-1.5E+10'],
    ['float', '-INF', '-INF'],
    ['base64Binary', 'aGVs\n bG8=', 'aGVsbG8='],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2024-12-31+14:00', '2024-12-31+14:00'],
    ['dateTime', '1970-01-01T00:00:01Z', 1000],
  ])('%s: %s', (name, text, value) =>
    expect(readScalar(text, builtin(name), dateTime)).toBe(value),
  );

  test.each<[ScalarType, string, unknown]>([
    [enumeration('string', 'html', 'a b'), 'a b', 'a b'],
    [enumeration('int', '200', '404'), '404', 404],
    // An enumeration lists values, and one value may be written in several ways.
    [enumeration('int', '200', '404'), '+0404', 404],
  ])('%j: %s', (type, text, value) => expect(readScalar(text, type, dateTime)).toBe(value));
});

describe('no value', () => {
  test.each<[BuiltinName, string]>([
    ['boolean', 'TRUE'],
    ['boolean', 'yes'],
    ['int', '2147483648'],
    ['int', '1.0'],
    ['int', '0x10'],
    ['int', ''],
    ['integer', '1e3'],
    ['decimal', '.'],
    ['decimal', '1,5'],
    ['decimal', 'INF'],
    ['float', '+INF'],
    ['float', 'e5'],
    ['float', 'nan'],
    ['base64Binary', 'aGVsbG8'],
    ['base64Binary', 'aGVsbG9='],
    ['base64Binary', '=aGVsbG8'],
    ['base64Binary', 'aGVs-_8='],
    ['date', '2023-02-29'],
    ['date', '2024-2-9'],
    ['date', '2024-02-09T00:00:00'],
    ['date', '2024-02-09.5'],
    ['date', '2024-02-09+14:01'],
    ['date', '0000-01-01'],
    ['dateTime', '2024-02-09'],
  ])('%s: %p', (name, text) => expect(readScalar(text, builtin(name), dateTime)).toBeUndefined());

  test.each<[ScalarType, string]>([
    [enumeration('string', 'html'), 'HTML'],
    [enumeration('string', 'html'), ''],
    [enumeration('int', '200'), '201'],
    [enumeration('int', '200'), 'x'],
  ])('%j: %p', (type, text) => expect(readScalar(text, type, dateTime)).toBeUndefined());
});

test('every built-in says what it must be, an enumeration what it may be', () => {
  const texts = BUILTIN_NAMES.map((name) => describeScalar(builtin(name)));
  expect(new Set(texts).size).toBe(BUILTIN_NAMES.length);
  expect(describeScalar(enumeration('string', 'a', 'b'))).toBe('one of a, b');
});
