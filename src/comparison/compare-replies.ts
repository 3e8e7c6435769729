/**
 * Holds one reply against another, as XML by the contract: HTTP's status, returnCode, the order of elements, their
 * types and values. Ids that the servers made themselves are mapped, moments may differ by what is tolerated.
 * Decided: docs/decisions/proxy.md
 */
import type { Contract } from '../contract/contract';
import type { ComplexType } from '../contract/model';
import { SoapFault } from '../soap/fault';
import { parseXml } from '../soap/parser';
import type { XmlElement } from '../soap/xml-element';
import { compareElements, type ElementOptions } from './compare-elements';
import { compareValues, type ValueOptions } from './compare-values';
import { type Comparison, type Difference, MOST_DIFFERENCES } from './difference';
import { isIgnored, type Rule } from './rules';

/** A reply, unpacked. */
export interface ComparedReply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** How replies are compared. */
export interface ComparingOptions extends ValueOptions {
  readonly contract: Contract;
  /** The contract's types that hold payment data: nothing of them is compared. */
  readonly ignoredTypes: ReadonlySet<string>;
  readonly rules: readonly Rule[];
}

/** By the contract. */
export function compareReplies(
  expected: ComparedReply,
  actual: ComparedReply,
  options: ComparingOptions,
): Comparison {
  const { contract, ignoredTypes, rules } = options;
  const findings = new Findings(rules);
  const report = (difference: Difference) => findings.add(difference);
  compareHeads(expected, actual, report);
  const [one, other] = [expected, actual].map(({ text }) => readBody(text)) as [
    XmlElement | undefined,
    XmlElement | undefined,
  ];
  if (!one || !other) {
    const shown = (body: XmlElement | undefined) => (body ? 'a SOAP envelope' : 'no SOAP envelope');
    if (one !== other)
      report({ kind: 'name', path: '', expected: shown(one), actual: shown(other) });
    return findings.all();
  }
  const elements: ElementOptions = {
    report,
    ignoredTypes,
    countsAttributes: false,
    compareTexts: (name, texts, type) => {
      const kind = compareValues(name, texts, type, options);
      return kind && name === 'returnCode' ? 'code' : kind;
    },
  };
  const type = findOutput(contract, one);
  compareElements({ ...sameCode(one, other), path: '', type }, elements);
  return findings.all();
}

/** Exactly: every text, attribute and namespace. Nothing but the order of attributes and prefixes is free. */
export function compareExactly(expected: XmlElement, actual: XmlElement): Comparison {
  const findings = new Findings([]);
  compareElements(
    { expected, actual, path: '', type: undefined },
    {
      report: (difference) => findings.add(difference),
      ignoredTypes: new Set(),
      countsAttributes: true,
      compareTexts: (_name, texts) => (texts.expected === texts.actual ? undefined : 'value'),
    },
  );
  return findings.all();
}

/** Those that count, up to a number. */
class Findings {
  private readonly differences: Difference[] = [];
  private more = false;

  constructor(private readonly rules: readonly Rule[]) {}

  add(difference: Difference): void {
    if (isIgnored(this.rules, difference)) return;
    if (this.differences.length < MOST_DIFFERENCES) this.differences.push(difference);
    else this.more = true;
  }

  all(): Comparison {
    return { differences: this.differences, more: this.more };
  }
}

function compareHeads(
  expected: ComparedReply,
  actual: ComparedReply,
  report: (difference: Difference) => void,
): void {
  const media = ({ contentType }: ComparedReply) =>
    contentType.replace(/;.*$/s, '').trim().toLowerCase();
  const heads = [
    ['status', String(expected.status), String(actual.status)],
    ['Content-Type', media(expected), media(actual)],
  ] as const;
  for (const [path, one, other] of heads) {
    if (one !== other) report({ kind: 'status', path, expected: one, actual: other });
  }
}

/** The element in the Body; undefined: the text is no SOAP envelope that can be read. */
function readBody(text: string): XmlElement | undefined {
  try {
    const root = parseXml(text);
    return root.children.find(({ name }) => name === 'Body')?.children[0];
  } catch (error) {
    if (error instanceof SoapFault) return undefined;
    throw error;
  }
}

/** What the contract says of a response; undefined: it is none, or of no version that is known. */
function findOutput(contract: Contract, { namespace, name }: XmlElement): ComplexType | undefined {
  const service = contract.findService(namespace);
  return service?.operations.get(name.replace(/Response$/, ''))?.output;
}

/** Where the returnCodes differ, all else follows from it: only the Return is looked at. */
function sameCode(expected: XmlElement, actual: XmlElement) {
  if (codeOf(expected) === codeOf(actual)) return { expected, actual };
  const ofReturn = (element: XmlElement) => ({
    ...element,
    children: element.children.filter(({ name }) => name === 'return'),
  });
  return { expected: ofReturn(expected), actual: ofReturn(actual) };
}

function codeOf({ children }: XmlElement): string | undefined {
  const result = children.find(({ name }) => name === 'return');
  return result?.children.find(({ name }) => name === 'returnCode')?.text;
}
