/** Requests whose names and values are quoted in Faults and in the log: bytes of log for bytes sent. */
import { gzipSync } from 'node:zlib';
import type { Attack } from '../attack';
import { counted, envelopeOf, post } from '../sending';

const ROUNDS = 25;
const LONG = 'x'.repeat(900_000);

const auth = (version: string, login: string) =>
  `<auth><version>${version}</version><login>${login}</login><password>p</password></auth>`;
const call = (namespace: string, name: string, parts: string) =>
  envelopeOf(`<v:${name} xmlns:v="${namespace}">${parts}</v:${name}>`);
const ACCOUNT = 'http://soap.vindicia.com/v22_0/Account';

const BODIES = [
  call(`urn:${LONG}`, 'update', ''),
  call(ACCOUNT, LONG, ''),
  call(ACCOUNT, 'update', auth('22.0', LONG)),
  call(ACCOUNT, 'update', auth(LONG, 'a')),
  `<a>${LONG}</b>`,
].map((body) => gzipSync(body));

export const longNames: Attack = {
  name: 'long-names',
  title: `${ROUNDS * BODIES.length} requests with a name, version, login or text of 900 kB, ${((ROUNDS * BODIES.reduce((sum, { length }) => sum + length, 0)) / 1000).toFixed(0)} kB of gzip in all`,
  run: async ({ endpoint }) => {
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const posts = BODIES.map((body) => post(endpoint, body, { 'Content-Encoding': 'gzip' }));
      statuses.push(...(await Promise.all(posts)));
    }
    return counted(statuses);
  },
};
