/** The fast way of reading XML agrees with the parser, or leaves the document to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAnyXml } from '../../src/soap/parser';
import { readPlainXml } from '../../src/soap/plain-xml';
import { mutateBytes, mutateXml } from '../fuzz/mutate';
import { CASES, listCases } from '../harness/cases';
import { splitAtBlankLine } from '../harness/send';
import { Random } from './random-value';

const PLAIN: ReadonlyArray<[what: string, xml: string]> = [
  ['an empty element', '<a/>'],
  ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<a>1</a>\n'],
  ['a declaration in single quotes', "<?xml version='1.0' standalone='yes' ?><a ></a >"],
  ['nested elements, white space kept', '<a>\n  <b> 1 </b>\t<b/>x\n</a>'],
  ['line ends of other systems', '<a>\r\n<b>1\r2</b></a>\r\n'],
  ['prefixes and defaults', '<p:a xmlns:p="urn:p" xmlns="urn:d"><b xmlns=""><p:c/></b><b/></p:a>'],
  ['a prefix that is declared after its use', '<p:a p:b="1" xmlns:p="urn:p"/>'],
  ['a prefix that is declared anew', '<p:a xmlns:p="1"><p:a xmlns:p="2"/><p:a/></p:a>'],
  ['attributes of one name, of two namespaces', '<a b="1" p:b="2" xmlns:p="urn:p"/>'],
  ['attributes in white space', '<a\n\tb = "1"/>'.replace(' = ', '=')],
  ['a quote in the other quotes', `<a b="'" c='"'/>`],
  ['a > in text and values', '<a b=">">></a>'],
  ['references', '<a b="&amp;&#65;">&lt;&gt;&quot;&apos;&#x20AC;&#13;</a>'],
  [
    'references here and there',
    '<a x="1" y="&lt;2" z="3"><b>4</b><b>5&gt;</b><b c="&quot;" d="6">7</b>&amp;<b/>8<b>&#65;</b></a>',
  ],
  ['names with digits, dots and hyphens', '<a-1.b_2 _c.d="1"/>'],
  ['text beyond ASCII', '<a>Zoë €</a>'],
  [
    'an xsi:type',
    '<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="urn:x"><b i:type=" x:t "/><b i:type="t"/><b i:type="y:t"/></a>',
  ],
];

test.each(PLAIN)('read as by the parser: %s', (_what, xml) => {
  expect(readPlainXml(xml)).toEqual(parseAnyXml(xml));
});

const LEFT: readonly string[] = [
  ...['', ' ', 'a', '<', '<a', '<a>', '</a>', '<a/><b/>', '<a></b>', '<a></a', '<a/>x', 'x<a/>'],
  ...['<a></ab>', '<ab></a>', '< a/>', '<a / >', '<a/ >', '<1/>', '<:a/>', '<a:/>', '<a:b:c/>'],
  ...['<a b/>', '<a b=1/>', '<a b="1/>', '<a b="1"c="2"/>', '<a b="<"/>', '<a b="\n"/>'],
  ...['<a b="1" b="2"/>', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>', '<p:a/>', '<a p:b="1"/>'],
  ...['<a xmlns:p=""/>', '<a xmlns:xml="u"/>', '<a xmlns:xmlns="u"/>', '<xmlns:a/>'],
  ...['<a xmlns="http://www.w3.org/2000/xmlns/"/>', '<a xmlns:p=" urn:p "/>', '<a xml:lang="en"/>'],
  ...['<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>', '<a xmlns="u" xmlns="v"/>'],
  ...[
    '<a>&b;</a>',
    '<a>&amp</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#x1F600;</a>',
  ],
  ...['<a>&#99999999;</a>', '<a>&#X41;</a>', '<a>]]></a>', '<a>\u0001</a>', '<a>\ufffe</a>'],
  ...['<a>\ud800</a>', '<a>😀</a>', '<é/>', '<aé/>', '<a><!-- x --></a>', '<a><![CDATA[x]]></a>'],
  ...['<!DOCTYPE a><a/>', '<?x y?><a/>', '<a><?x y?></a>', ' <?xml version="1.0"?><a/>'],
  ...['<?xml version="1.1"?><a/>', '<?xml version="1.0" encoding="1"?><a/>', '<?xml?><a/>'],
  ...[`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`, `<a${attributes(17)}/>`],
];

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => ` a${index}="1"`).join('');
}

test.each(LEFT)('left to the parser: %j', (xml) => {
  expect(readPlainXml(xml)).toBeUndefined();
});

const BODIES = listCases().flatMap(({ name, steps }) =>
  steps.map(({ request }) => splitAtBlankLine(readFileSync(join(CASES, name, request), 'utf8'))[1]),
);

/** The parser's result; undefined where it refuses the text. */
function parsed(xml: string): unknown {
  try {
    return parseAnyXml(xml);
  } catch {
    return undefined;
  }
}

test('nearly every request of the wire cases is read the fast way, and as by the parser', () => {
  const read = BODIES.filter((body) => readPlainXml(body) !== undefined);
  for (const body of read) expect(readPlainXml(body)).toEqual(parseAnyXml(body));
  expect(read.length).toBeGreaterThan(0.9 * BODIES.length);
});

test('damaged requests are read as by the parser, or left to it', () => {
  const random = new Random('plain');
  let read = 0;
  for (let count = 0; count < 5000; count += 1) {
    const body = random.pick(BODIES);
    const xml =
      random.next() < 0.6
        ? mutateXml(body, random)
        : mutateBytes(Buffer.from(body), random).toString('latin1');
    const plain = readPlainXml(xml);
    if (plain === undefined) continue;
    read += 1;
    const expected = JSON.stringify(parsed(xml));
    if (JSON.stringify(plain) !== expected) throw new Error(`${xml}\nis read otherwise`);
  }
  expect(read).toBeGreaterThan(1000);
});
