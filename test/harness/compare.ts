/** The comparisons of a wire case: replies as XML, ledger rows as effects.json shows them. */
import { compareExactly } from '../../src/comparison/compare-replies';
import { describeDifference } from '../../src/comparison/difference';
import { parseXml } from '../../src/soap/parser';
import type { XmlElement } from '../../src/soap/xml-element';
import type { LedgerRow } from '../../src/store/store';
import { toEffect } from '../../src/cases/effects';
import { showHead } from '../../src/cases/stored-request';
import { splitAtBlankLine, type WireReply } from './send';
import { pretty } from './xml';

/** A reply as reply.http stores it. */
export interface StoredReply {
  /** Status, Content-Type and, where it is compressed, Content-Encoding. */
  readonly head: string;
  readonly envelope: XmlElement;
}

export function readReply(stored: string): StoredReply {
  const [head, body] = splitAtBlankLine(stored);
  return { head, envelope: parseXml(body) };
}

/** A reply as reply.http is to show it. */
export function showReply({ body, ...head }: WireReply): string {
  return `${showHead(head)}${pretty(body)}`;
}

/** What differs between two replies, a sentence each: every text, attribute and namespace counts. */
export function differences(got: StoredReply, expected: StoredReply): string[] {
  const heads = got.head === expected.head ? [] : [`${got.head} instead of ${expected.head}`];
  const found = compareExactly(expected.envelope, got.envelope);
  return [...heads, ...found.differences.map(describeDifference)];
}

/** A ledger row as effects.json has it. */
export function effect(row: LedgerRow): object {
  return JSON.parse(JSON.stringify(toEffect(row))) as object;
}
