/** Damages requests: as somebody would who knows SOAP, and as a broken line does. Seeded. */
import { deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../soap/random-value';

/** A request as it goes out. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** In how many chunks the body goes out; undefined: whole, with its length. */
  readonly chunks?: number;
}

const LONG = 'a'.repeat(70_000);
const DEEP_JSON = `${'{"account":'.repeat(300)}true${'}'.repeat(300)}`;

/** Inputs that have broken servers before. */
export const HOSTILE: readonly string[] = [
  ...['', ' ', '0', '-1', '1', '2147483647', '2147483648', '99999999999999999999', '1e308', 'NaN'],
  ...['true', 'null', 'undefined', '[object Object]', '__proto__', 'constructor', 'toString'],
  ...[
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '10000-01-01T00:00:00Z',
    '2024-02-30T00:00:00Z',
  ],
  ...['2024-06-01T12:00:00', '2024-06-01', '-2024-06-01T12:00:00+14:00', '2024-06-01T24:00:00Z'],
  ...["'; DROP TABLE account; --", '%00%0a', '../../etc/passwd', '${7*7}', '\u202eabc', '😀', 'é'],
  ...[
    '&#0;',
    '&#x1F600;',
    '&unknown;',
    '&lt;![CDATA[',
    ']]>',
    '<',
    '<x/>',
    '\u0000',
    '\ufffe',
    '\ud800',
  ],
  ...['{"account":false}', '{"account":["VID",{"x":{}}]}', '[1]', '{', DEEP_JSON, LONG],
  ...['ada-1815', 'alan-1912', 'grace-1906', 'archive', 'forum', 'news', 'monthly', 'ada-news'],
  ...['unlimited', '6 months', 'forever', '1000000', 'Pending Cancel', 'nextBill', 'today'],
];

const ATTRIBUTES: readonly string[] = [
  ' xsi:nil="true"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="1"',
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xsd:string"',
  ' xmlns:a="http://xml.apache.org/xml-soap" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="a:Map"',
  ' xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="e:Array"',
  ' href="#i1"',
  ' id="i1"',
  ' xmlns=""',
  ' xmlns="urn:x"',
  ' a="1" a="2"',
  ' xml:space="preserve"',
];

const INSERTIONS: readonly string[] = [
  '<!-- x -->',
  '<?php phpinfo() ?>',
  '<![CDATA[<x/>]]>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '\u0001',
  '\r\n\t',
  '<x xmlns:y="z"/>',
];

const TAG = /<[^<>]*>|[^<]+/g;

/** Damages the XML of a request, two or three times at most. */
export function mutateXml(xml: string, random: Random): string {
  let mutated = xml;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const pieces = mutated.match(TAG) ?? [];
    if (pieces.length > 0) mutated = mutateOnce(pieces, random).join('');
  }
  return mutated;
}

function mutateOnce(pieces: string[], random: Random): string[] {
  const at = random.below(pieces.length);
  const piece = pieces[at] ?? '';
  const [start, end] = elementAt(pieces, at);
  const element = pieces.slice(start, end);
  const replace = (...by: string[]) => [...pieces.slice(0, at), ...by, ...pieces.slice(at + 1)];
  const around = (...by: string[]) => [...pieces.slice(0, start), ...by, ...pieces.slice(end)];
  const text = () => random.pick(HOSTILE);
  const changes: ReadonlyArray<() => string[]> = [
    () => around(),
    () => around(...element, ...element),
    () =>
      around(
        ...Array<string[]>(1 + random.below(40))
          .fill(element)
          .flat(),
      ),
    () => [...pieces.slice(0, start), ...pieces.slice(end), ...element],
    () => replace(text()),
    () => replace(piece, text()),
    () => replace(piece, random.pick(INSERTIONS)),
    () => replace(piece.replace(/^<([^\s/>]+)/, (tag) => tag + random.pick(ATTRIBUTES))),
    () =>
      replace(
        piece.replace(/\w+/, () => random.pick(['account', 'srd', 'auth', 'x', '_', 'item'])),
      ),
    () => replace(piece.replace(/v\d+_\d+/, random.pick(['v4_3', 'v8_0', 'v99_0', 'v22_0', 'v']))),
    () => around('<a>'.repeat(random.below(150)), ...element, '</a>'.repeat(random.below(150))),
    () => around(`<srd>${text()}</srd>`, ...element),
    () => pieces.slice(0, at),
  ];
  return random.pick(changes)();
}

/** Where the element begins and ends that the piece starts; else the piece alone. */
function elementAt(pieces: readonly string[], at: number): [number, number] {
  if (!/^<[^/!?]/.test(pieces[at] ?? '')) return [at, at + 1];
  let depth = 0;
  for (let end = at; end < pieces.length; end += 1) {
    const piece = pieces[end] ?? '';
    if (piece.startsWith('</')) depth -= 1;
    else if (piece.startsWith('<') && !piece.endsWith('/>')) depth += 1;
    if (depth === 0) return [at, end + 1];
  }
  return [at, pieces.length];
}

/** Damages bytes without looking at what they mean. */
export function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length + 1);
  const changes: ReadonlyArray<() => Buffer> = [
    () => {
      for (let count = 1 + random.below(8); count > 0 && copy.length > 0; count -= 1) {
        copy[random.below(copy.length)] = random.below(256);
      }
      return copy;
    },
    () => copy.subarray(0, at),
    () => Buffer.concat([copy.subarray(0, at), randomBytes(random), copy.subarray(at)]),
    () => Buffer.concat([copy, copy.subarray(at)]),
    () => randomBytes(random),
  ];
  return random.pick(changes)();
}

function randomBytes(random: Random): Buffer {
  return Buffer.from(Array.from({ length: 1 + random.below(64) }, () => random.below(256)));
}

/** Damages a JSON document: a value, a name, or the text itself. */
export function mutateJson(value: unknown, random: Random): string {
  const text = JSON.stringify(value);
  const changes: ReadonlyArray<() => string> = [
    () => JSON.stringify(withHostileValue(value, random)),
    () => JSON.stringify(withHostileValue(withHostileValue(value, random), random)),
    () => JSON.stringify(withRepetition(value, random)),
    () => text.replace(/"\w+":/, () => `${JSON.stringify(random.pick(HOSTILE))}:`),
    () => text.slice(0, random.below(text.length + 1)),
    () => `[${text}]`,
    () => DEEP_JSON,
    () => mutateBytes(Buffer.from(text), random).toString('latin1'),
  ];
  return random.pick(changes)();
}

function withHostileValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.1) {
    return random.pick<unknown>([...HOSTILE, null, true, 0, -1.5, [], {}, [[]], { a: 1 }]);
  }
  const entries = Object.entries(value);
  const chosen = random.below(Math.max(entries.length, 1));
  const changed = entries.map(([name, one], index): [string, unknown] => [
    name,
    index === chosen ? withHostileValue(one, random) : one,
  ]);
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed);
}

/** The value with an item of one of its lists, or else a list of one of its values, many times. */
function withRepetition(value: unknown, random: Random): unknown {
  const often = <Item>(item: Item) => Array<Item>(1 + random.below(2000)).fill(item);
  if (Array.isArray(value)) return [...(value as unknown[]), ...often(random.pick<unknown>(value))];
  if (typeof value !== 'object' || value === null) return often(value);
  const entries = Object.entries(value);
  const chosen = random.below(Math.max(entries.length, 1));
  return Object.fromEntries<unknown>(
    entries.map(([name, one], index) => [
      name,
      index === chosen ? withRepetition(one, random) : one,
    ]),
  );
}

/** The longest header; HTTP itself refuses longer ones. */
function headerOf(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 2000);
}

/** Sends text in another encoding or packing than it says, or as it says. */
export function disguise(sent: Sent, random: Random): Sent {
  const text = sent.body.toString();
  const headed = (body: Buffer, headers: Record<string, string>): Sent => ({
    ...sent,
    body,
    headers: { ...sent.headers, ...headers },
  });
  const changes: ReadonlyArray<() => Sent> = [
    () => headed(Buffer.from(`\ufeff${text}`, 'utf16le'), {}),
    () =>
      headed(Buffer.from(text, 'utf16le').swap16(), { 'content-type': 'text/xml; charset=utf-16' }),
    () => headed(Buffer.from(text, 'latin1'), { 'content-type': 'text/xml; charset=iso-8859-1' }),
    () =>
      headed(sent.body, { 'content-type': `text/xml; charset=${random.pick(['', 'x', 'utf-7'])}` }),
    () => headed(gzipSync(sent.body), { 'content-encoding': 'gzip' }),
    () => headed(deflateSync(sent.body), { 'content-encoding': 'gzip' }),
    () => headed(mutateBytes(gzipSync(sent.body), random), { 'content-encoding': 'gzip' }),
    () => headed(sent.body, { 'content-encoding': random.pick(['br', 'x', 'gzip', 'deflate']) }),
    () => headed(sent.body, { soapaction: headerOf(random.pick(HOSTILE)) }),
    () =>
      headed(sent.body, { 'content-type': random.pick(['', 'application/json', 'text/plain']) }),
    () => ({
      ...sent,
      path: random.pick(['/v4.3/soap.pl', '/soap.pl?wsdl', '/v99.9/soap.pl', '/x']),
    }),
    () => ({ ...sent, method: random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS']) }),
    () => ({ ...sent, chunks: 1 + random.below(sent.body.length + 1) }),
  ];
  return random.pick(changes)();
}
