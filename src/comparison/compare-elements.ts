/** Compares two elements with all that they hold: order, names, types, values; linear in both. */
import { cut } from '../base/quote';
import type { Type } from '../contract/model';
import { XMLNS, XSI } from '../soap/namespaces';
import type { XmlElement } from '../soap/xml-element';
import type { Difference, Kind } from './difference';
import { pairsOf } from './pairs';

/** How elements are compared. */
export interface ElementOptions {
  /** How texts differ; undefined: not as far as it counts. */
  readonly compareTexts: (
    name: string,
    texts: { readonly expected: string; readonly actual: string },
    type: Type | undefined,
  ) => Kind | undefined;
  /** Whether an attribute counts, xsi:type aside. */
  readonly countsAttributes: boolean;
  /** Types of which nothing is compared. */
  readonly ignoredTypes: ReadonlySet<string>;
  /** Takes a difference. */
  readonly report: (difference: Difference) => void;
}

/** Two elements that stand for each other. */
export interface Pair {
  readonly expected: XmlElement;
  readonly actual: XmlElement;
  readonly path: string;
  /** Undefined: the contract doesn't know it. */
  readonly type: Type | undefined;
}

/** Reports what differs. */
export function compareElements(pair: Pair, options: ElementOptions): void {
  const { expected, actual, path, type } = pair;
  const { report } = options;
  if (expected.name !== actual.name || expected.namespace !== actual.namespace) {
    report({ kind: 'name', path, expected: nameOf(expected), actual: nameOf(actual) });
    return;
  }
  compareAttributes(pair, options);
  if (expected.children.length > 0 || actual.children.length > 0) {
    const [complex, simple] =
      expected.children.length > 0 ? [expected, actual] : [actual, expected];
    // One that is empty may be of any type.
    if (simple.children.length === 0 && simple.text.trim() !== '') {
      const shown = (element: XmlElement) => (element === complex ? '<…>' : cut(element.text));
      report({ kind: 'type', path, expected: shown(expected), actual: shown(actual) });
      return;
    }
    compareChildren(pair, options);
    return;
  }
  if (type?.kind === 'complex' && expected.text.trim() === '' && actual.text.trim() === '') return;
  const texts = { expected: expected.text, actual: actual.text };
  const kind = options.compareTexts(expected.name, texts, type);
  if (kind) report({ kind, path, expected: cut(texts.expected), actual: cut(texts.actual) });
}

function nameOf({ namespace, name }: XmlElement): string {
  return cut(namespace === '' ? name : `{${namespace}}${name}`);
}

function compareAttributes({ expected, actual, path }: Pair, options: ElementOptions): void {
  const { report, countsAttributes } = options;
  const [one, other] = [expected, actual].map(
    ({ type }) => type && `{${type.namespace}}${type.name}`,
  );
  const differs = countsAttributes
    ? one !== other
    : one !== undefined && other !== undefined && one !== other;
  if (differs) {
    const type = { expected: one ?? 'no xsi:type', actual: other ?? 'no xsi:type' };
    report({ kind: 'type', path, expected: cut(type.expected), actual: cut(type.actual) });
    return;
  }
  if (!countsAttributes) return;
  const [listed, found] = [expected, actual].map(attributesOf) as [string, string];
  if (listed !== found) report({ kind: 'value', path, expected: cut(listed), actual: cut(found) });
}

function attributesOf({ attributes }: XmlElement): string {
  return attributes
    .filter(({ uri }) => uri !== XMLNS)
    .map(
      ({ uri, local, value }) =>
        `{${uri}}${local}=${JSON.stringify(uri === XSI && local === 'type' ? '' : value)}`,
    )
    .sort()
    .join(' ');
}

function compareChildren({ expected, actual, path, type }: Pair, options: ElementOptions): void {
  const { report, ignoredTypes } = options;
  const fields = type?.kind === 'complex' ? type.fieldsByName : undefined;
  const isCompared = ({ name }: XmlElement) =>
    !ignoredTypes.has(fields?.get(name)?.type.name ?? '');
  const [listed, found] = [expected, actual].map(({ children }) => children.filter(isCompared)) as [
    XmlElement[],
    XmlElement[],
  ];
  compareOrder(path, listed, found, report);
  for (const { name, index, pair, isMoved } of pairsOf(listed, found)) {
    const here = `${path === '' ? '' : `${path}.`}${name}${index === undefined ? '' : `[${index}]`}`;
    const { expected: one, actual: other } = pair;
    if (one && other) {
      compareElements(
        { expected: one, actual: other, path: here, type: fields?.get(name)?.type },
        options,
      );
      if (isMoved)
        report({ kind: 'order', path: here, expected: 'its place', actual: 'another place' });
    } else if (one) report({ kind: 'missing', path: here, expected: textOf(one) });
    else if (other) report({ kind: 'unexpected', path: here, actual: textOf(other) });
  }
}

function textOf({ children, text }: XmlElement): string {
  return children.length > 0 ? '<…>' : cut(text);
}

/** The order of the names that both have. */
function compareOrder(
  path: string,
  listed: readonly XmlElement[],
  found: readonly XmlElement[],
  report: ElementOptions['report'],
): void {
  const [inListed, inFound] = [listed, found].map(
    (all) => new Set(all.map(({ name }) => name)),
  ) as [Set<string>, Set<string>];
  const [one, other] = [
    [...inListed].filter((name) => inFound.has(name)),
    [...inFound].filter((name) => inListed.has(name)),
  ] as [string[], string[]];
  const [all, allFound] = [listed, found].map((each) => each.map(({ name }) => name)) as [
    string[],
    string[],
  ];
  // The same elements, in other runs: what is missing is reported by itself.
  const isMixed =
    all.join() !== allFound.join() && [...all].sort().join() === [...allFound].sort().join();
  const isSame = one.join() === other.join();
  if (isSame && !isMixed) return;
  const shown = (names: readonly string[]) => cut(names.join(', '));
  const [before, after] = isSame ? [all, allFound] : [one, other];
  report({ kind: 'order', path, expected: shown(before), actual: shown(after) });
}
