/** References of SOAP encoding: their targets and their limits. */
import { parseXml } from '../../src/soap/parser';
import { resolveReferences, rootsOf } from '../../src/soap/references';
import { showElement } from './show-element';

const ENC = 'xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"';
const ENC_12 = 'xmlns:enc="http://www.w3.org/2003/05/soap-encoding"';

const bodyOf = (xml: string) => parseXml(`<body ${ENC}>${xml}</body>`).children;

/** Resolves the first element of a body. */
function resolve(xml: string): string {
  const body = bodyOf(xml);
  return resolveReferences(body.slice(0, 1), body).map(showElement).join('');
}

describe('a reference stands for', () => {
  test.each([
    [
      'an element beside the call',
      '<op><a href="#1"/></op><x id="1"><b>v</b></x>',
      '<a><b>v</b></a>',
    ],
    ['an element within the call', '<op><a href="#1"/><c id="1">v</c></op>', '<a>v</a><c>v</c>'],
    ['one that comes before it', '<op><c id="1">v</c><a href="#1"/></op>', '<c>v</c><a>v</a>'],
    [
      'what another refers to',
      '<op><a href="#1"/></op><x id="1" href="#2"/><y id="2">v</y>',
      '<a>v</a>',
    ],
    [
      'its own copy each time',
      '<op><a href="#1"/><b href="#1"/></op><x id="1">v</x>',
      '<a>v</a><b>v</b>',
    ],
    [
      'an element with references',
      '<op><a href="#1"/></op><x id="1"><b href="#2"/></x><y id="2">v</y>',
      '<a><b>v</b></a>',
    ],
    [
      'SOAP 1.2: enc:ref and enc:id',
      `<op ${ENC_12}><a enc:ref="1"/><x enc:id="1">v</x></op>`,
      '<a>v</a><x>v</x>',
    ],
  ])('%s', (_title, xml, expected) => expect(resolve(xml)).toBe(`<op>${expected}</op>`));

  test('the namespace of the reference counts, and the type of its target', () => {
    const body = bodyOf(
      '<op><a href="#1" xmlns="urn:a"/></op>' +
        '<x id="1" xmlns="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="T"/>',
    );
    expect(resolveReferences(body.slice(0, 1), body)[0]?.children[0]).toMatchObject({
      namespace: 'urn:a',
      name: 'a',
      type: { namespace: 'urn:x', name: 'T' },
    });
  });

  test('nothing at all: elements without references are not copied', () => {
    const body = bodyOf('<op><a id="1" root="0">v</a></op>');
    expect(resolveReferences(body, body)).toBe(body);
  });
});

/** A chain in which every element names the next one `width` times: width ** length in the end. */
function bomb(width: number, length: number, last: string): string {
  const links = Array.from({ length }, (_, index) => {
    const next = `<r href="#${index + 1}"/>`;
    return `<x id="${index}">${next.repeat(width)}</x>`;
  });
  return `<op><a href="#0"/></op>${links.join('')}<x id="${length}">${last}</x>`;
}

describe('refused', () => {
  test.each([
    [
      'nothing',
      '<op><a href="#9"/></op>',
      'The element a refers to "#9", but no element has that id.',
    ],
    ['a document', '<op><a href="http://x/y"/></op>', 'The element a refers to "http://x/y", but'],
    ['no id', '<op><a href=""/><b id="1"/></op>', 'The element a refers to "", but'],
    ['itself', '<op><a id="1" href="#1"/></op>', 'The reference "#1" leads back to itself.'],
    ['its parent', '<op><a id="1"><b><c href="#1"/></b></a></op>', '"#1" leads back to itself.'],
    [
      'a circle',
      '<op><a href="#1"/></op><x id="1"><b href="#2"/></x><y id="2"><c href="#1"/></y>',
      'The reference "#1" leads back to itself.',
    ],
    [
      'one of two',
      '<op><a href="#1"/></op><x id="1"/><y id="1"/>',
      'Two elements have the id "1".',
    ],
    ['more and more elements', bomb(2, 30, 'v'), 'expand to more than 10000 elements.'],
    [
      'more and more text',
      bomb(10, 3, 'v'.repeat(2000)),
      'expand to more than 1048576 characters.',
    ],
    ['deeper and deeper', bomb(1, 101, 'v'), 'Elements are nested deeper than 100 levels.'],
  ])('a reference to %s', (_title, xml, faultstring) => {
    expect(() => resolve(xml)).toThrow(faultstring);
  });

  test('elements and characters up to the limit are not', () => {
    const texts = resolve(bomb(10, 3, 'v'.repeat(1000))).match(/v+/g);
    expect(texts?.map(({ length }) => length)).toEqual(Array<number>(1000).fill(1000));
  });
});

describe('roots of a body', () => {
  const names = (xml: string) => rootsOf(bodyOf(xml)).map(({ name }) => name);

  test.each([
    ['what is referred to is none', '<op><a href="#1"/></op><x id="1"/>', ['op']],
    ['in whatever place', '<x id="1"/><op><a href="#1"/></op>', ['op']],
    ['nor what says so', '<op/><x id="1" enc:root="0"/>', ['op']],
    ['what says that it is one', '<op><a href="#1"/></op><x id="1" enc:root="1"/>', ['op', 'x']],
    ['an id alone means nothing', '<op/><x id="1"/>', ['op', 'x']],
    [
      'where all are referred to',
      '<op id="1"><a href="#2"/></op><x id="2"><b href="#1"/></x>',
      ['op', 'x'],
    ],
  ])('%s', (_title, xml, expected) => expect(names(xml)).toEqual(expected));
});
