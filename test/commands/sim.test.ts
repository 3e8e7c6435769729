/** `latchkey sim`: each control call as it is typed, and its effect seen by SOAP. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { simCommand } from '../../src/commands/sim/sim';
import { CONTROL_ROUTES } from '../../src/simulation/routes';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { startTestServer } from '../harness/server';
import type { Credentials } from '../harness/soap-call';
import { grant, isEntitled, startSimulation, type Steered } from '../simulation/control';

let server: Steered;
let folder: string;
let who: Credentials & Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  server = await startSimulation();
  const [made] = await json('merchant', 'add', 'test-1');
  who = made as typeof who;
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The server is found by the settings, as `serve` has them. */
function sim(args: readonly string[], input = '') {
  const environment = { LATCHKEY_PORT: new URL(server.url).port };
  return runLatchkeyWith({ database: 'none.db', environment, input }, 'sim', ...args);
}

/** The command of each control call, by the calls' names. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  addMerchant: ['merchant add'],
  listMerchants: ['merchant list'],
  removeMerchant: ['merchant remove'],
  getClock: ['clock show'],
  changeClock: ['clock freeze', 'clock set', 'clock advance', 'clock run', 'clock reset'],
  reset: ['reset'],
  putSeed: ['seed'],
  getSeedSchema: ['seed-schema'],
  listSnapshots: ['snapshot list'],
  takeSnapshot: ['snapshot add'],
  restoreSnapshot: ['snapshot restore'],
  deleteSnapshot: ['snapshot remove'],
  listFaults: ['faults list'],
  putFaults: ['faults set', 'faults clear'],
  listFaultStrings: ['faults strings'],
  listRequests: ['requests list'],
  getRequest: ['requests show'],
  clearRequests: ['requests clear'],
  countRequests: ['requests count'],
  findRequests: ['requests find'],
  listNearMisses: ['requests near-misses'],
  verifyRequests: ['verify'],
  getReport: ['report'],
};

test('each control call of a simulation has a command, and each command a call', () => {
  const own = CONTROL_ROUTES.filter(({ tag }) => tag !== 'Proxy');
  const names = own.map(({ name }) => name.replace(/Of$/, ''));
  expect([...new Set(names)].sort()).toEqual(Object.keys(COMMANDS).sort());
  const leavesOf = (command: Command, path = ''): string[] =>
    command.commands.flatMap((child) => {
      const here = `${path} ${child.name()}`.trim();
      return child.commands.length === 0 ? [here] : leavesOf(child, here);
    });
  expect(leavesOf(simCommand()).sort()).toEqual(Object.values(COMMANDS).flat().sort());
});

/** About the merchant of the test. */
const of = (...args: string[]) => sim([...args, '--merchant', 'test-1']);

async function json(...args: string[]): Promise<Array<Record<string, unknown>>> {
  const { code, stdout, stderr } = await sim([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const jsonOf = (...args: string[]) => json(...args, '--merchant', 'test-1');

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** One that leads nowhere. */
async function addWebhook(): Promise<void> {
  const response = await fetch(`${server.url}/v1/webhooks`, {
    method: 'POST',
    headers: { 'X-API-KEY': who.apiKey ?? '', 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: 'http://127.0.0.1:1/', types: ['entitlement.granted'] }),
  });
  expect(response.status).toBe(200);
}

const PLAY = { merchantEntitlementId: 'play', endTimestamp: '2024-06-10T00:00:00Z' };
const SEED = {
  accounts: [{ merchantAccountId: 'a1' }],
  entitlements: [{ account: { merchantAccountId: 'a1' }, ...PLAY }],
};

test('merchants: made, listed, removed', async () => {
  expect(who).toMatchObject({
    login: 'test-1',
    control: `${server.url}/_latchkey/merchants/test-1`,
  });
  const given = await sim(
    ['merchant', 'add', 'test-2', '--password-stdin', '--scope', 'read'],
    'secret\n',
  );
  expect(given.stdout).toMatch(/^login +test-2\npassword +secret\napiKey +lk_/);
  expect(await isEntitled(server, { login: 'test-2', password: 'secret' })).toBe('400');
  expect((await sim(['merchant', 'list'])).stdout).toContain('test-1\ntest-2\n');
  expect((await sim(['merchant', 'remove', 'test-2'])).stdout).toBe(
    'the merchant test-2 is removed\n',
  );
  expect(await json('merchant', 'remove', 'test-1')).toEqual([{ login: 'test-1', removed: true }]);
  expect(await isEntitled(server, who)).toBe('403');
});

test('the clock: shown, frozen, set, moved on, let run, reset; what fell due is printed', async () => {
  await grant(server, who, { end: PLAY.endTimestamp });
  expect(await jsonOf('clock', 'freeze')).toMatchObject([{ mode: 'frozen', total: 0 }]);
  const { stdout } = await of('clock', 'advance', 'P1M');
  expect(stdout).toMatch(
    /^mode {4}frozen\nnow {5}2024-07-01T12:00:00\.500Z\nsystem {2}2024-06-01T/,
  );
  expect(stdout).toContain('\n2024-06-10T00:00:00.000Z\ta1\texpire\tplay\tAccount\n');
  expect(await isEntitled(server, who)).toBe('0');
  await addWebhook();
  await grant(server, who);
  expect((await of('clock', 'set', '2024-08-01T00:00:00Z')).stdout).toMatch(
    /\n2024-07-01T12:00:00\.500Z\tentitlement\.granted\t1\twaiting\tthe connection was refused\t\w{40}\n/,
  );
  expect(await jsonOf('clock', 'run')).toMatchObject([{ mode: 'running' }]);
  expect((await of('clock', 'show')).stdout).toMatch(/^mode {4}running\nnow {5}2024-08-01T/);
  expect((await of('clock', 'reset')).stderr).toMatch(/^latchkey: The data of test-1 are later /);
  await of('reset', '--empty');
  expect(await jsonOf('clock', 'reset')).toMatchObject([{ now: '2024-06-01T12:00:00.500Z' }]);
});

test('data: seeded from a file or standard input, reset, emptied; snapshots', async () => {
  const [planted] = await jsonOf('seed', file('seed.json', SEED));
  expect(planted).toMatchObject({ now: '2024-06-01T12:00:00.500Z' });
  expect(await isEntitled(server, who)).toBe('1');
  expect((await of('snapshot', 'add', 'early/1')).stderr).toMatch(/^latchkey: name must be /);
  expect((await of('snapshot', 'add', 'early')).stdout).toMatch(/^name +early\n/);
  await of('clock', 'set', '2024-07-01T00:00:00Z');
  expect(await isEntitled(server, who)).toBe('0');
  await of('snapshot', 'restore', 'early');
  expect(await isEntitled(server, who)).toBe('1');
  expect(await jsonOf('snapshot', 'list')).toMatchObject([{ name: 'early', rows: planted?.rows }]);
  expect((await of('snapshot', 'list')).stdout).toBe(
    `early\t2024-06-01T12:00:00.500Z\t${String(planted?.rows)}\n`,
  );
  await of('clock', 'set', '2024-07-01T00:00:00Z');
  expect(await jsonOf('reset')).toEqual([planted]);
  expect(await isEntitled(server, who)).toBe('1');
  await of('reset', '--empty');
  expect(await isEntitled(server, who)).toBe('400');
  await sim(['seed', '-', '--merchant', 'test-1'], JSON.stringify(SEED));
  expect(await isEntitled(server, who)).toBe('1');
  expect(await jsonOf('snapshot', 'remove', 'early')).toEqual([{ name: 'early', removed: true }]);
  expect((await of('snapshot', 'restore', 'early')).stderr).toBe(
    'latchkey: There is no snapshot "early".\n',
  );
  const schema = JSON.parse((await sim(['seed-schema'])).stdout) as { properties: object };
  expect(schema.properties).toHaveProperty('entitlements');
});

test('faults: ordered from a file, counted, taken away; the names of strings', async () => {
  const fault = { operation: 'isEntitled', returnCode: 503, times: 1 };
  expect(await jsonOf('faults', 'set', file('fault.json', fault))).toMatchObject([{ fault }]);
  expect(await isEntitled(server, who)).toBe('503');
  expect((await of('faults', 'list')).stdout).toBe(`1\t1\t${JSON.stringify(fault)}\n`);
  await of('faults', 'set', file('faults.json', [{ ...fault, times: 9 }]));
  expect(await jsonOf('faults', 'clear')).toEqual([]);
  expect(await isEntitled(server, who)).toBe('400');
  expect((await sim(['faults', 'strings'])).stdout).toContain(
    'revokeEntitlement.accountNotFound\t400\tAccount not found.\n',
  );
});

test('requests: listed, shown, found, counted, nearly found, verified, forgotten', async () => {
  await grant(server, who);
  await isEntitled(server, who);
  const [, second] = await jsonOf('requests', 'list');
  const id = String(second?.id);
  expect((await of('requests', 'list', '--operation', 'Account.grant*')).stdout).toMatch(
    /^2\t2024-06-01T12:00:00.500Z\tAccount.grantEntitlement\t200\tOK\t\w{40}\t\{"account":/,
  );
  expect(await jsonOf('requests', 'list', '--soap-id', id)).toEqual([second]);
  expect(await jsonOf('requests', 'list', '--since', '2030-01-01T00:00:00Z')).toEqual([]);
  expect(await jsonOf('requests', 'list', '--limit', '1')).toMatchObject([{ number: 3 }]);
  const shown = (await of('requests', 'show', id)).stdout;
  expect(shown).toMatch(/\nraw +<.*<password>\*\*\*<.*\nstatus +200\nreply +<.*<returnCode>200</s);
  expect(shown).toContain('2024-06-01T12:00:00.500Z\ta1\tgrant\tplay\tAccount\n');
  expect(await jsonOf('requests', 'show', id)).toMatchObject([{ reply: { status: 200 } }]);
  const asked = ['isEntitled', 'account.merchantAccountId=a*', '--api', 'soap'];
  expect(await jsonOf('requests', 'find', ...asked)).toMatchObject([{ number: 3 }]);
  expect((await of('requests', 'count', ...asked)).stdout).toBe('1\n');
  expect((await of('requests', 'count', '*')).stdout).toBe('3\n');
  const near = await of('requests', 'near-misses', 'isEntitled', 'account.merchantAccountId=b1');
  expect(near.stdout).toMatch(
    /^Account\.isEntitled\taccount\.merchantAccountId is "a1" instead of "b1"\t\w{40}\n/,
  );
  expect((await of('verify', ...asked, '--count', '1')).code).toBe(0);
  expect((await of('verify', ...asked, '--within', 'PT1H')).code).toBe(0);
  const missed = await of('verify', ...asked, '--at-least', '2');
  expect([missed.code, missed.stdout]).toEqual([
    2,
    expect.stringMatching(/^Expected at least 2, but 1 of 3 requests /),
  ]);
  expect((await of('verify', ...asked, '--never')).code).toBe(2);
  expect((await of('report')).stdout).toMatch(
    /^Nearly isEntitled with .*\nCame: Account\.update /s,
  );
  expect((await of('requests', 'clear')).stdout).toBe('the requests are forgotten\n');
  expect(await jsonOf('requests', 'list')).toEqual([]);
});

test('what is wrong is said in one line', async () => {
  const error = async (...args: string[]) => {
    const { code, stdout, stderr } = await sim(args, 'x');
    expect([code, stdout]).toEqual([1, '']);
    return stderr;
  };
  expect(await error('clock', 'set', 'soon')).toMatch(/^latchkey: instant must be a moment/);
  expect(await error('clock', 'show')).toContain(
    'There is no merchant demo here: start with --demo',
  );
  expect(await error('seed', join(folder, 'none.json'))).toContain('no such file or directory');
  expect(await error('seed', '-')).toMatch(/^latchkey: standard input: is not JSON: /);
  expect(await error('faults', 'set', file('x.json', '[{"operation": 7}]'))).toMatch(/operation/);
  expect(await error('requests', 'find', '*', 'a1')).toBe(
    'latchkey: "a1" is not of the form name=value\n',
  );
  expect(await error('requests', 'find', '*', 'a=1', 'a=2')).toBe('latchkey: a is given twice\n');
  expect(await error('verify', '*', '--count', 'x')).toMatch(/^latchkey: --count: "x" is not /);
  expect(await error('clock', 'show', '--url', 'ftp://x')).toBe(
    'latchkey: --url: "ftp://x" is not an http or https URL\n',
  );
  expect(await error('clock', 'show', '--url', 'http://127.0.0.1:1/')).toBe(
    'latchkey: no reply from http://127.0.0.1:1; start a server with --simulate, or name it with --url\n',
  );
  const other = await startTestServer();
  expect(await error('clock', 'show', '--url', other.url)).toBe(
    `latchkey: the server at ${other.url} is no simulation: start it with --simulate\n`,
  );
});
