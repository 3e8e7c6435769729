/** Plain documents with as many elements, attributes, prefixes and long names as may be, after a login and before one. */
import { gzipSync } from 'node:zlib';
import { MAX_ATTRIBUTES, MAX_ELEMENTS, MAX_NAME } from '../../../src/soap/xml-element';
import type { Attack } from '../attack';
import { counted, post } from '../sending';
import { callOf } from '../tenant';

const ROUNDS = 3;

/** What an envelope has beside them. */
const FRAME = 20;
const MOST = MAX_ELEMENTS - FRAME;

const attributes = (count: number) =>
  Array.from({ length: count }, (_, n) => ` a${n}="v"`).join('');
const account = (content: string) => callOf('Account', 'update', `<account>${content}</account>`);

const DOCUMENTS = [
  account('<a/>'.repeat(MOST)),
  account(`<a>t</a>`.repeat(MOST)),
  account(`<a${attributes(MAX_ATTRIBUTES - 1)}/>`.repeat(5000)),
  account(`<${'n'.repeat(MAX_NAME - 1)}/>`.repeat(5000)),
  account('<nameValues><name>n</name><value>v</value></nameValues>'.repeat(Math.floor(MOST / 3))),
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
