/** Looks into replies as XML. */
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';

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
