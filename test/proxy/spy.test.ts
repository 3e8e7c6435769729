/** `--mode spy`: implemented calls are answered from here, all else by the upstream server, byte for byte. */
import { gzipSync } from 'node:zlib';
import { OPERATIONS } from '../../src/cashbox/operations';
import { createSpy } from '../../src/proxy/spy';
import { createUpstream } from '../../src/proxy/upstream';
import { collect } from '../harness/collect';
import { SEED } from '../harness/seed';
import { startTestServer } from '../harness/server';
import { callAccount, callService, USER } from '../harness/soap-call';
import { contract, startAnswering, startMode, TIME } from './proxy';

const named = '<account><merchantAccountId>ada-1815</merchantAccountId></account>';
const GRANT = `${named}<entitlement><merchantEntitlementId>lab</merchantEntitlementId></entitlement>`;

/** A proxy between an upstream that says what it got, and a server of its own. */
async function start() {
  const got: string[] = [];
  const upstream = await startAnswering((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      got.push(`${request.method} ${request.url} ${Buffer.concat(pieces).toString()}`);
      response.end('upstream');
    });
  });
  const own = await startTestServer({
    merchants: SEED,
    settings: { trustedProxies: ['loopback'] },
  });
  const to = (url: string) => ({ url: new URL(url), limit: 60_000, time: TIME });
  const proxy = await startMode((logger) =>
    createSpy({
      upstream: createUpstream(to(upstream.url)),
      own: createUpstream({ ...to(own.url), namesClients: true }),
      contract,
      logger,
      isImplemented: ({ service, name }) =>
        Object.hasOwn((OPERATIONS as Record<string, object>)[service] ?? {}, name),
    }),
  );
  return { proxy, own, got };
}

test('an implemented call changes what is here, and the upstream server hears nothing of it', async () => {
  const { proxy, own, got } = await start();
  const before = (await collect(own.store.listLedger({}))).length;
  expect(await callAccount(proxy.url, 'grantEntitlement', GRANT)).toMatchObject({
    returnCode: '200',
  });
  expect(await collect(own.store.listLedger({}))).toHaveLength(before + 1);
  expect(got).toEqual([]);
  expect(await proxy.done(1)).toMatchObject([{ by: 'here', status: 200 }]);
});

test('packed and refused calls are answered from here, too', async () => {
  const { proxy, got } = await start();
  const wrong = { ...USER, password: 'wrong' };
  expect(await callAccount(proxy.url, 'grantEntitlement', GRANT, wrong)).toMatchObject({
    returnCode: '403',
  });
  const body = gzipSync(
    '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
      '<v:getHello xmlns:v="http://soap.vindicia.com/v22_0/Diagnostic"/></e:Body></e:Envelope>',
  );
  const reply = await fetch(`${proxy.url}/soap.pl`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/xml', 'Content-Encoding': 'gzip' },
  });
  expect(await reply.text()).toContain('Permission denied');
  expect(got).toEqual([]);
});

test('what is not implemented, no call or large goes to the upstream server', async () => {
  const { proxy, got } = await start();
  const large = `<x>${'a'.repeat(3 * 2 ** 20)}</x>`;
  const post = async (body: string) =>
    (await fetch(`${proxy.url}/soap.pl`, { method: 'POST', body })).text();
  const transaction = callService('Transaction', proxy.url, 'fetchByVid', '<vid>1</vid>');
  await expect(transaction).rejects.toThrow();
  expect(await post('<x/>')).toBe('upstream');
  expect(await post('')).toBe('upstream');
  expect(await post(large)).toBe('upstream');
  expect(await (await fetch(`${proxy.url}/22.0/Account.wsdl`)).text()).toBe('upstream');
  expect(await (await fetch(`${proxy.url}/_latchkey/diff`)).text()).toBe('upstream');
  expect(got[0]).toMatch(/^POST \/soap\.pl .*<v:fetchByVid .*Transaction/);
  expect(got.slice(1)).toEqual([
    'POST /soap.pl <x/>',
    'POST /soap.pl ',
    `POST /soap.pl ${large}`,
    'GET /22.0/Account.wsdl ',
    'GET /_latchkey/diff ',
  ]);
  expect((await proxy.done(6)).map(({ by }) => by)).toEqual(Array(6).fill('upstream'));
});
