/** Large JSON bodies, many at once, packed and not: a megabyte of text becomes objects of thirty. */
import { gzipSync } from 'node:zlib';
import { mostValues } from '../../../src/rest/parse-json';
import type { Attack } from '../attack';
import { counted, post } from '../sending';
import { fill, KEY } from '../tenant';

const AT_ONCE = 40;

/** The bytes of the largest body that is taken, less those of its frame. */
const BYTES = 2 ** 20 - 100;

const repeated = (text: string) => text.repeat(Math.floor(BYTES / text.length));
const offerOf = (entitlements: string) =>
  `{"id":"large","name":"large","entitlements":[${entitlements}]}`;
/** As many values as may be in a body. */
const VALUES = mostValues(2 ** 20) - 10;
const pairs = Array.from({ length: VALUES }, (_, n) => `"k${n}":0`);
const DEPTH = BYTES / 2;

const DOCUMENTS = [
  `[${repeated('{},')}{}]`,
  offerOf(`${repeated('{},')}{}`),
  offerOf(`${repeated('"x",')}"x"`),
  offerOf('['.repeat(DEPTH) + ']'.repeat(DEPTH)),
  `{${pairs.join(',')}}`,
  `[${pairs
    .slice(0, VALUES / 2)
    .map((pair) => `{${pair}}`)
    .join(',')}]`,
  offerOf(`"${'x'.repeat(BYTES)}"`),
];

export const jsonBodies: Attack = {
  name: 'json-bodies',
  title: `${2 * DOCUMENTS.length * AT_ONCE} JSON bodies of 1 MB, ${AT_ONCE} at once, packed and not`,
  prepare: (database) => fill(database, 0, () => Promise.resolve()),
  run: async ({ url }) => {
    const offers = `${url}/v1/offers`;
    const headers = { 'X-API-KEY': KEY, 'Content-Type': 'application/json' };
    const statuses: number[] = [];
    for (const text of DOCUMENTS) {
      const packed = gzipSync(text);
      const all = Array.from({ length: AT_ONCE }, () => [
        post(offers, packed, { ...headers, 'Content-Encoding': 'gzip' }),
        post(offers, text, headers),
      ]);
      statuses.push(...(await Promise.all(all.flat())));
    }
    return counted(statuses);
  },
};
