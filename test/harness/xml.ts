/** Compares replies as XML: names resolved, order kept, white space between elements ignored. */
import { XMLNS } from '../../src/soap/namespaces';
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';

/** One line an element, `{namespace}name`, so that a difference shows as a line of a diff. */
export function canonical(root: XmlElement): string {
  return lines(root, '').join('\n');
}

function lines(element: XmlElement, indent: string): string[] {
  const attributes = element.attributes
    .filter(({ uri }) => uri !== XMLNS)
    .map(({ uri, local, value }) => ` {${uri}}${local}=${JSON.stringify(value)}`)
    .sort()
    .join('');
  const head = `${indent}{${element.namespace}}${element.name}${attributes}`;
  if (element.children.length === 0) return [`${head} ${JSON.stringify(element.text)}`];
  return [head, ...element.children.flatMap((child) => lines(child, `${indent}  `))];
}

/** The first element of that local name, anywhere. */
export function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element;
  for (const child of element.children) {
    const found = find(child, name);
    if (found) return found;
  }
  return undefined;
}

/** The text of the first element of that name, or undefined. */
export function textOf(xml: string, name: string): string | undefined {
  return find(parseXml(xml), name)?.text;
}

/** An element that holds text only, white space and all; or else one tag. */
const LINE = /<([\w:]+)(?:\s[^<>]*)?>[^<]*<\/\1>|<[^>]*>/g;

/** Breaks a reply into lines for the eye; text stays exactly as it is. */
export function pretty(xml: string): string {
  let depth = 0;
  const lines = (xml.match(LINE) ?? []).map((line) => {
    if (line.startsWith('</')) depth -= 1;
    const indented = `${'  '.repeat(depth)}${line}`;
    if (/^<[^/?]/.test(line) && !line.includes('</') && !line.endsWith('/>')) depth += 1;
    return indented;
  });
  return `${lines.join('\n')}\n`;
}
