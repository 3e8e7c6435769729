/** The last calls take no more memory than they may, whichever of their texts a client makes long. */
import { CallLog } from '../../src/console/call-log';
import type { KeptCall } from '../../src/console/kept-call';

/** What a header may have. */
const LONG = 'x'.repeat(2 ** 14);
const MOST_BYTES = 32 * 2 ** 20;

const CALL: KeptCall = {
  id: '1',
  at: 0,
  api: 'soap',
  operation: 'Account.update',
  version: undefined,
  login: undefined,
  key: undefined,
  address: '127.0.0.1',
  code: '200',
  message: undefined,
  ms: 1,
  requestBytes: 0,
  replyBytes: 0,
  request: undefined,
  reply: undefined,
  isCut: false,
  contentType: undefined,
  soapAction: undefined,
  method: 'POST',
  path: '/soap.pl',
};

test.each([
  ['operation', LONG, 'soap'],
  ['version', LONG, 'soap'],
  ['login', LONG, 'soap'],
  ['key', LONG, 'rest'],
  ['message', LONG, 'soap'],
  ['message', LONG, 'rest'],
  ['request', LONG, 'rest'],
  ['request', Buffer.alloc(2 * LONG.length), 'soap'],
  ['reply', LONG, 'soap'],
  ['contentType', LONG, 'soap'],
  ['contentType', LONG, 'rest'],
  ['soapAction', LONG, 'soap'],
  ['path', LONG, 'rest'],
] as const)('%s is counted', (name, long, api) => {
  const log = new CallLog({ kind: 'number', number: 100_000 });
  const most = Math.floor(MOST_BYTES / long.length);
  for (let n = 0; n < most + 100; n += 1) log.add({ ...CALL, api, [name]: long });
  const kept = [...log.newestFirst()].length;
  expect([kept > most / 2, kept < most]).toEqual([true, true]);
});

test('memory that is used again shows the calls that are in it', () => {
  const log = new CallLog({ kind: 'number', number: 100 });
  for (let n = 0; n < 500; n += 1) log.add({ ...CALL, id: String(n), reply: `${n} ${LONG}` });
  const whole = [...log.newestFirst()].map((found) => found.whole());
  expect(whole.map(({ id, reply }) => [id, reply])).toEqual(
    Array.from({ length: 100 }, (_, index) => [String(499 - index), `${499 - index} ${LONG}`]),
  );
});

test('every part of a call is read as it was written', () => {
  const log = new CallLog({ kind: 'number', number: 3 });
  const texts = { login: 'dé', message: 'a\0b', contentType: 'text/xml' };
  const ofSoap = { version: '22.0', soapAction: '', request: Buffer.from('<é/>') };
  const soap: KeptCall = { ...CALL, ...texts, ...ofSoap };
  const ofRest = { key: 'shop', method: 'GET', path: '/v1/a?b', request: '{"a":"é"}', reply: '' };
  const rest: KeptCall = { ...CALL, ...texts, ...ofRest, api: 'rest', isCut: true };
  const unknown: KeptCall = { ...CALL, requestBytes: undefined, replyBytes: undefined };
  for (const call of [soap, rest, unknown]) log.add(call);
  const whole = [...log.newestFirst()].map((found) => found.whole());
  expect(whole).toEqual([unknown, rest, soap]);
});
