/** Plain documents with as many elements, attributes, prefixes and long names as may be, after a login and before one. */
import { gzipSync } from 'node:zlib';
import { MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_NAME } from '../../../src/soap/xml-element';
import type { Attack } from '../attack';
import { counted, post } from '../sending';
import { callOf } from '../tenant';

const ROUNDS = 3;

/** What an envelope has beside them. */
const FRAME = 20;

/** The bytes of the largest body that is taken, less those of the envelope. */
const BYTES = 2 ** 20 - 1000;

/** As many of an element as fit. @param elements how many it counts as */
function fill(element: string, elements = 1): string {
  const count = Math.min((MAX_ELEMENTS - FRAME) / elements, BYTES / element.length);
  return callOf('Account', 'update', `<account>${element.repeat(Math.floor(count))}</account>`);
}

const attributes = Array.from({ length: MAX_ATTRIBUTES - 1 }, (_, n) => ` a${n}="v"`).join('');

const DOCUMENTS = [
  fill('<a/>'),
  fill('<a>t</a>'),
  fill(`<a${attributes}/>`),
  fill(`<${'n'.repeat(MAX_NAME - 1)}/>`),
  fill('<nameValues><name/><value/></nameValues>', 3),
].map((text) => gzipSync(text));

export const plainLimits: Attack = {
  name: 'plain-limits',
  title: `${ROUNDS * DOCUMENTS.length} documents at the limits of elements, attributes and names, with a login`,
  run: async ({ endpoint }) => {
    const headers = { 'Content-Encoding': 'gzip' };
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const body of DOCUMENTS) statuses.push(await post(endpoint, body, headers));
    }
    return counted(statuses);
  },
};
