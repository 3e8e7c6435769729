/** `--mode record`: what goes over the wire is untouched, and what is kept is a wire case that plays. */
import { readdirSync } from 'node:fs';
import { compareNames } from '../../src/cases/case-folder';
import { listCases, readText, startCase, type WireCase } from '../harness/cases';
import { differences, readReply, showReply } from '../harness/compare';
import { SEED } from '../harness/seed';
import { send } from '../harness/send';
import { startTestServer } from '../harness/server';
import { startRecording } from './proxy';

const OWN = new Map(listCases().map((wireCase) => [wireCase.name, wireCase]));

/** Client stacks, encodings and kinds of replies. */
const KEPT = [
  'grantEntitlement__axis',
  'revokeEntitlement__axis-gzip-chunked',
  'grantEntitlement__captured-php-gzip-8-0',
  'grantEntitlement__captured-php-deflate-4-3',
  'isEntitled__bare-deflate',
  'isEntitled__x-gzip',
  'revokeEntitlement__gsoap-gzip-chunked',
  'grantEntitlement__curl-http10',
  'grantEntitlement__captured-php-nonwsdl',
  'grantEntitlement__captured-php-nonwsdl-soap12',
  'grantEntitlement__multi-reference',
  'update__php-map-soap12',
  'update__iso-8859-1-by-charset',
  'update__utf-16-big-endian',
  'update__utf-16-little-endian',
  'update__utf-16-without-mark',
  'grantEntitlement__payment-data-ignored',
  'update__payment-data-ignored',
  'initialize__not-implemented',
  'grantEntitlement__account-without-name',
];

const ownCase = (name: string): WireCase => {
  const found = OWN.get(name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
};

test.each(KEPT)('%s', async (name) => {
  const own = ownCase(name);
  const server = await startCase(own);
  const proxy = await startRecording(server.url);
  for (const { request, reply } of own.steps) {
    const got = showReply(await send(proxy.url, readText(own, request) ?? '', own.body));
    expect(differences(readReply(got), readReply(readText(own, reply) ?? ''))).toEqual([]);
  }
  const lines = await proxy.done(own.steps.length);
  expect(lines.map(({ notKept }) => notKept)).toEqual(own.steps.map(() => undefined));
  await server.stop();
  await playByHarness(proxy.folder, own.steps.length, own.settings);
});

/** As wire-cases does, but one after another on one server, whose merchants have the password that is shown. */
async function playByHarness(
  folder: string,
  number: number,
  settings: WireCase['settings'] = {},
): Promise<void> {
  const recorded = listCases(folder).sort((a, b) => compareNames(a.name, b.name));
  expect(recorded).toHaveLength(number);
  const merchants = SEED.map((merchant) => ({ ...merchant, password: '***' }));
  const server = await startTestServer({ merchants, settings });
  for (const wireCase of recorded) {
    const [step] = wireCase.steps;
    expect(wireCase.name).toMatch(/^[a-zA-Z]+__\d{6}$/);
    expect(wireCase.title).toMatch(/^[a-zA-Z]+: recorded as number \d+ → (?:\d{3}|Fault)$/);
    expect(wireCase.title).toContain(`${wireCase.name.split('__')[0] ?? ''}: `);
    expect([...wireCase.files].sort()).toEqual(['case.json', 'reply.http', 'request.http']);
    server.setNow(step?.now ?? 0);
    const got = showReply(
      await send(server.url, readText(wireCase, 'request.http') ?? '', wireCase.body),
    );
    const expected = readReply(readText(wireCase, 'reply.http') ?? '');
    expect(differences(readReply(got), expected)).toEqual([]);
  }
  await server.stop();
}

test('the cases are numbered in the order in which the calls came', async () => {
  const own = ownCase('isEntitled__x-gzip');
  const server = await startCase(own);
  const proxy = await startRecording(server.url);
  const stored = readText(own, 'request.http') ?? '';
  for (let call = 0; call < 3; call += 1) await send(proxy.url, stored, own.body);
  await proxy.done(3);
  expect(readdirSync(proxy.folder).sort()).toEqual([
    'isEntitled__000001',
    'isEntitled__000002',
    'isEntitled__000003',
  ]);
});

test('text that reads like a macro of a case stays text', async () => {
  const own = ownCase('grantEntitlement__curl-http10');
  const server = await startCase(own);
  const proxy = await startRecording(server.url);
  const stored = (readText(own, 'request.http') ?? '').replace(
    /<note>[^<]*|(?=<\/tns:grantEntitlement>)/,
    (found) => (found === '' ? '<note>{{hex:7b7b}}repeat:3:a}}</note>' : found),
  );
  await send(proxy.url, stored, own.body);
  await proxy.done(1);
  expect(proxy.everything()).toContain('<note>{{hex:7b7b}}repeat:3:a}}</note>');
});

test('what is no call goes through, and is not kept', async () => {
  const own = ownCase('isEntitled__x-gzip');
  const server = await startCase(own);
  const proxy = await startRecording(server.url);
  const direct = await (await fetch(`${server.url}/22.0/Vindicia.xsd`)).text();
  expect(await (await fetch(`${proxy.url}/22.0/Vindicia.xsd`)).text()).toBe(direct);
  expect((await fetch(`${proxy.url}/none`)).status).toBe(404);
  const fault = await fetch(`${proxy.url}/soap.pl`, { method: 'POST', body: '<x/>' });
  expect([fault.status, await fault.text()]).toEqual([
    500,
    expect.stringContaining('no SOAP envelope'),
  ]);
  const lines = await proxy.done(3);
  expect(lines.map(({ notKept }) => notKept)).toEqual([
    undefined,
    undefined,
    'it calls no operation that is known',
  ]);
  expect(readdirSync(proxy.folder)).toEqual([]);
});
