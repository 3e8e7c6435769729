/** Compares the values of two elements, by what the contract says of them. */
import type { Type } from '../contract/model';
import type { DateTimeFormat } from '../soap/date-time';
import { HIDDEN } from '../soap/redact';
import { readScalar, type ScalarType } from '../soap/scalars';
import type { Kind } from './difference';
import type { Ids } from './ids';

/** How far moments may differ. */
export interface Moments {
  /** Milliseconds. */
  readonly tolerance: number;
  /** How much later the actual reply was made than the expected one: moments may have moved with it; milliseconds. */
  readonly shift: number;
}

/** What decides whether values are the same. */
export interface ValueOptions {
  readonly ids: Ids;
  readonly moments: Moments;
  readonly dateTime: DateTimeFormat;
}

/** Elements that hold an id that the server has made. */
const HOLDS_ID = /VID$/;

/**
 * How the text of an element differs; undefined: it doesn't, as far as it counts.
 * @param type undefined where the contract doesn't know the element
 */
export function compareValues(
  name: string,
  { expected, actual }: { readonly expected: string; readonly actual: string },
  type: Type | undefined,
  { ids, moments, dateTime }: ValueOptions,
): Kind | undefined {
  // A soapId names one call, and is never seen again.
  if (name === 'soapId') return (expected === '') === (actual === '') ? undefined : 'value';
  if (HOLDS_ID.test(name)) return ids.areSame(expected, actual) ? undefined : 'value';
  if (expected === actual || expected === HIDDEN || actual === HIDDEN) return undefined;
  if (type === undefined || type.kind === 'complex' || isText(type)) {
    return ids.areAlike(expected, actual) ? undefined : 'value';
  }
  const one = readScalar(expected.trim(), type, dateTime);
  const other = readScalar(actual.trim(), type, dateTime);
  if (other === undefined || one === undefined) return one === other ? 'value' : 'type';
  if (typeof one === 'number' && typeof other === 'number' && isMoment(type)) {
    return compareMoments({ one, other }, { expected, actual }, moments);
  }
  return isSame(one, other) ? 'form' : 'value';
}

function isText(type: ScalarType): boolean {
  const { name } = type.kind === 'builtin' ? type : type.base;
  return name === 'string' || name === 'anyURI';
}

function isMoment(type: ScalarType): boolean {
  return type.name === 'dateTime';
}

function compareMoments(
  { one, other }: { readonly one: number; readonly other: number },
  texts: { readonly expected: string; readonly actual: string },
  { tolerance, shift }: Moments,
): Kind | undefined {
  const [isNear, hasMoved] = [0, shift].map(
    (distance) => Math.abs(other - one - distance) <= tolerance,
  );
  if (!isNear && !hasMoved) return 'value';
  // A moment of another season has another offset in the same zone.
  const formOf = isNear ? withOffset : withoutOffset;
  return formOf(texts.expected) === formOf(texts.actual) ? undefined : 'form';
}

/** How a dateTime is written: with a fraction or not, and its zone. */
function withOffset(text: string): string {
  return text.replace(/^[\d-]+T[\d:]+/, '').replace(/^\.\d+/, '.');
}

function withoutOffset(text: string): string {
  return withOffset(text).replace(/[+-]\d\d:\d\d$/, '+');
}

/** Decimals are texts: 1.50 is 1.5. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') return Number(one) === Number(other);
  return one === other;
}
