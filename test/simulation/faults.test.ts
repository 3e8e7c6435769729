/** Faults on demand, as a client sees them: also one that knows nothing but a socket. */
import { connect } from 'node:net';
import { callAccount, type CallReply } from '../harness/soap-call';
import {
  grant,
  isEntitled,
  makeMerchant,
  type Made,
  startSimulation,
  type Steered,
} from './control';

let server: Steered;
let who: Made;
beforeEach(async () => {
  server = await startSimulation();
  who = await makeMerchant(server, 'test-1');
});

const order = (...faults: object[]) => server.control('PUT', '/merchants/test-1/faults', faults);
const counts = async () => {
  const { body } = await server.control('GET', '/merchants/test-1/faults');
  return (body as unknown as Array<{ matched: number; struck: number }>).map(
    ({ matched, struck }) => [matched, struck],
  );
};
const NAMED =
  '<account><merchantAccountId>a1</merchantAccountId></account>' +
  '<entitlement><merchantEntitlementId>play</merchantEntitlementId></entitlement>';
const revoke = (): Promise<CallReply> => callAccount(server.url, 'revokeEntitlement', NAMED, who);

/** What comes back on a bare socket, and how it ended: `end`, or the code of an error. */
function rawRevoke(): Promise<{
  readonly bytes: Buffer;
  readonly pieces: number;
  readonly end: string;
}> {
  const body =
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
    '<v:revokeEntitlement xmlns:v="http://soap.vindicia.com/v22_0/Account"><auth><version>22.0</version>' +
    `<login>${who.login}</login><password>${who.password}</password></auth>${NAMED}` +
    '</v:revokeEntitlement></e:Body></e:Envelope>';
  return new Promise((resolve) => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const done = (end: string) =>
      resolve({ bytes: Buffer.concat(chunks), pieces: chunks.length, end });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => done('end'));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => done(String(code)));
    socket.write(
      `POST /soap.pl HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

test('each string of revokeEntitlement and grantEntitlement is ordered by its name', async () => {
  const { body } = await server.control('GET', '/fault-strings');
  const strings = body as unknown as Array<{
    name: string;
    returnCode: number;
    returnString: string;
  }>;
  expect(strings.map(({ returnString }) => returnString)).toEqual(
    expect.arrayContaining([
      'Entitlement not specified.',
      'Base Account not specified.',
      'Account not found.',
      'Entitlement revocation failed: Could not find active entitlement for revocation.',
      'Entitlement revocation failed: the simulation has ordered it.',
      'Failed to save Account after revoking entitlement: the simulation has ordered it.',
      'Failed to reload account after entitlement revocation: the simulation has ordered it.',
      'Failed to save Account after granting entitlement: the simulation has ordered it.',
    ]),
  );
  const common = ['entitlementNotSpecified', 'baseAccountNotSpecified', 'accountNotFound'];
  // The last three report the store's failures.
  const ofStore = ['failed', 'notSaved', 'notReloaded'];
  expect(strings.map(({ name }) => name)).toEqual([
    ...[...common, 'notActive', ...ofStore].map((name) => `revokeEntitlement.${name}`),
    ...[...common, ...ofStore].map((name) => `grantEntitlement.${name}`),
  ]);
  for (const { name, returnCode, returnString } of strings) {
    const operation = name.slice(0, name.indexOf('.'));
    expect((await order({ operation, returnString: name })).status).toBe(200);
    const reply = await callAccount(server.url, operation, NAMED, who);
    expect(reply).toMatchObject({ status: 200, returnCode: String(returnCode), returnString });
  }
});

test('before: the call is not carried out; after: it is in the ledger, and answered as ordered', async () => {
  await grant(server, who);
  await order({ operation: 'Account.revokeEntitlement', returnCode: 500, returnString: 'No.' });
  expect(await revoke()).toMatchObject({ returnCode: '500', returnString: 'No.' });
  expect(await isEntitled(server, who)).toBe('1');
  await order({
    operation: 'revoke*',
    returnString: 'revokeEntitlement.notReloaded',
    when: 'after',
  });
  const { body } = await revoke();
  expect(await isEntitled(server, who)).toBe('0');
  const soapId = /<soapId>(\w+)</.exec(body)?.[1];
  const headers = { 'X-API-KEY': who.apiKey };
  const response = await fetch(`${server.url}/v1/audit?soapId=${soapId}`, { headers });
  expect(await response.json()).toMatchObject({ lines: [{ action: 'revoke' }] });
});

test('a SOAP Fault, and a status of HTTP', async () => {
  await order(
    {
      operation: 'revokeEntitlement',
      fault: { faultstring: 'Down & out', faultcode: 'Client' },
      times: 1,
    },
    { operation: 'revokeEntitlement', status: 503 },
  );
  const fault = await revoke();
  expect(fault.status).toBe(500);
  expect(fault.body).toContain('<faultcode>soap:Client</faultcode><faultstring>Down &amp; out<');
  const { bytes } = await rawRevoke();
  expect(bytes.toString()).toMatch(
    /^HTTP\/1.1 503 Service Unavailable\r\n[\s\S]*\nService Unavailable\n$/,
  );
  expect(await counts()).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

test.each(['before', 'after'])('connections break %s the call is carried out', async (when) => {
  const kept = when === 'before' ? '1' : '0';
  const strike = async (fault: string) => {
    await grant(server, who);
    await order({ operation: 'revokeEntitlement', fault, when });
    const result = await rawRevoke();
    await order();
    expect([fault, await isEntitled(server, who)]).toEqual([fault, kept]);
    return result;
  };
  expect(await strike('EMPTY_RESPONSE')).toMatchObject({ bytes: Buffer.alloc(0), end: 'end' });
  expect(await strike('CONNECTION_RESET_BY_PEER')).toMatchObject({ end: 'ECONNRESET' });
  const malformed = await strike('MALFORMED_RESPONSE_CHUNK');
  expect(malformed.bytes.toString('latin1')).toMatch(
    /^HTTP\/1\.1 200 OK\r\n[\s\S]*Transfer-Encoding: chunked\r\n\r\n[\x80-\xff]{64}$/,
  );
  const random = await strike('RANDOM_DATA_THEN_CLOSE');
  expect(random.bytes.toString('latin1')).toMatch(/^[\x80-\xff]{64}$/);
  expect(random.end).toBe('end');
});

test('a reply that is cut: half of what its length says', async () => {
  await grant(server, who);
  await order({ operation: 'revokeEntitlement', fault: 'CUT_BODY' });
  const { bytes, end } = await rawRevoke();
  const [head = '', body = ''] = bytes.toString().split('\r\n\r\n');
  const length = Number(/Content-Length: (\d+)/.exec(head)?.[1]);
  expect(body.length).toBe(length >> 1);
  expect(body).toContain('<returnCode>200<');
  expect(end).toBe('end');
  expect(await isEntitled(server, who)).toBe('0');
});

test('a reply that dribbles comes whole, in pieces', async () => {
  await grant(server, who);
  const dribble = { type: 'dribble', numberOfChunks: 5, totalDuration: 50 };
  await order({ operation: 'revokeEntitlement', delay: dribble });
  const { bytes, pieces } = await rawRevoke();
  expect(bytes.toString()).toContain('</soap:Envelope>');
  expect(pieces).toBeGreaterThan(2);
});

test.each([
  [5],
  [{ type: 'fixed', milliseconds: 5 }],
  [{ type: 'uniform', lower: 1, upper: 5 }],
  [{ type: 'lognormal', median: 3, sigma: 0.2 }],
])('a delay of %j: the call is carried out all the same', async (delay) => {
  await grant(server, who);
  await order({ operation: 'revokeEntitlement', delay });
  expect(await revoke()).toMatchObject({ returnCode: '200' });
  expect(await counts()).toEqual([[1, 1]]);
});

test('every, times, and fields by path say which requests are struck', async () => {
  await grant(server, who);
  await grant(server, who, { account: 'a2' });
  const ask = async (account: string) => isEntitled(server, who, { account });
  const match = { 'account.merchantAccountId': 'a*' };
  await order({ operation: 'isEntitled', match, every: 2, times: 2, returnCode: 503 });
  const answers: unknown[] = [];
  for (const account of ['a1', 'a2', 'a1', 'a2', 'a1', 'a2']) answers.push(await ask(account));
  expect(answers).toEqual(['1', '503', '1', '503', '1', '1']);
  await order({ match: { 'account.merchantAccountId': 'a2' }, returnCode: 503 });
  expect([await ask('a1'), await ask('a2')]).toEqual(['1', '503']);
});

test('a probability strikes the same requests for the same seed', async () => {
  await grant(server, who);
  const series = async (seed: number) => {
    await order({ operation: 'isEntitled', probability: 0.5, seed, returnCode: 503 });
    const answers: unknown[] = [];
    for (let index = 0; index < 20; index += 1) answers.push(await isEntitled(server, who));
    return answers.join(' ');
  };
  const first = await series(7);
  expect(first).toMatch(/\b1 .*503|503 .*\b1\b/);
  expect(await series(7)).toBe(first);
  expect(await series(8)).not.toBe(first);
});

test('a fault of REST: by the operationId, before and after', async () => {
  const headers = { 'X-API-KEY': who.apiKey, 'Content-Type': 'application/json' };
  const add = (id: string) =>
    fetch(`${server.url}/v1/offers`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id, name: id, entitlements: ['x'] }),
    });
  await order(
    { api: 'rest', operation: 'addOffer', match: { id: 'one' }, status: 503, when: 'after' },
    {
      api: 'rest',
      operation: 'addOffer',
      match: { id: 'two' },
      returnCode: 409,
      returnString: 'No.',
    },
    { api: 'rest', operation: 'addOffer', match: { id: 'three' }, fault: 'EMPTY_RESPONSE' },
    { api: 'soap', operation: 'addOffer', status: 500 },
  );
  expect((await add('one')).status).toBe(503);
  expect(await (await add('two')).json()).toMatchObject({ statusCode: 409, message: 'No.' });
  await expect(add('three')).rejects.toThrow();
  expect((await add('four')).status).toBe(200);
  const offers = (await (await fetch(`${server.url}/v1/offers`, { headers })).json()) as unknown[];
  expect(offers).toEqual([
    { id: 'one', name: 'one' },
    { id: 'four', name: 'four' },
  ]);
});

test('faults of one merchant strike no other', async () => {
  const other = await makeMerchant(server, 'test-2');
  await grant(server, who);
  await grant(server, other);
  await order({ returnCode: 500 });
  expect([await isEntitled(server, who), await isEntitled(server, other)]).toEqual(['500', '1']);
});

test.each([
  [{}, /^0\.fault is missing: give returnCode or returnString, status, fault or delay/],
  [{ status: 503, returnCode: 500 }, /^0\.fault must be one of/],
  [{ fault: 'CUT_BODY', when: 'before' }, /^0\.when must be after/],
  [{ returnString: 'revokeEntitlement.notSavd' }, /^0\.returnString must be a text, or a name/],
  [{ delay: { type: 'uniform', lower: 5, upper: 1 } }, /^0\.delay must have lower not above upper/],
  [{ status: 99 }, /^0\.status/],
  [{ staus: 500 }, /^0 must not have "staus"/],
  [{ fault: 'BOOM' }, /^0\.fault/],
])('the fault %j is refused, and the faults stay', async (fault, message) => {
  await order({ returnCode: 500 });
  const { status, body } = await order(fault);
  expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
  expect(await counts()).toHaveLength(1);
});
