/** Random values of the contract's types, as decoding gives them; the same seed, the same values. */
import type { BuiltinName, ComplexType, Type } from '../../src/contract/model';

/** Numbers that look random and come again with the same seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: string) {
    this.state = Buffer.from(seed).reduce(
      (hash, byte) => Math.imul(hash ^ byte, 0x01000193),
      0x811c9dc5,
    );
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** Below this depth objects hold what the schema requires and no more: types refer to themselves. */
const MAX_DEPTH = 4;

/** An object of the type; absent elements have no key. */
export function randomObject(
  type: ComplexType,
  random: Random,
  depth = 0,
): Record<string, unknown> {
  const entries = type.fields.flatMap(({ name, type: inner, required, repeated }) => {
    const wanted = required || (depth < MAX_DEPTH && random.next() < 0.7 - depth * 0.15);
    if (!wanted) return [];
    const value = () => randomValue(inner, random, depth + 1, required);
    const count = repeated && depth < MAX_DEPTH ? 1 + random.below(3) : 1;
    return [[name, repeated ? Array.from({ length: count }, value) : value()]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function randomValue(type: Type, random: Random, depth: number, mayBeEmpty: boolean): unknown {
  if (type.kind === 'complex') return randomObject(type, random, depth);
  if (type.kind === 'builtin') return BUILTINS[type.name](random, mayBeEmpty);
  const value = random.pick([...type.values]);
  return type.base.name === 'int' ? Number(value) : value;
}

/** Astral characters, markup, white space of every kind. */
const FRAGMENTS = [
  ...['a', 'Zoë', 'Ångström', '日本', '😀', '\u{1d49c}', 'e\u0301', '\u00a0', '\u2028', '\ufffd'],
  ...['<b>', '</x>', '&amp;', '&#13;', ']]>', '<![CDATA[', '<!--', '"', "'", '{"a": [1]}'],
  ...[' ', '  ', '\t', '\n', '\r', '\r\n'],
];

// xmllint reads no more than 24 digits.
const DECIMALS = ['0', '-0.50', '+1.', '.5', '19.99', '12345678901234567890.1234'];
const DATES = ['0001-01-01', '2024-02-29', '9999-12-31', '2024-06-01Z', '2024-06-01-08:00'];
const MOMENTS = ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '1969-12-31T23:59:59Z'];

/** An empty string is a value only where the element is required: elsewhere it is absence. */
function randomText(random: Random, mayBeEmpty: boolean): string {
  const length = random.below(6) + (mayBeEmpty ? 0 : 1);
  return Array.from({ length }, () => random.pick(FRAGMENTS)).join('');
}

function randomMoment(random: Random): number {
  const [first, last] = [Date.parse('1900-01-01T00:00:00Z'), Date.parse('2100-01-01T00:00:00Z')];
  return random.next() < 0.2
    ? Date.parse(random.pick(MOMENTS))
    : first + 1000 * random.below((last - first) / 1000);
}

const BUILTINS: Readonly<Record<BuiltinName, (random: Random, mayBeEmpty: boolean) => unknown>> = {
  string: randomText,
  anyURI: (random) => random.pick(['http://x.example/a?b=c&d=%20#e', 'urn:x', '../a']),
  boolean: (random) => random.next() < 0.5,
  int: (random) => random.pick([0, 1, -1, 2 ** 31 - 1, -(2 ** 31), random.below(10_000)]),
  integer: (random) => random.pick([0n, -1n, 10n ** 23n, -(10n ** 23n)]),
  decimal: (random) => random.pick(DECIMALS),
  float: (random) => random.pick(['0', '-0.5', '1.5e-3', 'INF', '-INF', 'NaN']),
  base64Binary: (random) => random.pick(['AAEC', 'AAE=', 'AA==', '+/9x']),
  date: (random) => random.pick(DATES),
  dateTime: randomMoment,
};
