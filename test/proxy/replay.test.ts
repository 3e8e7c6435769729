/** `latchkey replay`: a recording plays against another server, and what differs is said. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCase } from '../../src/cases/case-folder';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { SEED } from '../harness/seed';
import { startTestServer, type TestServer, type TestServerOptions } from '../harness/server';
import { callAccount } from '../harness/soap-call';
import { makeFolder, startAnswering, startRecording } from './proxy';

const PASSWORD = 's&cret<2>';

const named = (id: string) => `<account><merchantAccountId>${id}</merchantAccountId></account>`;
const ENTITLEMENT = '<merchantEntitlementId>lab</merchantEntitlementId>';

/** A recording of an account's life, with ids that its server made. */
async function record(): Promise<string> {
  const server = await startTestServer({ merchants: SEED });
  const proxy = await startRecording(server.url);
  const call = (operation: string, parts: string) => callAccount(proxy.url, operation, parts);
  await call(
    'update',
    '<account><merchantAccountId>new</merchantAccountId><name>Neo</name></account>',
  );
  const { body } = await call(
    'fetchByMerchantAccountId',
    '<merchantAccountId>new</merchantAccountId>',
  );
  const [, vid = ''] = /<VID>(\w+)</.exec(body) ?? [];
  await call(
    'grantEntitlement',
    `<account><VID>${vid}</VID></account><entitlement>${ENTITLEMENT}</entitlement>`,
  );
  await call('isEntitled', `${named('new')}${ENTITLEMENT}`);
  await call('revokeEntitlement', `<account><VID>${vid}</VID></account>${ENTITLEMENT}`);
  await call('fetchByVid', `<vid>${'0'.repeat(40)}</vid>`);
  await proxy.done(6);
  return proxy.folder;
}

/** Another server, whose own ids are others. */
async function startOther(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({ merchants: SEED, ...options });
  for (let made = 0; made < 20; made += 1) {
    await callAccount(server.url, 'update', `<account><name>A ${made}</name></account>`);
  }
  return server;
}

const run = (folder: string, endpoint: string, ...more: string[]) =>
  runLatchkeyWith(
    { database: ':memory:', input: `${PASSWORD}\n` },
    ...['replay', folder, '--endpoint', endpoint, '--password-stdin', ...more],
  );

/** The first reply of a server that answers wrongly. @param change what it makes of a recorded reply */
async function startWrong(folder: string, change: (reply: string) => string) {
  const replies = readdirSync(folder)
    .sort((a, b) => a.localeCompare(b.replace(/.*__/, '')) || 0)
    .map((name) => [name, readFileSync(join(folder, name, 'reply.http'), 'utf8')] as const);
  return startAnswering((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const [, operation = ''] = /Body>\s*<\w+:(\w+)/.exec(text) ?? [];
      const [, reply = ''] = replies.find(([name]) => name.startsWith(`${operation}__`)) ?? [];
      const body = change(reply.replace(/^[^]*?\n\n/, ''));
      response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
      response.end(body);
    });
  });
}

test('the same version answers the same, whatever its own ids and its clock are', async () => {
  const folder = await record();
  // Two years and more later, by the clock of the machine.
  const other = await startOther({ real: true });
  expect(await run(folder, other.url)).toEqual({
    code: 0,
    stdout: '6 calls: 6 the same, 0 not\n',
    stderr: '',
  });
});

test('another server setting shows', async () => {
  const folder = await record();
  const other = await startOther({ settings: { timeZone: 'UTC' } });
  const { code, stdout } = await run(folder, other.url, '--json');
  expect(code).toBe(1);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.at(-1)).toEqual({ calls: 6, same: 4, differing: 2 });
  expect(lines[2]).toEqual({
    case: 'grantEntitlement__000003',
    differences: [
      {
        kind: 'form',
        path: 'account.entitlements.startTimestamp',
        expected: '2024-06-01T04:59:59-07:00',
        actual: '2024-06-01T11:59:59+00:00',
      },
    ],
    more: false,
  });
});

test.each<[string, (reply: string) => string, RegExp]>([
  [
    'a wrong order',
    (reply) =>
      reply.replace(/(<returnCode>.*<\/returnCode>)(<returnString>.*<\/returnString>)/, '$2$1'),
    /return has the order returnString, returnCode/,
  ],
  [
    'a wrong type',
    (reply) => reply.replace(/(<entitled[^>]*>)1/, '$1maybe'),
    /entitled has the type of "maybe"/,
  ],
  [
    'a wrong value',
    (reply) => reply.replace('Neo', 'Trinity'),
    /account\.name is "Trinity"; expected "Neo"/,
  ],
  ['a missing element', (reply) => reply.replace(/<created.*created>/, ''), /created is missing/],
  [
    'another code',
    (reply) => reply.replace('>200<', '>500<'),
    /return\.returnCode is "500"; expected "200"/,
  ],
  ['no XML', () => 'oops', /the reply is "no SOAP envelope"/],
])('a server that answers wrongly: %s', async (_name, change, shown) => {
  const folder = await record();
  const { url } = await startWrong(folder, change);
  const { code, stdout } = await run(folder, url);
  expect([code, stdout]).toEqual([1, expect.stringMatching(shown)]);
  const right = await startWrong(folder, (reply) => reply);
  expect((await run(folder, right.url)).code).toBe(0);
});

test('rules and tolerance decide', async () => {
  const folder = await record();
  const other = await startOther({ settings: { timeZone: 'UTC' } });
  const ignored = await run(
    folder,
    other.url,
    '--ignore',
    'form:account.entitlements',
    '--moments',
    '0',
  );
  expect(ignored).toMatchObject({ code: 0 });
});

test('a server that is not there', async () => {
  const folder = await record();
  const { code, stdout } = await run(folder, 'http://127.0.0.1:1');
  expect(code).toBe(1);
  expect(stdout).toContain('update__000001: the connection was refused\n');
  expect(stdout).toContain('6 calls: 0 the same, 6 not\n');
});

test('credentials in place of those that were taken out', async () => {
  const folder = await record();
  const renamed = SEED.map((merchant) =>
    merchant.login === 'acme_soap' ? { ...merchant, login: 'other', password: PASSWORD } : merchant,
  );
  const other = await startTestServer({ merchants: renamed });
  expect((await run(folder, other.url)).stdout).toContain('return.returnCode is "403"');
  expect((await run(folder, other.url, '--login', 'other')).code).toBe(0);
});

describe('refused, with one line', () => {
  const refusal = async (...args: string[]) => {
    const { code, stdout, stderr } = await runLatchkeyWith(
      { database: ':memory:', input: '' },
      ...['replay', ...args],
    );
    return [code, stdout, stderr];
  };

  test('a recording without passwords, and none given', async () => {
    const folder = await record();
    const other = await startOther();
    expect(await refusal(folder, '--endpoint', other.url)).toEqual([
      1,
      '',
      'latchkey: update__000001: the password was taken out of the request; give it with --password-stdin\n',
    ]);
  });

  test('folders and files that are none', async () => {
    const folder = makeFolder();
    const at = ['--endpoint', 'http://127.0.0.1:1'];
    expect(await refusal('/none', ...at)).toEqual([
      1,
      '',
      'latchkey: /none: no such file or directory; name a file or folder that exists\n',
    ]);
    expect(await refusal(folder, ...at)).toEqual([
      1,
      '',
      `latchkey: ${folder} has no cases: name a folder of recorded ones\n`,
    ]);
    const broken = join(folder, 'a__1');
    mkdirSync(broken);
    writeFileSync(join(broken, 'case.json'), '{');
    expect(await refusal(folder, ...at)).toEqual([1, '', 'latchkey: a__1: case.json is no JSON\n']);
    writeFileSync(join(broken, 'case.json'), '{}');
    writeFileSync(join(broken, 'request.http'), 'POST / HTTP/1.1\n\n');
    expect(readCase(broken).steps).toHaveLength(1);
    expect(await refusal(folder, ...at)).toEqual([
      1,
      '',
      'latchkey: a__1: reply.http is missing\n',
    ]);
  });
});
