/** The limits of a request: at the limit it is read, beyond it the Fault names the limit. */
import type { SoapFault } from '../../src/soap/fault';
import { parseAnyXml, parseXml, parseXmlInTurns } from '../../src/soap/parser';
import { parseSrd } from '../../src/soap/srd';
import {
  MAX_ATTRIBUTES,
  MAX_DEPTH,
  MAX_ELEMENTS,
  MAX_NAME,
  MAX_PREFIXES,
} from '../../src/soap/xml-element';

const repeated = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

const LIMITS: ReadonlyArray<[name: string, limit: number, document: (size: number) => string]> = [
  ['elements', MAX_ELEMENTS, (size) => `<a>${'<b/>'.repeat(size - 1)}</a>`],
  [
    'attributes on one element',
    MAX_ATTRIBUTES,
    (size) => `<a${repeated(size, (n) => ` a${n}=""`)}/>`,
  ],
  [
    'prefixes in scope',
    MAX_PREFIXES,
    (size) => {
      const declared = (from: number, to: number) =>
        repeated(to - from, (n) => ` xmlns:p${from + n}="urn:p"`);
      return `<a${declared(0, 60)}><b${declared(60, size)}/></a>`;
    },
  ],
  ['characters in a name', MAX_NAME, (size) => `<${'a'.repeat(size)}/>`],
  ['characters in a name', MAX_NAME, (size) => `<a ${'b'.repeat(size)}=""/>`],
];

describe.each([
  ['plain', parseXml],
  ['by the parser alone', parseAnyXml],
])('%s', (_way, parse) => {
  test.each(LIMITS)('%s: %i and no more', (name, limit, document) => {
    expect(() => parse(document(limit))).not.toThrow();
    expect(faultOf(() => parse(document(limit + 1)))).toBe(
      `The request has more than ${limit} ${name}.`,
    );
  });

  test('depth', () => {
    const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(() => parse(nested(MAX_DEPTH))).not.toThrow();
    expect(faultOf(() => parse(nested(MAX_DEPTH + 1)))).toContain('nested deeper');
  });
});

function faultOf(parse: () => unknown): string | undefined {
  try {
    parse();
  } catch (error) {
    return (error as SoapFault).faultstring;
  }
  return undefined;
}

test('a prefix counts only where it is in scope', () => {
  const declared = repeated(60, (n) => ` xmlns:p${n}="urn:p"`);
  const xml = `<a><b${declared}/><b${declared}/><!-- --></a>`;
  expect(() => parseXml(xml)).not.toThrow();
});

test.each([
  ['plain', ''],
  ['for the parser', '<!-- -->'],
  ['for the parser in the end', '', '<!-- -->'],
])('a long document, %s: read in several turns, the same', async (_, begin, end = '') => {
  const xml = `<a>${begin}${repeated(10_000, (n) => `<b c="${n}">é&amp;</b>`)}${end}</a>`;
  const reading = parseXmlInTurns(xml);
  expect(reading).toBeInstanceOf(Promise);
  const turn = new Promise((resolve) => setImmediate(() => resolve('a turn')));
  expect(await Promise.race([reading, turn])).toBe('a turn');
  expect(await reading).toEqual(parseAnyXml(xml));
});

test('an srd that names an element again and again takes work in proportion to its length', () => {
  const workFor = (count: number) => {
    const names = repeated(count, (n) => `${n ? ',' : ''}{"account":{"n${n}":{"a":true}}}`);
    const set = jest.spyOn(Map.prototype, 'set');
    parseSrd(`{"x":[${names}]}`);
    const work = set.mock.calls.length;
    set.mockRestore();
    return work;
  };
  expect(workFor(2000)).toBeLessThan(2.1 * workFor(1000));
});
