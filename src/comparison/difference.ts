/** What differs between two replies, as data and as a sentence. */
import { cut, quote } from '../base/quote';

/**
 * The kinds of differences: HTTP's status or Content-Type; a returnCode; an element of another name; elements in
 * another order; one that is missing, or that is unexpected; a value that is not of its type, or another xsi:type;
 * another value; the same value written otherwise.
 */
export const KINDS = [
  'status',
  'code',
  'name',
  'order',
  'missing',
  'unexpected',
  'type',
  'value',
  'form',
] as const;

export type Kind = (typeof KINDS)[number];

/** One difference. */
export interface Difference {
  readonly kind: Kind;
  /** Where: `account.entitlements[0].endTimestamp`, counted from 0 in the expected reply; empty: the reply as such. */
  readonly path: string;
  /** Texts of the replies, cut. */
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
}

/** The differences of two replies, in the order of the expected one. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Whether there are more than are listed. */
  readonly more: boolean;
}

/** The most differences of two replies that are listed. */
export const MOST_DIFFERENCES = 100;

/** A sentence without its end. */
export function describeDifference({ kind, path, expected, actual }: Difference): string {
  const place = path === '' ? 'the reply' : cut(path);
  const shown = (text = '') => quote(text);
  switch (kind) {
    case 'missing':
      return `${place} is missing`;
    case 'unexpected':
      return `${place} is unexpected`;
    case 'order':
      return `${place} has the order ${actual}; expected ${expected}`;
    case 'form':
      return `${place} is written ${shown(actual)}; expected ${shown(expected)}`;
    case 'type':
      return `${place} has the type of ${shown(actual)}; expected one like ${shown(expected)}`;
    default:
      return `${place} is ${shown(actual)}; expected ${shown(expected)}`;
  }
}
