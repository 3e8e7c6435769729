/**
 * Every option of every command shows an effect, or is refused by name: the table is held against the program's own
 * tree, so an option that is not in it fails.
 */
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Lane } from '../../src/access/lane';
import { createProgram } from '../../src/commands/program';
import { SETTINGS } from '../../src/config/settings';
import type { Demo } from '../../src/demo';
import { CASES as CASES_FOLDER } from '../harness/cases';
import { runLatchkeyWith } from '../harness/run-latchkey';
import { ROOT, startTestServer, type TestServer } from '../harness/server';
import { makeDatabase } from '../harness/server-process';
import { callService } from '../harness/soap-call';
import { endpointOf, settleOnce } from '../store-suite/webhooks';
import type { Case, Commands } from './option-case';
import { CASES } from './option-cases';
import { REFUSED } from './refused-lines';

const DEMO = JSON.parse(readFileSync(join(ROOT, 'fixtures', 'demo.json'), 'utf8')) as Demo;

const AUTO_BILL =
  '<autobill><merchantAutoBillId>b1</merchantAutoBillId>' +
  '<account><merchantAccountId>bob</merchantAccountId></account>' +
  '<billingPlan><merchantBillingPlanId>monthly</merchantBillingPlanId></billingPlan>' +
  '<items><product><merchantProductId>news</merchantProductId>' +
  '<merchantEntitlementIds><id>news</id></merchantEntitlementIds></product></items></autobill>';

/** A line for an import. */
const LINE = '{"action":"grant","merchantAccountId":"xyz123","merchantEntitlementId":"more"}\n';

const UNFINISHED = {
  kind: 'product',
  subject: 999,
  name: 'magazine',
  callId: undefined,
  begunAt: 0,
  done: 1,
  total: 2,
};

/** A subscription to push notifications, and a message to it that failed. */
const SUBSCRIPTION = {
  endpointId: 'a'.repeat(40),
  kind: 'push' as const,
  format: 'json',
  url: 'http://127.0.0.1:1/',
  private: true,
  settings: {
    ...{ class: 'entitlement', skip: ['stop'], coalesce: true, retries: 5, interval: 60 },
    ...{ basicUser: 'bob', email: 'x@example.com' },
  },
  secrets: { signing: [{ value: 'key' }], password: 'secret' },
  createdAt: 0,
  createdBy: 'operator',
  cursor: 0,
};
const FAILED = { messageId: '0', event: 'entitlement/start', lane: 0, sequence: 1, body: '{}' };
const WEBHOOK = '0'.repeat(40);

/** A case of a password that is wrong everywhere. */
const REFUSED_LOGIN = 'getHello__wrong-password';

const REQUEST =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>' +
  '<isEntitled/></e:Body></e:Envelope>';

let folder: string;
let base: string;
let lines: string;
let recorded: string;
let live: TestServer;
let simulation: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'latchkey-'));
  base = join(folder, 'base.db');
  lines = join(folder, 'lines');
  writeFileSync(lines, LINE);
  recorded = join(folder, 'recorded');
  cpSync(join(CASES_FOLDER, REFUSED_LOGIN), join(recorded, REFUSED_LOGIN), { recursive: true });
  await makeDatabase(base, [DEMO]);
  await runLatchkeyWith({ database: base }, 'key', 'add', 'shop');
  const ada = ['ada', '--role', 'admin', '--merchant', DEMO.login];
  await runLatchkeyWith({ database: base }, 'user', 'add', ...ada);
  const server = await startTestServer({ database: base, real: true });
  const made = await callService('AutoBill', server.url, 'update', AUTO_BILL, DEMO);
  expect(made.returnString).toBe('OK');
  const merchant = await server.store.findMerchant(DEMO.login);
  await server.store.transact(merchant?.id ?? 0, async ({ longWork }) => {
    await longWork.insert({ ...UNFINISHED, actor: DEMO.login });
  });
  await server.store.transact(merchant?.id ?? 0, async ({ webhooks }) => {
    const row = await webhooks.insert(SUBSCRIPTION);
    await webhooks.insertDeliveries(row, [FAILED], 0);
    const [made] = await webhooks.listDeliveries({ endpoint: row, limit: 1 });
    if (made) await settleOnce({ webhooks }, made, { state: 'failed', endedAt: 0 });
    await webhooks.insert(endpointOf('shop', { endpointId: WEBHOOK }));
  });
  await server.stop();
  live = await startTestServer({ merchants: [DEMO] });
  simulation = await startTestServer({ merchants: [DEMO], simulate: true });
});
afterAll(async () => {
  await live.stop();
  await simulation.stop();
  rmSync(folder, { recursive: true });
});

/** The commands that do something, by what is typed for them. */
function leavesOf(command: Command, path: readonly string[] = []): Array<[string, Command]> {
  if (command.commands.length === 0) return [[path.join(' '), command]];
  return command.commands.flatMap((child) => leavesOf(child, [...path, child.name()]));
}

const LEAVES = new Map(leavesOf(createProgram()));

let runs = 0;

/** A process for each option at once would leave the tests beside this one no time. */
const LANE = new Lane(availableParallelism(), Infinity);

/** Both outputs of a run on a copy of the database. */
async function run(leaf: string, args: readonly string[]) {
  runs += 1;
  const database = join(folder, `${runs}.db`);
  copyFileSync(base, database);
  const names: Record<string, string> = {
    '{new}': join(folder, `${runs}.new`),
    '{empty}': mkdtempSync(join(folder, 'empty-')),
    '{backup}': base,
    '{database}': database,
    '{webhook}': WEBHOOK,
    '{lines}': lines,
    '{url}': live.url,
    '{port}': new URL(live.url).port,
    '{push}': SUBSCRIPTION.endpointId,
    '{recorded}': recorded,
  };
  const given = args.map((arg) => names[arg] ?? arg);
  // Nothing answers at port 1, nor anywhere unless a case names the server or steers the simulation.
  const port = leaf.startsWith('sim ') ? new URL(simulation.url).port : '1';
  const environment = { LATCHKEY_PORT: port, LATCHKEY_PASSWORD: 'demo' };
  const input = leaf === 'validate' ? REQUEST : leaf.startsWith('sim ') ? '{}' : 'a password\n';
  return runLatchkeyWith({ database, environment, input }, ...leaf.split(' '), ...given);
}

/** The cases of options that mean the same everywhere. */
const COMMON: Readonly<Record<string, Case>> = {
  '--merchant': { give: ['nobody'], shows: /there is no merchant nobody/ },
  '--database': { give: ['/dev/null/x.db'], shows: /\/dev\/null/ },
  '--json': { give: [], shows: /^\s*[{[]/ },
};

const caseOf = (leaf: string, { options }: Commands, flag: string) =>
  options?.[flag] ?? (leaf === 'serve' ? undefined : COMMON[flag]);

test('the table has each option of each command, and no other', () => {
  const missing = [...LEAVES].flatMap(([leaf, { options }]) =>
    options
      .filter(({ long }) => !caseOf(leaf, CASES[leaf] ?? { args: [] }, String(long)))
      .map(({ long }) => `${leaf} ${String(long)}`),
  );
  expect(missing).toEqual([]);
  const known = new Set(
    [...LEAVES].flatMap(([leaf, { options }]) =>
      options.map(({ long }) => `${leaf} ${String(long)}`),
    ),
  );
  const listed = Object.entries(CASES).flatMap(([leaf, { options = {} }]) =>
    Object.keys(options).map((flag) => `${leaf} ${flag}`),
  );
  expect(listed.filter((name) => !known.has(name))).toEqual([]);
  expect(Object.keys(CASES).filter((leaf) => !LEAVES.has(leaf))).toEqual([]);
});

test.each([...LEAVES].filter(([, { options }]) => options.length > 0))(
  '%s',
  async (leaf, { options }) => {
    const commands = CASES[leaf] ?? { args: [] };
    const bare = new Map<string, Promise<string>>();
    const outputOf = async (args: readonly string[]) => {
      const { stdout, stderr } = await run(leaf, args);
      return stdout + stderr;
    };
    const look = async (flag: string) => {
      const found = caseOf(leaf, commands, flag);
      if (!found) throw new Error(`${leaf} ${flag} has no case`);
      if ('shownBy' in found) {
        expect(readFileSync(join(ROOT, found.shownBy), 'utf8')).toContain(flag);
        return;
      }
      const { from = commands.args, give, shows, alone = false } = found;
      const key = from.join(' ');
      const without = alone ? undefined : (bare.get(key) ?? outputOf(from));
      if (without) bare.set(key, without);
      const shown = await outputOf([...from, flag, ...give]);
      expect([flag, shown]).toEqual([flag, expect.stringMatching(shows)]);
      if (without) expect([flag, await without]).toEqual([flag, expect.not.stringMatching(shows)]);
    };
    await Promise.all(options.map(({ long }) => LANE.run('', () => look(String(long)))));
  },
  300_000,
);

test('each setting is an option of serve', () => {
  const serve = LEAVES.get('serve')?.options.map(({ long }) => long) ?? [];
  const flags = Object.values(SETTINGS).map(({ flag }) => flag.split(' ')[0]);
  expect(flags.filter((flag) => !serve.includes(flag))).toEqual([]);
});

describe('refused, with the options named', () => {
  test.each(REFUSED)('%j', async ([leaf = '', ...args], message) => {
    expect(await run(leaf, args)).toEqual({
      code: 1,
      stdout: '',
      stderr: `latchkey: ${message}\n`,
    });
  });

  test('more arguments than a command takes', async () => {
    for (const [leaf, { registeredArguments }] of LEAVES) {
      if (registeredArguments.some(({ variadic }) => variadic)) continue;
      const program = createProgram();
      const [command] = leavesOf(program)
        .filter(([name]) => name === leaf)
        .map(([, found]) => found);
      command?.exitOverride().configureOutput({ writeErr: () => undefined });
      const required =
        command?.options
          .filter(({ mandatory }) => mandatory)
          .flatMap(({ long, argChoices }) => [String(long), argChoices?.[0] ?? 'x']) ?? [];
      const args = [...registeredArguments.map(({ argChoices }) => argChoices?.[0] ?? 'x'), 'more'];
      await expect(
        program.parseAsync([...leaf.split(' '), ...args, ...required], { from: 'user' }),
      ).rejects.toThrow('too many arguments');
    }
  });

  test('a value that is repeated is one value', async () => {
    const { code } = await run('ledger', ['--merchant', 'demo', '--merchant', 'demo']);
    expect(code).toBe(0);
  });
});

describe('call', () => {
  const call = (environment: NodeJS.ProcessEnv, ...args: string[]) =>
    runLatchkeyWith(
      { database: base, environment },
      'call',
      'isEntitled',
      '--endpoint',
      live.url,
      ...args,
    );

  test('a login other than the demo data’s needs its password', async () => {
    expect(await call({ LATCHKEY_PASSWORD: '' }, '--login', 'acme')).toMatchObject({
      code: 1,
      stderr: 'latchkey: --login acme: put its password in LATCHKEY_PASSWORD\n',
    });
  });

  test('what an argument adds to auth leaves the credentials there', async () => {
    const { stdout } = await call(
      {},
      'auth.userAgent=x',
      'account.merchantAccountId=xyz123',
      'merchantEntitlementId=bac',
    );
    expect(stdout).toContain('"entitled": true');
  });
});

test.each(['ledger', 'call isEntitled', 'key list'])(
  '%s names a variable that nothing reads',
  async (command) => {
    const environment = { LATCHKEY_DATABSE: 'x', LATCHKEY_PORT: '1' };
    const { stderr } = await runLatchkeyWith(
      { database: base, environment },
      ...command.split(' '),
    );
    expect(stderr).toContain(
      'latchkey: LATCHKEY_DATABSE is no setting, and not read; did you mean LATCHKEY_DATABASE?\n',
    );
  },
);
