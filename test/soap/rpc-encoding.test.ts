/** Maps and arrays of SOAP encoding, as PHP writes them without a WSDL. */
import { parseXml } from '../../src/soap/parser';
import { toLiteral } from '../../src/soap/rpc-encoding';
import { showElement } from './show-element';

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const MAP = `${XSI} xmlns:a="http://xml.apache.org/xml-soap" xsi:type="a:Map"`;
const ARRAY = `${XSI} xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xsi:type="e:Array"`;
const ARRAY_12 = `${XSI} xmlns:e="http://www.w3.org/2003/05/soap-encoding" xsi:type="e:Array"`;

const entry = (key: string, value: string) =>
  `<item><key>${key}</key><value>${value}</value></item>`;

describe('toLiteral', () => {
  test.each([
    [
      'a Map → an element for each key',
      `<account ${MAP}>${entry('VID', '1')}${entry('name', 'a &amp; b')}</account>`,
      '<account><VID>1</VID><name>a & b</name></account>',
    ],
    [
      'a Map whose prefix is declared further up',
      `<w ${XSI} xmlns:m="http://xml.apache.org/xml-soap"><account xsi:type="m:Map">${entry('VID', '1')}</account></w>`,
      '<w><account><VID>1</VID></account></w>',
    ],
    [
      'a Map of the default namespace',
      `<account ${XSI} xmlns="http://xml.apache.org/xml-soap" xsi:type=" Map ">${entry('VID', '1')}</account>`,
      '<account><VID>1</VID></account>',
    ],
    [
      'a Map within a Map',
      `<a ${MAP}><item><key>b</key><value ${MAP}>${entry('c', '1')}</value></item></a>`,
      '<a><b><c>1</c></b></a>',
    ],
    ['an empty Map', `<account ${MAP}/>`, '<account/>'],
    [
      "a Map's key may follow its value, and have white space around it",
      `<a ${MAP}><item><value>1</value><key> b </key></item></a>`,
      '<a><b>1</b></a>',
    ],
    [
      'an item without key or value is left out',
      `<a ${MAP}><item><key>b</key></item><item><value>1</value></item><item/></a>`,
      '<a/>',
    ],
    [
      'nil stays nil',
      `<a ${MAP}><item><key>b</key><value ${XSI} xsi:nil="true"/></item></a>`,
      '<a><b nil/></a>',
    ],
    [
      'an array → its element repeated',
      `<a><b ${ARRAY}><item>1</item><item>2</item></b><c/></a>`,
      '<a><b>1</b><b>2</b><c/></a>',
    ],
    [
      'an array of SOAP 1.2, members of any name',
      `<a><b ${ARRAY_12}><x>1</x><y>2</y></b></a>`,
      '<a><b>1</b><b>2</b></a>',
    ],
    ['an empty array → nothing', `<a><b ${ARRAY}/><c/></a>`, '<a><c/></a>'],
    [
      'an array of Maps in a Map',
      `<a ${MAP}><item><key>b</key><value ${ARRAY}><item ${MAP}>${entry('c', '1')}</item><item ${MAP}>${entry('c', '2')}</item></value></item></a>`,
      '<a><b><c>1</c></b><b><c>2</c></b></a>',
    ],
  ])('%s', (_title, encoded, literal) => {
    expect(
      toLiteral([parseXml(encoded)])
        .map(showElement)
        .join(''),
    ).toBe(literal);
  });

  test.each([
    ['an untyped item', `<a>${entry('b', '1')}</a>`],
    [
      'a Map of another namespace',
      `<a ${XSI} xmlns:a="urn:x" xsi:type="a:Map">${entry('b', '1')}</a>`,
    ],
    ['a Map whose prefix is not declared', `<a ${XSI} xsi:type="a:Map">${entry('b', '1')}</a>`],
    ['a Struct', `<a ${ARRAY.replace('Array', 'Struct')}><b>1</b></a>`],
  ])('%s stays as it is', (_title, xml) => {
    const elements = [parseXml(xml)];
    expect(toLiteral(elements)).toBe(elements);
  });
});
