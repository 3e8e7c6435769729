/** The last calls take no more memory than they may, whichever of their texts a client makes long. */
import { CallLog, type KeptCall } from '../../src/console/call-log';

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
  ['operation', LONG],
  ['version', LONG],
  ['login', LONG],
  ['key', LONG],
  ['message', LONG],
  ['request', LONG],
  ['request', Buffer.alloc(2 * LONG.length)],
  ['reply', LONG],
  ['contentType', LONG],
  ['soapAction', LONG],
  ['path', LONG],
] as const)('%s is counted', (name, long) => {
  const log = new CallLog({ kind: 'number', number: 100_000 });
  const most = Math.floor(MOST_BYTES / (2 * LONG.length));
  for (let n = 0; n < most + 100; n += 1) log.add({ ...CALL, [name]: long });
  const kept = [...log.newestFirst()].length;
  expect([kept > most / 2, kept < most]).toEqual([true, true]);
});
